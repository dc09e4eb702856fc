"""Where the languages of a page are entered: the page's menus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.wagtail_hooks import PageMenuItem

from cms.pages.models import Page


class LanguagesButton(PageMenuItem):
    """In the menus of a page that the user may write or publish."""

    label = _("Release languages")
    icon_name = "calendar-check"

    def is_shown(self, user: Any) -> bool:
        allowed = self.page.permissions_for_user(user)
        return not self.page.is_root() and bool(allowed.can_edit() or allowed.can_publish())

    @cached_property
    def url(self) -> str:
        return reverse("translation:languages", args=[self.page.pk])


def listing_buttons(page: Page, user: Any, next_url: str | None = None) -> Iterator[PageMenuItem]:
    """Wagtail's `register_page_listing_more_buttons` hook."""
    yield LanguagesButton(page=page, priority=6)


def header_buttons(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[PageMenuItem]:
    """Wagtail's `register_page_header_buttons` hook."""
    yield LanguagesButton(page=page, priority=14)
