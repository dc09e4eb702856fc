"""What the templates of this room are given. A page costs the same number of queries however many
elections or candidatures it shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cms.languages.names import state_names
from cms.pages.rendering import localize, request_language

from . import presentation, selectors
from .models.candidatures import Candidature
from .models.elections import Election, RegionalGroup

if TYPE_CHECKING:
    from .models.pages import CandiWebHomePage, ChartPage, ElectionPage


def home_context(page: CandiWebHomePage, request: HttpRequest, language: str) -> dict[str, Any]:
    """Elections to come, elections held, the chart's address."""
    groups = presentation.groups_by_code()
    chart = page.get_children().live().filter(content_type__model="chartpage").first()
    shown = selectors.shown_elections(page).order_by("-date", "pk")
    chosen = _filters(request, language)
    if chosen["body"]:
        shown = shown.filter(body__code=chosen["body"])
    if chosen["year"]:
        shown = shown.filter(date__year=chosen["year"])
    return {
        "upcoming": _briefs(selectors.upcoming_elections(page), groups, request, language),
        "recent": _briefs(selectors.recent_elections(page), groups, request, language),
        "filters": chosen,
        "is_filtered": bool(chosen["body"] or chosen["year"]),
        "elections": _briefs(list(shown[: selectors.MOST]), groups, request, language),
        "chart_url": localize(chart, request).url if chart else "",
    }


def election_context(page: ElectionPage, request: HttpRequest, language: str) -> dict[str, Any]:
    """Seats with their candidates, and the ballots."""
    election = page.election
    found = selectors.candidatures_of(election)
    ballots = selectors.ballots_of(election)
    states = [item.state for item in found]
    states += [result.state for ballot in ballots for result in ballot.results.all()]
    names = state_names(states, language)
    groups = presentation.groups_by_code()
    return {
        "election": election,
        "body": election.body,
        "term": presentation.term(election),
        "allocations": _allocations(election, found, names, groups, language),
        "ballots": [
            table
            for table in presentation.ballots_by_seats(ballots, names=names, groups=groups)
            if table["has_votes"]
        ],
        "note": presentation.marked(election, "note", language),
        "has_notes": any(item.note_reference or item.endorsed_by for item in found),
        "has_illustrative": election.is_illustrative or any(item.is_illustrative for item in found),
        "home_page_url": f"/{request_language(request)}/",
    }


def _allocations(
    election: Election,
    found: list[Candidature],
    names: Mapping[str, str],
    groups: Mapping[str, str],
    language: str,
) -> list[dict[str, Any]]:
    by_seats: dict[int | None, list[Candidature]] = defaultdict(list)
    for item in found:
        by_seats[item.allocation_id].append(item)
    shown = [
        presentation.seats_entry(seats, groups)
        | {
            "anchor": f"seats-{place}",
            "candidates": presentation.candidates(
                by_seats.pop(seats.pk, []), language=language, names=names, groups=groups
            ),
        }
        for place, seats in enumerate(election.seats.all(), start=1)
    ]
    left = [item for items in by_seats.values() for item in items]
    if left:
        shown.append(
            {
                "groups": _("Seats not stated"),
                "count": None,
                "label": "",
                "anchor": "seats-other",
                "candidates": presentation.candidates(
                    left, language=language, names=names, groups=groups
                ),
            }
        )
    return shown


def chart_context(page: ChartPage, request: HttpRequest, language: str) -> dict[str, Any]:
    """Rows by election, columns by regional group, filtered by year and body."""
    chosen = _filters(request, language)
    groups = presentation.groups_by_code()
    elections = selectors.charted_elections(year=chosen["year"], body=chosen["body"])
    states = [item.state for election in elections for item in election.candidatures.all()]
    names = state_names(states, language)
    rows = [_row(election, names, groups, request, language) for election in elections]
    return {
        "filters": chosen,
        "is_filtered": bool(chosen["body"] or chosen["year"]),
        "columns": list(groups.values()),
        "rows": rows,
        "has_other": any(row["other"] for row in rows),
        "has_illustrative": any(row["is_illustrative"] for row in rows),
        "chart_url": page.url_in(request_language(request), request),
    }


def _row(
    election: Election,
    names: Mapping[str, str],
    groups: Mapping[str, str],
    request: HttpRequest,
    language: str,
) -> dict[str, Any]:
    entries = presentation.candidates(
        list(election.candidatures.all()), language=language, names=names, groups=groups
    )
    page = getattr(election, "page", None)
    title = presentation.marked(election, "title", language)
    return {
        "title": title,
        "url": localize(page, request).url if page is not None and page.live else "",
        "date": election.date,
        "term": presentation.term(election),
        "seats": [presentation.seats_entry(seats, groups) for seats in election.seats.all()],
        "cells": [
            [entry for entry in entries if entry["group"] == code] for code in RegionalGroup.values
        ],
        "other": [entry for entry in entries if not entry["group"]],
        "is_illustrative": election.is_illustrative,
    }


def _briefs(
    elections: list[Election], groups: Mapping[str, str], request: HttpRequest, language: str
) -> list[dict[str, Any]]:
    briefs = []
    for election in elections:
        named = localize(election.page, request)
        title = presentation.marked(election.page, "title", language)
        briefs.append(
            {
                "title": title["text"],
                "lang": title["lang"],
                "dir": title["dir"],
                "url": named.url,
                "date": election.date,
                "body": presentation.marked(election.body, "name", language),
                "term": presentation.term(election),
                "seats": [presentation.seats_entry(s, groups) for s in election.seats.all()],
                "total": sum(seats.seats for seats in election.seats.all()),
                "is_illustrative": election.is_illustrative,
            }
        )
    return briefs


def _filters(request: HttpRequest, language: str) -> dict[str, Any]:
    """What is offered and chosen; an unknown value filters nothing. Two queries."""
    years, bodies = selectors.election_years(), selectors.bodies()
    year, body = request.GET.get("year", ""), request.GET.get("body", "")
    return {
        "years": years,
        "year": int(year) if year in {str(known) for known in years} else None,
        "bodies": [
            {"code": item.code, **presentation.marked(item, "name", language)} for item in bodies
        ],
        "body": body if body in {item.code for item in bodies} else "",
    }
