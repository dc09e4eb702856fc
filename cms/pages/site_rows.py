"""Sites with their home pages, as every request needs them: by SQL that is written once.

Django writes the SQL of a query anew each time, and for a site with its home page and the
directory's address that costs fifteen times what the database does. The SQL of a query depends on
the models alone, so it is kept; the rows are read each time, so that what another process has
changed (a host name, a suspension) holds from the next request on.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache, lru_cache
from typing import Any

from django.db import connection
from django.db.models import Model, Q, Subquery
from wagtail.models import Site

from cms.languages import codes
from cms.languages.fields import column

from .models import Page, SiteKind, SiteProfile

#: What is read of each: texts and whole numbers, which every database gives as they are. The other
#: fields (a home page's records of translations alone are 5 KB) are fetched when somebody asks.
_READ: dict[type[Model], frozenset[str]] = {
    SiteProfile: frozenset({"id", "site_id", "kind", "code", "version", "status"}),
    Site: frozenset({"id", "hostname", "port", "site_name", "root_page_id"}),
    Page: frozenset(
        {"id", "path", "depth", "numchild", "slug", "url_path", "content_type_id"}
        | {"locale_id", "draft_title", "source_language"}
        | {column("title", code) for code in codes.CODES}
    ),
}
_PREFIXES = {SiteProfile: "", Site: "site__", Page: "site__root_page__"}


class _Place(str):
    """Where a value will stand in kept SQL: text, so that a text field takes it as its own."""


def read_profiles(lookups: tuple[str, ...], values: Collection[str]) -> list[SiteProfile]:
    """The sites one of whose `lookups` ("code", "site__hostname": text fields) is one of `values`,
    by port. One query, none for no values.

    Each has its `site`, that its `root_page`; `directory_host` and `directory_port` are those of
    the directory of missions, None where there is none.
    """
    if not values:
        return []
    given = tuple(values)
    sql, parameters = _written(lookups, len(given))
    known = dict(zip(_places(len(given)), given, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(sql, [known[one] if isinstance(one, _Place) else one for one in parameters])
        return [_profile(row) for row in cursor.fetchall()]


@lru_cache(maxsize=256)
def _written(lookups: tuple[str, ...], amount: int) -> tuple[str, tuple[Any, ...]]:
    """The SQL for so many values, and its parameters, places among them."""
    wanted = Q()
    for lookup in lookups:
        wanted |= Q(**{f"{lookup}__in": _places(amount)})
    directory = Site.objects.filter(profile__kind=SiteKind.DIRECTORY).order_by("pk")
    names = [f"{_PREFIXES[model]}{name}" for model in _READ for name in _fields(model)]
    rows = (
        SiteProfile.objects.filter(wanted)
        .order_by("site__port", "pk")
        .values_list(
            *names,
            Subquery(directory.values("hostname")[:1]),
            Subquery(directory.values("port")[:1]),
        )
    )
    return rows.query.sql_with_params()


def _places(amount: int) -> list[_Place]:
    return [_Place(f"value {number}") for number in range(amount)]


@cache
def _fields(model: type[Model]) -> tuple[str, ...]:
    """What is read of a model, in the order of its columns."""
    return tuple(
        field.attname for field in model._meta.concrete_fields if field.attname in _READ[model]
    )


def _profile(row: tuple[Any, ...]) -> SiteProfile:
    """The objects of a row."""
    found: list[Any] = []
    for model in _READ:
        length = len(_fields(model))
        found.append(model.from_db(connection.alias, _READ[model], row[:length]))
        row = row[length:]
    profile, site, home = found
    site.root_page, profile.site = home, site
    profile.directory_host, profile.directory_port = row
    return profile
