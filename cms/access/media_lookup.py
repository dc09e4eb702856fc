"""An image or a file by its address, and whether it is everybody's: one query, written once.

A page shows many images. The rule is `cms.access.media.shown_to`; kept here is its SQL, as asked by
the public.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, Case, QuerySet, TextField, When

from cms.media.models import File, SiteImage
from cms.pages.kept_sql import Asked, KeptQuery
from cms.pages.models import Page

from .media import shown_to


@dataclass(frozen=True)
class Found:
    """`name`: in the storage; `digest`: of its content, or ""; `is_public`: to be had by all."""

    pk: int
    name: str
    digest: str
    is_public: bool


def find_original(name: str) -> Found | None:
    """An image by the name of its original. One query."""
    return _find(SiteImage, "file", name)


def find_rendition(name: str) -> Found | None:
    """The image of a rendition's name; `name` and `digest` are still the original's. One query."""
    return _find(SiteImage, "renditions__file", name)


def find_file(pk: int) -> Found | None:
    """A file by its number. One query."""
    return _find(File, "pk", pk)


def _find(model: Any, lookup: str, value: object) -> Found | None:
    types = [ContentType.objects.get_for_model(one).pk for one in (model, Page)]
    for row in _rows.rows(model, lookup, *types, value=value):
        return Found(
            pk=row["pk"],
            name=row["file"],
            digest=row["file_hash"] or "",
            is_public=bool(row["is_public"]),
        )
    return None


@KeptQuery
def _rows(model: Any, lookup: str, *_types: int) -> QuerySet[Any, Any]:
    """`_types`: the numbers of content types that the SQL names, other ones in another database."""
    asked = Asked("value", TextField())
    public = Case(
        When(shown_to(AnonymousUser(), model), then=True),
        default=False,
        output_field=BooleanField(),
    )
    return (
        model._base_manager.filter(**{lookup: asked})
        .annotate(is_public=public)
        .values("pk", "file", "file_hash", "is_public")
        .order_by()[:1]
    )
