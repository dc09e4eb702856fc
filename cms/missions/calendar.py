"""An event as a calendar file (RFC 5545), in one language."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils import timezone
from icalendar import Calendar, Event

from cms.languages.fields import text_in

if TYPE_CHECKING:
    from .models import EventPage

PRODUCT = "-//United Nations//Missions//EN"


def calendar_of(page: EventPage, *, language: str, request: HttpRequest | None = None) -> bytes:
    """The calendar file of an event, texts in `language` where it has them.

    The times are the zone's own, with its rules (VTIMEZONE), so that a change of the law on
    summer time reaches the reader's calendar with its next update.
    """
    url = page.url_in(language, request) or ""
    if request is not None:
        url = request.build_absolute_uri(url)
    host = url.split("/")[2].split(":")[0] if "//" in url else "localhost"
    event = Event()
    event.add("uid", f"event-{page.pk}@{host}")
    event.add("dtstamp", (page.last_published_at or timezone.now()).astimezone(UTC))
    event.add("dtstart", page.local_start)
    event.add("dtend", page.local_end)
    for name, field in (("summary", "title"), ("location", "place"), ("description", "summary")):
        text, text_language = text_in(page, field, language, source=page.source_language)
        if text:
            event.add(name, text, parameters={"language": text_language})
    if url:
        event.add("url", url)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()
