"""Sites with their home pages, as every request needs them: by SQL that is written once."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model, Q, QuerySet, Subquery, TextField
from wagtail.models import Site

from cms.languages import codes
from cms.languages.fields import column

from .kept_sql import Asked, KeptQuery
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


def read_profiles(lookups: tuple[str, ...], values: Collection[str]) -> list[SiteProfile]:
    """The sites one of whose `lookups` ("code", "site__hostname": text fields) is one of `values`,
    by port. One query, none for no values.

    Each has its `site`, that its `root_page`; `directory_host` and `directory_port` are those of
    the directory of missions, None where there is none.
    """
    if not values:
        return []
    given = dict(zip(_names(len(values)), values, strict=True))
    return [_profile(row) for row in _rows.rows(lookups, len(values), **given)]


@KeptQuery
def _rows(lookups: tuple[str, ...], amount: int) -> QuerySet[Any, Any]:
    """For so many values of the lookups."""
    places = [Asked(name, TextField()) for name in _names(amount)]
    wanted = Q()
    for lookup in lookups:
        wanted |= Q(**{f"{lookup}__in": places})
    directory = Site.objects.filter(profile__kind=SiteKind.DIRECTORY).order_by("pk")
    return (
        SiteProfile.objects.filter(wanted)
        .order_by("site__port", "pk")
        .values(
            *(f"{_PREFIXES[model]}{name}" for model in _READ for name in _fields(model)),
            directory_host=Subquery(directory.values("hostname")[:1]),
            directory_port=Subquery(directory.values("port")[:1]),
        )
    )


def _names(amount: int) -> list[str]:
    return [f"value{number}" for number in range(amount)]


@cache
def _fields(model: type[Model]) -> tuple[str, ...]:
    """What is read of a model, in the order of its columns."""
    return tuple(
        field.attname for field in model._meta.concrete_fields if field.attname in _READ[model]
    )


def _profile(row: dict[str, Any]) -> SiteProfile:
    """The objects of a row."""
    profile, site, home = (_object(model, row) for model in _READ)
    site.root_page, profile.site = home, site
    profile.directory_host = row["directory_host"]
    profile.directory_port = row["directory_port"]
    return profile


def _object(model: type[Model], row: dict[str, Any]) -> Any:
    values = [row[f"{_PREFIXES[model]}{name}"] for name in _fields(model)]
    return model.from_db(connection.alias, _READ[model], values)
