"""Managers of images, files and their tags: kept inside the scope of the running request."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.documents.models import DocumentQuerySet
from wagtail.images.models import ImageQuerySet

from cms.tenancy.managers import Scoped, ScopedMedia
from cms.tenancy.scope import Scope


class ImageManager(ScopedMedia, models.Manager.from_queryset(ImageQuerySet)):  # type: ignore[misc]
    """Wagtail's, kept inside the scope."""


class FileManager(ScopedMedia, models.Manager.from_queryset(DocumentQuerySet)):  # type: ignore[misc]
    """Wagtail's, kept inside the scope."""


class TagManager(Scoped, models.Manager):
    """Tags that something in the scope's collections carries."""

    def inside(self, queryset: QuerySet[Any], scope: Scope) -> QuerySet[Any]:
        carried = [
            Exists(
                relation.related_model._base_manager.filter(
                    tag=OuterRef("pk"), content_object__collection__in=scope.collections
                )
            )
            for relation in self.model._meta.related_objects
        ]
        condition = carried[0]
        for other in carried[1:]:
            condition = condition | other
        return queryset.filter(condition)
