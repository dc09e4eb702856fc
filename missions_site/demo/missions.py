"""The demo's missions: all 195 with their sites, and rich content for those that have a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, time
from itertools import groupby
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.html import escape

from cms.access.indexing import enqueue_below
from cms.languages import codes
from cms.languages.fields import column
from cms.missions.models import (
    ContactPage,
    EventPage,
    HomePage,
    Mission,
    NewsPage,
    Office,
    OpeningHours,
    PeoplePage,
    Person,
    ServicePage,
    StandardPage,
    StatementPage,
)
from cms.missions.services import import_missions, provision_all, reference_rows
from cms.missions.signals import follow_representative
from cms.pages.models import Page
from cms.pages.sites import touch_site_of

from .reading import DATA, body_in_six, day, in_six
from .translations import follow_an_earlier_wording, show_every_state

FOLDER = DATA / "missions"
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Texts = Mapping[str, str]


def load(report: Callable[[str, int, int], None]) -> None:
    """Make every mission and its site, then fill those whose content ships; each whole or not."""
    files = sorted(FOLDER.glob("*.json"))
    import_missions(reference_rows())
    total = Mission.objects.count() + len(files)
    provision_all(progress=lambda code, done, _count: report(code, done, total))
    for done, path in enumerate(files, start=total - len(files) + 1):
        fill_mission(json.loads(path.read_text(encoding="utf-8")))
        report(path.stem.upper(), done, total)


@transaction.atomic
def fill_mission(data: Mapping[str, Any]) -> None:
    """Give a mission's site its content, once: a site whose list of people is filled is kept."""
    mission = Mission.objects.select_related("profile__site__root_page").get(code=data["code"])
    home = mission.profile.site.root_page.specific
    sections = {page.slug: page.specific for page in Page.objects.child_of(home)}
    people = sections["people"]
    if people.people.exists():
        return
    _fill_home(home, data)
    _fill_people(people, data)
    _fill_contact(sections["contact"], data)
    for row in data["news"]:
        _add(sections["news"], NewsPage(**_common(row), **in_six("summary", row["summary"])), row)
    for row in data["statements"]:
        _add(sections["statements"], _statement(row), row)
    for row in data["events"]:
        _add(sections["events"], _event(row), row)
    for row, page_type in ((data["services"], ServicePage), *_standard_pages(data)):
        _fill_or_add(home, sections.get(row["slug"]), page_type, row)
    show_every_state(StatementPage.objects.child_of(sections["statements"]).order_by("-date"))
    enqueue_below(home.path)
    touch_site_of(home)


def _standard_pages(data: Mapping[str, Any]) -> list[tuple[dict[str, Any], type[Page]]]:
    return [(row, StandardPage) for row in data["pages"]]


# --- the sections ------------------------------------------------------------------------------


def _fill_home(home: HomePage, data: Mapping[str, Any]) -> None:
    for code, text in data["home"]["tagline"].items():
        setattr(home, column("lead", code), text)
    for code, text in data["home"]["welcome"].items():
        setattr(home, column("intro", code), f"<p>{escape(text)}</p>")
    for code, text in data["note"].items():
        block = {"type": "rich_text", "value": f"<p>{escape(text)}</p>"}
        setattr(home, column("body", code), json.dumps([block]))
    home.save()
    follow_an_earlier_wording(home, data["home"]["outdated"])


def _fill_people(page: PeoplePage, data: Mapping[str, Any]) -> None:
    head = data["permanent_representative"]
    page.people.add(
        Person(
            sort_order=0,
            is_representative=True,
            since=day(head["credentials"]),
            **in_six("name", head["name"]),
            **in_six("rank", head["rank"]),
            **in_six("function", head["title"]),
            **in_six("biography", head["biography"]),
        )
    )
    for row in data["people"]:
        page.people.add(
            Person(
                sort_order=row["order"],
                **in_six("name", row["name"]),
                **in_six("rank", row["rank"]),
                **in_six("function", row["title"]),
            )
        )
    page.save()
    follow_representative(page)


def _fill_contact(page: ContactPage, data: Mapping[str, Any]) -> None:
    contact = data["contact"]
    place = parse_qs(urlsplit(contact["map_url"] or "").query)
    page.zone = contact["zone"]
    page.offices.add(
        Office(
            sort_order=0,
            address_en="\n".join(contact["address"]),
            telephones="\n".join(contact["telephone"]),
            fax=contact["fax"] or "",
            email=contact["email"] or "",
            website=contact["website"] or "",
            latitude=place["mlat"][0] if "mlat" in place else None,
            longitude=place["mlon"][0] if "mlon" in place else None,
            **in_six("note", contact["hours"]),
        )
    )
    for order, (first, last, opening) in enumerate(_spans(contact["opening"])):
        page.hours.add(
            OpeningHours(
                sort_order=order,
                first_day=first,
                last_day=last,
                opens=time.fromisoformat(opening["opens"]),
                closes=time.fromisoformat(opening["closes"]),
            )
        )
    page.save()


def _spans(openings: list[dict[str, Any]]) -> list[tuple[int, int, dict[str, Any]]]:
    """(first day, last day, hours) of every run of days that follow one another."""
    spans = []
    for opening in openings:
        days = sorted(map(_DAYS.index, opening["days"]))
        for _start, run in groupby(enumerate(days), key=lambda pair: pair[1] - pair[0]):
            run_days = [number for _position, number in run]
            spans.append((run_days[0], run_days[-1], opening))
    return spans


# --- pages ---------------------------------------------------------------------------------------


def _statement(row: dict[str, Any]) -> StatementPage:
    return StatementPage(
        language_delivered=row["language_delivered"],
        symbol=row["symbol"] or "",
        **_common(row),
        **in_six("speaker", row["speaker"]),
        **in_six("meeting", row["meeting"]),
    )


def _event(row: dict[str, Any]) -> EventPage:
    zone = ZoneInfo(row["zone"])
    return EventPage(
        start=datetime.fromisoformat(row["start"]).replace(tzinfo=zone),
        end=datetime.fromisoformat(row["end"]).replace(tzinfo=zone),
        zone=row["zone"],
        **_common(row),
        **in_six("summary", row["summary"]),
        **in_six("place", row["place"]),
    )


def _common(row: Mapping[str, Any]) -> dict[str, Any]:
    """Address, titles and body; the date of a dated row."""
    values: dict[str, Any] = {"slug": row["slug"], **in_six("title", row["title"])}
    values |= body_in_six(row["body"])
    if row.get("date"):
        values["date"] = day(row["date"])
    return values


def _add(parent: Page, page: Page, row: Mapping[str, Any]) -> None:
    page.source_language = codes.best(parent.source_language, row["title"]) or ""
    page.first_published_at = page.last_published_at = timezone.now()
    parent.add_child(instance=page)
    follow_an_earlier_wording(page, row["outdated"])


def _fill_or_add(
    home: HomePage, page: Page | None, page_type: type[Page], row: Mapping[str, Any]
) -> None:
    """Publish the section that provisioning left for its text, or add the page."""
    values = _common(row) | in_six("summary", row["summary"])
    if page is None:
        _add(home, page_type(show_in_menus=True, **values), row)
        return
    for name, value in values.items():
        setattr(page, name, value)
    page.live, page.has_unpublished_changes = True, False
    page.first_published_at = page.last_published_at = timezone.now()
    page.save()
    follow_an_earlier_wording(page, row["outdated"])
