"""What was rendered before a change is not served after it."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.models import PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.media.models import File, SiteImage

from .models import Page
from .sites import touch_all_sites, touch_site_of


@receiver(page_published)
@receiver(page_unpublished)
@receiver(page_slug_changed)
def content_changed(sender: type, instance: Page, **kwargs: Any) -> None:
    touch_site_of(instance)


@receiver(post_page_move)
def page_moved(sender: type, instance: Page, **kwargs: Any) -> None:
    touch_site_of(instance)
    touch_site_of(kwargs["parent_page_before"])


@receiver(post_delete)
def page_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Page):
        touch_site_of(instance)


@receiver(post_save, sender=PageViewRestriction)
@receiver(post_delete, sender=PageViewRestriction)
@receiver(m2m_changed, sender=PageViewRestriction.groups.through)
def readers_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    """What has just been withdrawn from the public is not served from what was kept."""
    if isinstance(instance, PageViewRestriction):
        touch_site_of(instance.page)


@receiver(post_save, sender=Site)
@receiver(post_delete, sender=Site)
def addresses_changed(sender: type, instance: Site, **kwargs: Any) -> None:
    """Pages of other sites may name this one's address."""
    touch_all_sites()


@receiver(post_save, sender=SiteImage)
@receiver(post_save, sender=File)
def media_changed(sender: type, created: bool, **kwargs: Any) -> None:
    """An alternative text or a title may be shown on any page; a new file is shown on none yet."""
    if not created:
        touch_all_sites()
