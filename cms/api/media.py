"""Which images and files a reader may know of.

The public may know of those that a page refers to which the public may read; so nothing that is
being prepared in a draft shows. Whoever keeps a collection may know of what it holds.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import ReferenceIndex
from wagtail.permissions import policy_registry

from cms.access.audiences import Reader
from cms.access.models import SiteCollection
from cms.pages.models import Page

from .scope import Scope, readable_pages

ACTIONS = ("add", "change", "delete", "choose")


def readable_media(model: Any, user: Reader, scope: Scope) -> QuerySet:
    """Images or files of a scope that a reader may know of, by id."""
    shown = Q(text_id__in=_referred_to(model, readable_pages(user, scope)))
    if user.is_authenticated:
        policy = policy_registry.get_by_type(model)
        kept = policy.instances_user_has_any_permission_for(user, ACTIONS)
        if scope.profile is not None:
            homes = SiteCollection.objects.filter(site=scope.profile).values("collection")
            kept = kept.filter(collection__in=homes)
        shown |= Q(pk__in=kept.values("pk"))
    named = model.objects.alias(text_id=Cast("pk", CharField()))
    return named.filter(shown).order_by("pk")


def _referred_to(model: Any, pages: QuerySet[Page]) -> QuerySet:
    """Ids, as text, of what these pages, or their children (people, offices), refer to as
    published."""
    texts = pages.annotate(text_id=Cast("pk", CharField())).values("text_id")
    return ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(model),
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=texts,
    ).values("to_object_id")
