"""Records as the API gives them: stable names, ISO dates, texts in the language asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from cms.languages.fields import text_in

from .models.ballots import Ballot
from .models.candidatures import Candidature
from .models.elections import Election, SeatAllocation


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def election_form(election: Election, language: str) -> dict[str, Any]:
    """Body, date, session, term, majority."""
    return {
        "slug": election.slug,
        "title": text_in(election, "title", language)[0],
        "body": {
            "code": election.body.code,
            "name": text_in(election.body, "name", language)[0],
        },
        "session": election.session,
        "date": _iso(election.date),
        "term_start": _iso(election.term_start),
        "term_end": _iso(election.term_end),
        "term_years_only": election.term_years_only,
        "majority": election.majority or election.body.majority or None,
        "is_by_election": election.is_by_election,
        "status": election.status,
        "is_illustrative": election.is_illustrative,
        "sources": election.source_urls,
    }


def brief_forms(
    elections: Iterable[Election], language: str, *, home_url: str
) -> list[dict[str, Any]]:
    """Elections in a list, each with its page's id and its address below the home page's."""
    return [
        election_form(election, language)
        | {"page": election.page.pk, "html_url": f"{home_url}{election.page.slug}/"}
        for election in elections
    ]


def seats_form(seats: SeatAllocation) -> dict[str, Any]:
    """Regional groups (none: open to all) and the number of seats."""
    return {"groups": seats.groups, "seats": seats.seats}


def candidature_form(candidature: Candidature, names: Mapping[str, str]) -> dict[str, Any]:
    """Who stands, as what, how far."""
    return {
        "state": {
            "code": candidature.state,
            "name": names.get(candidature.state, candidature.state),
        },
        "nominee": candidature.nominee or None,
        "regional_group": candidature.group or None,
        "seats_for": candidature.allocation.groups if candidature.allocation else None,
        "status": candidature.status,
        "announced_on": _iso(candidature.announced_on),
        "note_verbale": {
            "reference": candidature.note_reference,
            "date": _iso(candidature.note_date),
        }
        if candidature.note_reference
        else None,
        "endorsed_by": candidature.endorsed_by or None,
        "endorsed_on": _iso(candidature.endorsed_on),
        "withdrawn_on": _iso(candidature.withdrawn_on),
        "is_illustrative": candidature.is_illustrative,
    }


def ballot_form(ballot: Ballot) -> dict[str, Any]:
    """One round: votes by State or nominee."""
    return {
        "round": ballot.round,
        "date": _iso(ballot.date),
        "seats_for": ballot.allocation.groups if ballot.allocation else None,
        "votes_required": ballot.required,
        "results": [
            {
                "state": result.state,
                "nominee": (result.candidature.nominee if result.candidature else "") or None,
                "votes": result.votes,
                "is_elected": result.is_elected,
                "is_candidate": result.candidature_id is not None,
            }
            for result in ballot.results.all()
        ],
    }
