"""Where files out and in are entered: a page's menus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.wagtail_hooks import PageMenuItem

from cms.pages.models import Page


class ExportButton(PageMenuItem):
    """In the menus of a page that the user may write; the page it leads to also takes files in."""

    label = _("Translate in a file")
    icon_name = "download"

    def is_shown(self, user: Any) -> bool:
        permissions = self.page.permissions_for_user(user)
        is_own = not self.page.is_root() and not self.page.alias_of_id
        return is_own and bool(permissions.can_edit())

    @cached_property
    def url(self) -> str:
        return f"{reverse('translation:export')}?page={self.page.pk}"


def listing_buttons(page: Page, user: Any, next_url: str | None = None) -> Iterator[PageMenuItem]:
    """Wagtail's `register_page_listing_more_buttons` hook."""
    yield ExportButton(page=page, priority=5)


def header_buttons(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[PageMenuItem]:
    """Wagtail's `register_page_header_buttons` hook."""
    yield ExportButton(page=page, priority=13)
