"""News of a mission: the list and its items."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField

from blocks.fields import ContentField
from cms.media.models import SiteImage
from cms.pages.models import Page

from ..presentation import listed_all

PAGE_SIZE = 20


def today() -> Any:
    """Today's date, the default of dated pages."""
    return timezone.localdate()


class NewsIndexPage(Page):
    """All news of a site, the latest first."""

    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])

    parent_page_types: ClassVar[list[str]] = ["missions.HomePage"]
    subpage_types: ClassVar[list[str]] = ["missions.NewsPage"]
    max_count_per_parent = 1
    api_fields: ClassVar[list[APIField]] = [APIField("intro")]

    class Meta:
        verbose_name = _("news index")
        verbose_name_plural = _("news indexes")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        items = NewsPage.objects.child_of(self).live().order_by("-date", "-pk")
        page_obj = Paginator(items, PAGE_SIZE).get_page(request.GET.get("page"))
        return super().get_context(request, *args, **kwargs) | {
            "page_obj": page_obj,
            "items": listed_all(page_obj, request),
        }


class NewsPage(Page):
    """One item of news. `date`: the day it is dated, not the day it was typed."""

    date = models.DateField(_("date"), default=today, db_index=True)
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("One or two sentences, shown in lists.")
    )
    image = models.ForeignKey(
        SiteImage,
        verbose_name=_("image"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    body = ContentField(verbose_name=_("body"))

    parent_page_types: ClassVar[list[str]] = ["missions.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    detail_panels: ClassVar[list[Any]] = [FieldPanel("date"), FieldPanel("image")]
    api_fields: ClassVar[list[APIField]] = [
        APIField("date"),
        APIField("summary"),
        APIField("image"),
        APIField("body"),
    ]
    search_kind = "news"

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

    @property
    def search_date(self) -> Any:
        """The day by which search sorts."""
        return self.date
