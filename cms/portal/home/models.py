"""The portal's home page and its notices."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from cms.access.tiles import tiles_for
from cms.languages import codes
from cms.languages.fields import column
from cms.languages.panels import language_fields
from cms.pages.models import Page

from .selectors import other_sites, own_sites


class Importance(models.IntegerChoices):
    """How much a notice asks for attention; the highest come first."""

    NORMAL = 1, pgettext_lazy("importance of a notice", "Normal")
    IMPORTANT = 2, pgettext_lazy("importance of a notice", "Important")
    URGENT = 3, pgettext_lazy("importance of a notice", "Urgent")


class PortalHomePage(Page):
    """What a delegate sees first: notices, tiles of the services, the sites of the Organization.

    Tiles come from `cms.access.tiles`, filled by each room; notices are written here.
    """

    welcome = RichTextField(_("welcome"), blank=True, features=["bold", "italic", "link", "ul"])

    parent_page_types: ClassVar[list[str]] = ["pages.Page"]
    max_count = 1
    detail_panels: ClassVar[list[Any]] = [
        InlinePanel("notices", heading=_("Notices"), label=_("Notice")),
    ]
    api_fields: ClassVar[list[APIField]] = [APIField("welcome")]
    search_kind = "portal"
    template = "portal_home/portal_home_page.html"

    class Meta:
        verbose_name = _("portal home page")
        verbose_name_plural = _("portal home pages")

    def current_notices(self, today: date) -> list[Notice]:
        """The notices to show on a day, the most important first, else in the editor's order."""
        shown = [notice for notice in self.notices.all() if notice.is_current(today)]
        return sorted(shown, key=lambda notice: -notice.importance)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        # Inside <main> the served language is spoken; addresses keep the reader's.
        with codes.override(context["served_language"]):
            tiles = tiles_for(request)
        return context | {
            "tiles": tiles,
            "notices": self.current_notices(timezone.localdate()),
            "own_sites": own_sites(request),
            "other_sites": other_sites(request),
        }


class Notice(Orderable):
    """A notice in any of the six languages. `date`: shown from that day on; `expires`: the last
    day on which it is shown (none: until it is taken away)."""

    page = ParentalKey(PortalHomePage, on_delete=models.CASCADE, related_name="notices")
    title = models.CharField(_("title"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    link = models.URLField(_("link"), blank=True, help_text=_("Where to read more."))
    date = models.DateField(_("date"), default=timezone.localdate)
    expires = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Empty: until you take it away.")
    )
    importance = models.PositiveSmallIntegerField(
        _("importance"), choices=Importance.choices, default=Importance.NORMAL
    )

    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("date"), FieldPanel("expires"), FieldPanel("importance")]),
        language_fields("title", heading=_("Title"), classname="collapsed"),
        language_fields("text", heading=_("Text")),
        FieldPanel("link"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("notice")
        verbose_name_plural = _("notices")

    def __str__(self) -> str:
        return self.title or self.text or str(self.date)

    def clean(self) -> None:
        super().clean()
        if not any(getattr(self, column("text", code)) for code in codes.CODES):
            raise ValidationError(_("Write the notice in one language."))
        if self.date and self.expires and self.expires < self.date:
            raise ValidationError({"expires": _("The last day is before the first.")})

    def is_current(self, today: date) -> bool:
        """Whether it is shown on a day."""
        return self.date <= today and (self.expires is None or today <= self.expires)

    @property
    def tone(self) -> str:
        """The tone of `includes/notice.html`."""
        return {Importance.URGENT: "error", Importance.IMPORTANT: "warning"}.get(
            self.importance, "info"
        )
