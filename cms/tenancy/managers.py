"""Managers that keep every query inside the scope of the running request."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from .querysets import media_inside, pages_inside
from .scope import Scope, current


class Scoped:
    """Mixed into a manager. `inside(queryset, scope)` gives the rows of a scope.

    Django's own lookups along foreign keys use a model's base manager and are not limited: they
    start from an object that was found inside.
    """

    def inside(self, queryset: QuerySet[Any], scope: Scope) -> QuerySet[Any]:
        raise NotImplementedError

    def get_queryset(self) -> QuerySet[Any]:
        queryset = super().get_queryset()  # type: ignore[misc]
        scope = current()
        return queryset if scope is None else self.inside(queryset, scope)


class ScopedPages(Scoped):
    """For managers of pages."""

    inside = staticmethod(pages_inside)


class ScopedMedia(Scoped):
    """For managers of images and files."""

    inside = staticmethod(media_inside)
