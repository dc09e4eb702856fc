"""Which pages a menu may name to a reader: rules of higher layers, filled from `AppConfig.ready()`.

Without a rule everything live is named. Who may *read* a page is not asked here.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet
from django.http import HttpRequest

#: Narrows pages to those that the request's reader may know of, without a query of its own.
Rule = Callable[[QuerySet, HttpRequest], QuerySet]

_rules: list[Rule] = []


def register_rule(rule: Rule) -> None:
    """Add a rule, once; every rule narrows further."""
    if rule not in _rules:
        _rules.append(rule)


def nameable(pages: QuerySet, request: HttpRequest) -> QuerySet:
    """The pages that may be named to the reader of this request."""
    for rule in _rules:
        pages = rule(pages, request)
    return pages
