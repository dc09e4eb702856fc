"""Managers of images, files and their tags: kept inside the scope of the running request."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from wagtail.documents.models import DocumentQuerySet
from wagtail.images.models import ImageQuerySet

from cms.tenancy.conditions import Unlimited
from cms.tenancy.managers import Scoped, ScopedMedia


class ImageManager(ScopedMedia, models.Manager.from_queryset(ImageQuerySet)):  # type: ignore[misc]
    """Wagtail's, kept inside the scope."""


class FileManager(ScopedMedia, models.Manager.from_queryset(DocumentQuerySet)):  # type: ignore[misc]
    """Wagtail's, kept inside the scope."""


class TagManager(Scoped, models.Manager):
    """Tags that something in the scope's collections carries."""

    def inside(self) -> Q:
        inside = Q(Unlimited())
        for relation in self.model._meta.related_objects:
            if not relation.one_to_many:
                continue  # the tagged things themselves, reached through the rows looked at here
            carried = relation.related_model._base_manager.filter(
                tag=OuterRef("pk"), content_object__collection__collection_inside=True
            )
            inside |= Q(Exists(carried))
        return inside
