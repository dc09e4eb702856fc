"""The front page of a mission's site."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField

from blocks.fields import ContentField
from cms.languages.fields import column
from cms.media.models import SiteImage
from cms.pages.models import Page
from cms.pages.sites import site_path

from ..presentation import listed_all, listed_event, listed_statement

#: How many entries of each kind the front page shows.
LATEST = 4
_SECTION_URLS = {
    "NewsIndexPage": "news_url",
    "StatementIndexPage": "statements_url",
    "EventIndexPage": "events_url",
    "PeoplePage": "people_url",
    "ContactPage": "contact_url",
}


class HomePage(Page):
    """Hero, latest news, what is next, the permanent representative and how to reach the mission.

    `heading`: the hero's line where it is not the State's name; `lead`: the line under it.
    """

    heading = models.CharField(
        _("heading"), max_length=200, blank=True, help_text=_("Default: the name of the State.")
    )
    lead = models.TextField(_("lead"), blank=True)
    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link", "ul"])
    body = ContentField(verbose_name=_("body"))
    image = models.ForeignKey(
        SiteImage,
        verbose_name=_("image"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    parent_page_types: ClassVar[list[str]] = ["pages.Page"]
    detail_panels: ClassVar[list[Any]] = [FieldPanel("image")]
    api_fields: ClassVar[list[APIField]] = [
        APIField("heading"),
        APIField("lead"),
        APIField("intro"),
        APIField("body"),
        APIField("image"),
        APIField("mission_code"),
    ]
    search_kind = "mission"

    class Meta:
        verbose_name = _("home page of a mission")
        verbose_name_plural = _("home pages of missions")

    @cached_property
    def mission(self) -> Any:
        """The mission whose site this is, with its group and representative, or None. One query."""
        from .records import Mission

        return (
            Mission.objects.filter(profile__site__root_page__path=site_path(self))
            .select_related("regional_group", "representative", "representative__photo")
            .first()
        )

    @property
    def mission_code(self) -> str:
        """ISO 3166-1 alpha-3 code of the mission, or ""."""
        return self.mission.code if self.mission else ""

    def extra_search_text(self, code: str) -> str:
        """The State's names, in one language."""
        if self.mission is None:
            return ""
        names = (getattr(self.mission, column(f, code)) for f in ("short_name", "formal_name"))
        return "\n".join(name for name in names if name)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .contact import ContactPage
        from .events import EventPage
        from .news import NewsPage
        from .statements import StatementPage

        context = super().get_context(request, *args, **kwargs)
        news = NewsPage.objects.descendant_of(self).live().order_by("-date", "-pk")
        statements = StatementPage.objects.descendant_of(self).live()
        statements = statements.order_by(F("date").desc(nulls_last=True), "-pk")
        events = EventPage.objects.descendant_of(self).live().upcoming()
        contact = ContactPage.objects.child_of(self).live().prefetch_related("offices").first()
        return context | {
            "mission": self.mission,
            "representative": self.mission.representative if self.mission else None,
            "news": listed_all(news[:LATEST], request),
            "statements": [listed_statement(page, request) for page in statements[:LATEST]],
            "events": [listed_event(event, request) for event in events[:LATEST]],
            "office": next(iter(contact.offices.all()), None) if contact else None,
            **self._section_urls(request),
        }

    def _section_urls(self, request: HttpRequest) -> dict[str, str]:
        """{"news_url": …} of the live sections. One query."""
        return {
            _SECTION_URLS[page.specific_class.__name__]: page.get_url(request) or ""
            for page in Page.objects.child_of(self).live()
            if page.specific_class and page.specific_class.__name__ in _SECTION_URLS
        }
