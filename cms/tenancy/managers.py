"""Managers that keep every query inside the scope of the running request."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from . import conditions as conditions  # registers the lookups


class Scoped:
    """Mixed into a manager. `inside` gives the condition, asked for when a query is run.

    Django's own lookups along foreign keys use a model's base manager and are not limited: they
    start from an object that was found inside.
    """

    def inside(self) -> Q:
        raise NotImplementedError

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().filter(self.inside())  # type: ignore[misc]


class ScopedPages(Scoped):
    """For managers of pages."""

    def inside(self) -> Q:
        return Q(path__path_inside=True)


class ScopedMedia(Scoped):
    """For managers of images and files."""

    def inside(self) -> Q:
        return Q(collection__collection_inside=True)
