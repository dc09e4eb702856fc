"""Which images and files a reader may see: the one rule, as a check and as a filter.

A reader sees what a live page shows that the reader may read, and what a record shows that they may
read; whoever keeps a collection sees what it holds. A collection's own restriction narrows what
readers see, never what its keepers do. The rule is asked of the database each time (Wagtail's
reference index says which page shows what), so what is withdrawn is gone at the next request.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Exists,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    When,
)
from django.db.models.functions import Cast, Length, Substr
from wagtail.models import CollectionViewRestriction, ReferenceIndex
from wagtail.permissions import policy_registry
from wagtail.signals import page_published

from cms.pages.models import Page, SiteProfile

from .audiences import Reader, of_open_sites, readable_by
from .models import SiteCollection

#: Whoever may do one of these in a collection keeps it.
ACTIONS = ("add", "change", "delete", "choose")

#: Gives the ids of the media that records show to a reader; a site narrows it to the site's own.
Shown = Callable[[Reader, SiteProfile | None], QuerySet[Any]]

_shown_by_records: dict[type[Model], list[Shown]] = {}


def register_shown(model: type[Model], shown: Shown) -> None:
    """Say which images or files records show (from AppConfig.ready). Pages need not be named."""
    known = _shown_by_records.setdefault(model, [])
    if shown not in known:
        known.append(shown)


def visible_media(
    user: Reader,
    model: Any,
    *,
    pages: QuerySet[Page] | None = None,
    site: SiteProfile | None = None,
) -> QuerySet[Any]:
    """The images or files that a reader may see. Costs no query of its own for the public.

    `pages`: those that count (default: all); `site`: whose collection and records count.
    """
    condition = shown_to(user, model, pages=pages, site=site)
    if user.is_authenticated:
        kept = policy_registry.get_by_type(model).instances_user_has_any_permission_for(
            user, ACTIONS
        )
        if site is not None:
            homes = SiteCollection.objects.filter(site=site).values("collection")
            kept = kept.filter(collection__in=homes)
        condition |= Q(pk__in=kept.order_by().values("pk"))
    return model.objects.filter(condition)


def may_see_media(user: Reader, media: Any) -> bool:
    """Whether a reader may see an image or a file: `visible_media`, of one."""
    return visible_media(user, type(media)).filter(pk=media.pk).exists()


def shown_to(
    user: Reader,
    model: Any,
    *,
    pages: QuerySet[Page] | None = None,
    site: SiteProfile | None = None,
) -> Q:
    """The condition on images or files that pages or records show them to a reader."""
    every = Page.objects.all() if pages is None else pages
    readable = readable_by(user, every.filter(live=True))
    condition = Q(_referred_to(model, readable))
    for shown in _shown_by_records.get(model, ()):
        condition |= Q(pk__in=shown(user, site))
    return condition & ~Q(_withheld(user))


def pages_showing(media: Any) -> QuerySet[Page]:
    """Live pages that show an image or a file, whoever may read them."""
    rows = _references(type(media)).filter(to_object_id=str(media.pk))
    return of_open_sites(Page.objects.filter(live=True, pk__in=rows.values("page_id")))


def _references(model: Any) -> QuerySet[ReferenceIndex]:
    """What pages, with their children (people, offices), refer to as published: `page_id`."""
    # PostgreSQL may cast before it filters, and other objects' ids need not be numbers.
    of_page = ContentType.objects.get_for_model(Page).pk
    number = Case(
        When(base_content_type_id=of_page, then=Cast("object_id", BigIntegerField())),
        default=None,
        output_field=BigIntegerField(null=True),
    )
    return ReferenceIndex.objects.filter(
        to_content_type_id=ContentType.objects.get_for_model(model).pk, base_content_type_id=of_page
    ).annotate(page_id=number)


def _referred_to(model: Any, pages: QuerySet[Page]) -> Exists:
    rows = _references(model).filter(to_object_id=Cast(OuterRef("pk"), CharField()))
    return Exists(rows.filter(Exists(pages.filter(pk=OuterRef("page_id")))))


def _withheld(user: Reader) -> Exists:
    """Whether a restriction of the collection, or of one above it, keeps a reader out. Passwords
    are known to a session, not to a reader: see `media_views`."""
    restrictions = CollectionViewRestriction.objects.order_by()
    if user.is_authenticated and user.is_active:
        accepted = Q(restriction_type=CollectionViewRestriction.LOGIN)
        accepted |= Q(
            restriction_type=CollectionViewRestriction.GROUPS,
            pk__in=CollectionViewRestriction.groups.through.objects.filter(
                group__user=user.pk
            ).values("collectionviewrestriction_id"),
        )
        restrictions = restrictions.exclude(accepted)
    head = Substr(
        OuterRef("collection__path"), 1, Length("collection__path"), output_field=CharField()
    )
    return Exists(restrictions.alias(head=head).filter(collection__path=F("head")))


def _note_references(sender: type, instance: Page, **kwargs: Any) -> None:
    """What a page shows is readable as soon as the page is: not when a job has run."""
    ReferenceIndex.create_or_update_for_object(instance)


def register() -> None:
    """Listen (from AppConfig.ready)."""
    page_published.connect(_note_references, dispatch_uid="media-references-of-published-page")
