"""Events with their time zone: the list, its items, and each as a calendar file."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.url_routing import RouteResult

from blocks.fields import ContentField
from cms.languages import codes
from cms.languages.zones import HEADQUARTERS, validate_zone, zone_name
from cms.pages.models import Page

from ..forms import EventForm
from ..presentation import listed_event
from .news import PAGE_SIZE

CALENDAR = "event.ics"


class EventIndexPage(Page):
    """The events to come, the next first; with `?past=1` those that are over, the last first."""

    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])

    parent_page_types: ClassVar[list[str]] = ["missions.HomePage"]
    subpage_types: ClassVar[list[str]] = ["missions.EventPage"]
    max_count_per_parent = 1
    api_fields: ClassVar[list[APIField]] = [APIField("intro")]

    class Meta:
        verbose_name = _("events index")
        verbose_name_plural = _("events indexes")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        past = request.GET.get("past") == "1"
        events = EventPage.objects.child_of(self).live()
        events = events.over() if past else events.upcoming()
        page_obj = Paginator(events, PAGE_SIZE).get_page(request.GET.get("page"))
        return super().get_context(request, *args, **kwargs) | {
            "page_obj": page_obj,
            "items": [listed_event(event, request) for event in page_obj],
            "past": past,
        }


class EventQuerySet(PageQuerySet):
    """Events by time."""

    def upcoming(self) -> EventQuerySet:
        """Those that are not over, the next first."""
        return self.filter(end__gte=timezone.now()).order_by("start", "pk")

    def over(self) -> EventQuerySet:
        """Those that are over, the last first."""
        return self.filter(end__lt=timezone.now()).order_by("-start", "-pk")


class EventPage(Page):
    """One event. `start` and `end` are moments; `zone` says how the place's clocks show them."""

    start = models.DateTimeField(_("start"), db_index=True)
    end = models.DateTimeField(_("end"))
    zone = models.CharField(
        _("time zone"), max_length=64, default=HEADQUARTERS, validators=[validate_zone]
    )
    place = models.CharField(_("place"), max_length=255, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    body = ContentField(verbose_name=_("body"))

    objects = PageManager.from_queryset(EventQuerySet)()

    base_form_class = EventForm
    parent_page_types: ClassVar[list[str]] = ["missions.EventIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    translated_panels: ClassVar[list[Any]] = ["summary", "place", "body"]
    detail_panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldPanel("zone", help_text=_("The times above are read on this zone's clocks.")),
    ]
    api_fields: ClassVar[list[APIField]] = [
        APIField("start"),
        APIField("end"),
        APIField("zone"),
        APIField("place"),
        APIField("summary"),
        APIField("body"),
    ]
    search_kind = "event"

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def clean(self) -> None:
        super().clean()
        if self.start and self.end and self.end < self.start:
            raise ValidationError({"end": _("The event ends before it starts.")})

    @property
    def search_date(self) -> datetime:
        """The moment by which search sorts."""
        return self.start

    @property
    def local_start(self) -> datetime:
        """The start on the clocks of the event's zone."""
        return self.start.astimezone(ZoneInfo(self.zone))

    @property
    def local_end(self) -> datetime:
        """The end on the clocks of the event's zone."""
        return self.end.astimezone(ZoneInfo(self.zone))

    @property
    def is_one_day(self) -> bool:
        """Whether it starts and ends on the same day, on the zone's clocks."""
        return self.local_start.date() == self.local_end.date()

    @property
    def zone_label(self) -> str:
        """What the active language calls the zone on that day."""
        return zone_name(self.zone, codes.active(), at=self.start)

    # --- the calendar file ----------------------------------------------------------------------

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """`…/event.ics` is this event as a calendar file."""
        if path_components == [CALENDAR] and self.live:
            return RouteResult(self, kwargs={"as_calendar": True})
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not kwargs.pop("as_calendar", False):
            return super().serve(request, *args, **kwargs)
        from ..calendar import calendar_of

        language = self.best_language(codes.active())
        response = HttpResponse(
            calendar_of(self, language=language, request=request),
            content_type="text/calendar; charset=utf-8",
        )
        response["Content-Disposition"] = f'attachment; filename="{self.slug}.ics"'
        response["Content-Language"] = language
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | {
            "ics_url": f"{self.get_url(request)}{CALENDAR}",
            "is_over": self.end < timezone.now(),
        }
