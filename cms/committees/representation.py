"""Records as the API gives them: stable names, ISO dates, texts in the language asked for.

Every list is in the order of the page; a text that the language lacks is given in the best one
there is, as everywhere. Adding a name is safe, renaming one breaks other people's sites.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from cms.languages.fields import text_in

from .models.bureau import CommitteeSession, Officer
from .models.drafts import DraftProposal
from .models.programme import AgendaItem, Meeting
from .models.statements import Statement


def _iso(value: date | time | None) -> str | None:
    return value.isoformat() if value else None


def session_form(session: CommitteeSession, language: str) -> dict[str, Any]:
    """Committee, number, dates."""
    return {
        "committee": session.committee.code,
        "series": session.committee.series,
        "number": session.number,
        "title": text_in(session, "title", language)[0],
        "theme": text_in(session, "theme", language)[0],
        "opened_on": _iso(session.opened_on),
        "closed_on": _iso(session.closed_on),
        "is_current": session.is_current,
    }


def officer_form(officer: Officer, names: Mapping[str, str]) -> dict[str, Any]:
    """Office, name, State."""
    return {
        "office": officer.office,
        "name": officer.name,
        "state": state_form(officer.state, names),
        "since": _iso(officer.since),
        "until": _iso(officer.until),
    }


def state_form(code: str, names: Mapping[str, str]) -> dict[str, str] | None:
    """A State: ISO code and short name."""
    return {"code": code, "name": names.get(code, code)} if code else None


def agenda_form(item: AgendaItem, language: str) -> dict[str, Any]:
    """Number, title, main item."""
    return {
        "key": item.key,
        "number": item.number,
        "title": text_in(item, "title", language)[0],
        "main_item": item.parent.key if item.parent else None,
    }


def meeting_form(meeting: Meeting, language: str) -> dict[str, Any]:
    """Number, day, local times with their zone, room, keys of agenda items."""
    return {
        "number": meeting.number,
        "date": _iso(meeting.date),
        "start_time": _iso(meeting.start_time),
        "end_time": _iso(meeting.end_time),
        "zone": meeting.zone,
        "title": text_in(meeting, "title", language)[0],
        "room": text_in(meeting, "room", language)[0],
        "status": meeting.status,
        "items": [item.key for item in meeting.items.all()],
        "is_unverified": meeting.is_unverified,
    }


def draft_form(draft: DraftProposal, language: str, names: Mapping[str, str]) -> dict[str, Any]:
    """Symbol, title, sponsors, state, vote."""
    return {
        "slug": draft.slug,
        "symbol": draft.symbol,
        "kind": draft.kind,
        "title": text_in(draft, "title", language)[0],
        "agenda_item": draft.item.key if draft.item else None,
        "amends": draft.amends.symbol if draft.amends else None,
        "sponsors": [
            (state_form(sponsor.state, names) or {})
            | {"is_main": sponsor.is_main, "added_on": _iso(sponsor.added_on)}
            for sponsor in draft.sponsors.all()
        ],
        "on_behalf_of": text_in(draft, "on_behalf_of", language)[0],
        "state": draft.state,
        "tabled_on": _iso(draft.tabled_on),
        "acted_on": _iso(draft.acted_on),
        "vote": {
            "yes": draft.votes_yes,
            "no": draft.votes_no,
            "abstain": draft.votes_abstain,
        }
        if draft.was_voted
        else None,
        "orally_revised": draft.orally_revised,
        "result_symbol": draft.result_symbol,
        "is_unverified": draft.is_unverified,
    }


def statement_form(statement: Statement, language: str, names: Mapping[str, str]) -> dict[str, Any]:
    """Who spoke, when, on what."""
    return {
        "id": statement.pk,
        "date": _iso(statement.date),
        "state": state_form(statement.state, names),
        "group": text_in(statement, "group", language)[0],
        "speaker": statement.speaker,
        "language": statement.language or None,
        "agenda_item": statement.item.key if statement.item else None,
        "text": text_in(statement, "text", language)[0],
        "file": statement.file.url if statement.file else None,
    }
