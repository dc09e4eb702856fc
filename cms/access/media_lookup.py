"""An image or a file by its address, and whether it is everybody's: one query, written once.

Django takes ten times longer to write this query than the database to answer it, and a page shows
many images. The rule is `cms.access.media.shown_to`; kept here is its SQL, as asked by the public.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import BooleanField, Case, QuerySet, When

from cms.media.models import File, SiteImage
from cms.pages.models import Page
from cms.tenancy.scope import limited_to

from .media import shown_to

#: Stand in the kept SQL's parameters for what is asked; neither is anything's name or number.
_ANY_NAME, _ANY_NUMBER = "\ue000", -1


@dataclass(frozen=True)
class Found:
    """`name`: in the storage; `digest`: of its content, or ""; `is_public`: to be had by all."""

    pk: int
    name: str
    digest: str
    is_public: bool


def find_original(name: str) -> Found | None:
    """An image by the name of its original. One query."""
    return _ask(_originals, SiteImage, _ANY_NAME, name)


def find_rendition(name: str) -> Found | None:
    """The image of a rendition's name; `name` and `digest` are still the original's. One query."""
    return _ask(_renditions, SiteImage, _ANY_NAME, name)


def find_file(pk: int) -> Found | None:
    """A file by its number. One query."""
    return _ask(_files, File, _ANY_NUMBER, pk)


def _originals() -> QuerySet[Any]:
    return SiteImage._base_manager.filter(file=_ANY_NAME)


def _renditions() -> QuerySet[Any]:
    return SiteImage._base_manager.filter(renditions__file=_ANY_NAME)


def _files() -> QuerySet[Any]:
    return File._base_manager.filter(pk=_ANY_NUMBER)


def _ask(
    rows: Callable[[], QuerySet[Any]], model: Any, placeholder: Any, value: Any
) -> Found | None:
    types = [ContentType.objects.get_for_model(one).pk for one in (model, Page)]
    sql, parameters = _written(rows, model, connection.vendor, *types)
    with connection.cursor() as cursor:
        cursor.execute(sql, [value if one == placeholder else one for one in parameters])
        row = cursor.fetchone()
        names = [column[0] for column in cursor.description]
    if row is None:
        return None
    told = dict(zip(names, row, strict=True))
    return Found(
        pk=told["pk"],
        name=told["file"],
        digest=told["file_hash"] or "",
        is_public=bool(told["is_public"]),
    )


@cache
def _written(
    rows: Callable[[], QuerySet[Any]], model: Any, vendor: str, *types: int
) -> tuple[str, tuple[Any, ...]]:
    """The SQL and its parameters. `vendor`, `types`: of the database for which it was written."""
    with limited_to(None):
        public = Case(
            When(shown_to(AnonymousUser(), model), then=True),
            default=False,
            output_field=BooleanField(),
        )
        told = rows().annotate(is_public=public).values_list("pk", "file", "file_hash", "is_public")
        sql, parameters = told.order_by()[:1].query.sql_with_params()
    return sql, tuple(parameters)
