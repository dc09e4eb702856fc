"""Pages in the shapes that the component kit lists (docs/howto/components.md)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest

from cms.languages.fields import column
from cms.languages.zones import zone_name
from cms.pages.models import Page
from cms.pages.rendering import localize


def listed(page: Page, request: HttpRequest, *, kind: str = "") -> dict[str, Any]:
    """A page as an entry of a list: {title, url, lang, dir, date, summary, kind}.

    The entry speaks one language, that of its title; a summary in another is left out.
    """
    named = localize(page, request)
    summary = getattr(page, column("summary", named.lang)) if hasattr(page, "summary") else ""
    return {
        "title": named.title,
        "url": named.url,
        "lang": named.lang,
        "dir": named.dir,
        "date": _day(page),
        "summary": summary or "",
        "kind": kind,
    }


def listed_all(pages: Iterable[Page], request: HttpRequest) -> list[dict[str, Any]]:
    """Each page as an entry of a list. No query of its own."""
    return [listed(page, request) for page in pages]


def listed_statement(page: Any, request: HttpRequest) -> dict[str, Any]:
    """A statement as an entry of a list; its summary says who spoke where."""
    entry = listed(page, request)
    said = [getattr(page, column(name, entry["lang"])) for name in ("speaker", "organ", "meeting")]
    return entry | {"summary": " · ".join(part for part in said if part)}


def listed_event(page: Any, request: HttpRequest) -> dict[str, Any]:
    """An event as a card: as `listed`, with start, end (if on the same day), zone and place.

    `tz`: the zone in whose clocks the template shows the times; `zone`: what that zone is called.
    """
    entry = listed(page, request)
    return entry | {
        "start": page.start,
        "end": page.end if page.is_one_day else None,
        "tz": page.zone,
        "zone": zone_name(page.zone, entry["lang"], at=page.start),
        "place": getattr(page, column("place", entry["lang"])) or "",
        "ics_url": f"{entry['url']}event.ics",
    }


def _day(page: Page) -> date | datetime | None:
    return getattr(page, "date", None)
