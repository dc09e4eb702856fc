"""What was rendered before a change is not served after it."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from .models import Page
from .sites import touch_site_of


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
