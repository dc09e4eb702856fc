"""Where the side-by-side editor is entered: a language's tab, a page's menus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.wagtail_hooks import PageMenuItem

from cms.languages.tab_links import TabLink
from cms.pages.models import Page

from .views import address


def tab_link(instance: models.Model, code: str, request: HttpRequest) -> TabLink | None:
    """From the tab of a page's translation."""
    if not isinstance(instance, Page) or instance.source_language in ("", code):
        return None
    return TabLink(address(instance.pk, code), _("Write it beside the source"))


class SideBySideButton(PageMenuItem):
    """In the menus of a page that the user may write."""

    label = _("Translate side by side")
    icon_name = "globe"

    def is_shown(self, user: Any) -> bool:
        permissions = self.page.permissions_for_user(user)
        return not self.page.is_root() and bool(permissions.can_edit())

    @cached_property
    def url(self) -> str:
        return reverse("translation:choose_languages", args=[self.page.pk])


def listing_buttons(page: Page, user: Any, next_url: str | None = None) -> Iterator[PageMenuItem]:
    """Wagtail's `register_page_listing_more_buttons` hook."""
    yield SideBySideButton(page=page, priority=5)


def header_buttons(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[PageMenuItem]:
    """Wagtail's `register_page_header_buttons` hook."""
    yield SideBySideButton(page=page, priority=12)
