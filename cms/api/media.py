"""Which images and files a reader may know of: `cms.access.media`'s rule, within a scope of sites.

The public may know of those that a page refers to which the public may read; so nothing that is
being prepared in a draft shows. Whoever keeps a collection may know of what it holds.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from cms.access.audiences import Reader
from cms.access.media import visible_media

from .scope import Scope


def readable_media(model: Any, user: Reader, scope: Scope) -> QuerySet:
    """Images or files of a scope that a reader may know of, by id."""
    media = visible_media(user, model, pages=scope.pages(), site=scope.profile)
    return media.order_by("pk")
