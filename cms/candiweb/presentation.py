"""Records as the templates show them, in the language in which a page is shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.languages import codes, formats
from cms.languages.collation import sort_key
from cms.languages.fields import text_in

from .models.ballots import Ballot
from .models.candidatures import Candidature
from .models.elections import Election, RegionalGroup, SeatAllocation


def marked(instance: Any, field: str, language: str) -> dict[str, str]:
    """{"text", "lang", "dir"} of a translated field; lang and dir are "" where the text is in the
    language of the page."""
    value, code = text_in(instance, field, language)
    other = bool(value) and code != language
    return {
        "text": value,
        "lang": code if other else "",
        "dir": codes.direction(code) if other else "",
    }


def groups_by_code() -> dict[str, str]:
    """{code: name in the active language} of the regional groups, in the order of the chart."""
    return {group.value: str(group.label) for group in RegionalGroup}


def group_line(groups: Collection[str], names: Mapping[str, str]) -> str:
    """ "African States and Asia-Pacific States"; for no groups "All regional groups"."""
    if not groups:
        return _("All regional groups")
    return _(" and ").join(names.get(code, code) for code in groups)


def seats_entry(seats: SeatAllocation, names: Mapping[str, str]) -> dict[str, Any]:
    """{"groups", "count", "label"} for a list of seats."""
    return {
        "groups": group_line(seats.groups, names),
        "count": seats.seats,
        "label": ngettext("%(count)d seat", "%(count)d seats", seats.seats)
        % {"count": seats.seats},
    }


def term(election: Election) -> str:
    """ "2025–2026", or the days where they are known and not whole years."""
    start, end = election.term_start, election.term_end
    if start is None:
        return ""
    whole_years = election.term_years_only or (
        (start.month, start.day) == (1, 1) and (end is None or (end.month, end.day) == (12, 31))
    )
    if not whole_years:
        return formats.day_range(start, end)
    first, last = str(start.year), str(end.year) if end else ""
    return first if not last or first == last else f"{first}–{last}"


def candidate(
    item: Candidature, names: Mapping[str, str], groups: Mapping[str, str]
) -> dict[str, Any]:
    """One candidate: name, State, status and how it came about."""
    state = names.get(item.state, item.state)
    status = item.candidature_status
    return {
        "pk": item.pk,
        "name": item.nominee or state,
        "state": state if item.nominee else "",
        "group": item.group,
        "group_name": groups.get(item.group, ""),
        "status": status.badge,
        "status_label": status.label,
        "announced_on": item.announced_on,
        "note_reference": item.note_reference,
        "note_date": item.note_date,
        "endorsed_by": groups.get(item.endorsed_by, ""),
        "endorsed_on": item.endorsed_on,
        "withdrawn_on": item.withdrawn_on,
        "is_illustrative": item.is_illustrative,
    }


def candidates(
    items: Collection[Candidature],
    *,
    language: str,
    names: Mapping[str, str],
    groups: Mapping[str, str],
) -> list[dict[str, Any]]:
    """Candidates in the alphabetical order of the language; those withdrawn come last."""
    key = sort_key(language)
    return sorted(
        (candidate(item, names, groups) for item in items),
        key=lambda entry: (entry["status"] == "withdrawn", key(entry["name"])),
    )


def ballots_by_seats(
    ballots: Collection[Ballot], *, names: Mapping[str, str], groups: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Rounds put together by the seats voted on: [{"groups", "rounds", "rows"}], where each row
    has a candidate's name and, round by round, its votes (None: not known or not voted on)."""
    tables: dict[int, dict[str, Any]] = {}
    for ballot in ballots:
        allocation = ballot.allocation
        table = tables.setdefault(
            allocation.pk if allocation else 0,
            {
                "groups": group_line(allocation.groups if allocation else [], groups),
                "rounds": [],
                "rows": {},
            },
        )
        place = len(table["rounds"])
        table["rounds"].append(
            {"number": ballot.round, "date": ballot.date, "required": ballot.required}
        )
        for result in ballot.results.all():
            nominee = result.candidature.nominee if result.candidature else ""
            name = nominee or names.get(result.state, result.state)
            row = table["rows"].setdefault(
                name, {"name": name, "votes": {}, "is_elected": False, "stood": False}
            )
            row["votes"][place] = result.votes
            row["is_elected"] |= result.is_elected
            row["stood"] |= result.candidature_id is not None
    return [_with_cells(table) for table in tables.values()]


def _with_cells(table: dict[str, Any]) -> dict[str, Any]:
    places = range(len(table["rounds"]))
    rows = [
        {**row, "cells": [row["votes"].get(place) for place in places]}
        for row in table["rows"].values()
    ]
    has_votes = any(cell is not None for row in rows for cell in row["cells"])
    return {**table, "rows": rows, "has_votes": has_votes}
