"""The guide: a page explains one thing and lists the pages below it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.api import APIField

from blocks.fields import ContentField
from cms.languages import codes
from cms.pages.models import Page
from cms.pages.rendering import localize, request_language

#: A guide that needs more pages on one level wants another level.
MOST_CHILDREN = 100


class GuidePage(Page):
    """One page of the guide. `summary`: the line under its title in the index above it."""

    summary = models.TextField(_("summary"), blank=True)
    body = ContentField(verbose_name=_("body"))

    # By name only: the portal's apps do not import each other.
    parent_page_types: ClassVar[list[str]] = [
        "portal_home.PortalHomePage",
        "portal_guide.GuidePage",
    ]
    subpage_types: ClassVar[list[str]] = ["portal_guide.GuidePage"]
    api_fields: ClassVar[list[APIField]] = [APIField("summary"), APIField("body")]
    search_kind = "guide"
    show_in_menus_default = True
    template = "portal_guide/guide_page.html"

    class Meta:
        verbose_name = _("guide page")
        verbose_name_plural = _("guide pages")

    def entries_below(self, request: HttpRequest) -> list[dict[str, Any]]:
        """The live pages below, as `includes/page_card.html` takes them. One query."""
        reader = request_language(request)
        children = GuidePage.objects.child_of(self).live().order_by("path")[:MOST_CHILDREN]
        return [_entry(child, request, reader) for child in children]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | {"entries": self.entries_below(request)}


def _entry(page: GuidePage, request: HttpRequest, reader: str) -> dict[str, Any]:
    named = localize(page, request)
    # The card has one `lang`: the summary is shown where it is in the title's language.
    summary, language = page.text("summary", reader)
    return {
        "title": named.title,
        "url": named.url,
        "lang": named.lang,
        "dir": codes.direction(named.lang),
        "summary": summary if language == named.lang else "",
    }
