"""What must hold of a page whenever it is saved: rules of higher layers, filled from
`AppConfig.ready()`.

Asked by `Page.full_clean`, which forms, the API, revisions and commands all pass.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import Page

#: Raises ValidationError where a page may not be saved as it is. `home`: the path of the home page
#: of the site that it is, or is about to be, in.
Rule = Callable[["Page", str], None]

_rules: list[Rule] = []


def register_rule(rule: Rule) -> None:
    """Add a rule, once."""
    if rule not in _rules:
        _rules.append(rule)


def check(page: Page) -> None:
    """Apply every rule. A page whose place in the tree is not known yet is checked when it is."""
    from .sites import SITE_PATH_LENGTH

    parent = getattr(page, "_cached_parent_obj", None)
    place = page.path or (parent.path if parent is not None else "")
    if len(place) >= SITE_PATH_LENGTH:
        for rule in _rules:
            rule(page, place[:SITE_PATH_LENGTH])
