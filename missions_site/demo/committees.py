"""The demo's Main Committees: real sessions with their bureau, agenda, meetings and drafts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import time
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.committees.indexing import session_changed
from cms.committees.models import (
    AgendaItem,
    Committee,
    CommitteeHomePage,
    CommitteeSession,
    DraftKind,
    DraftProposal,
    DraftState,
    DraftStep,
    Meeting,
    MeetingStatus,
    Officer,
    SessionPage,
    Sponsor,
)
from cms.committees.services import open_session, provision_committee

from .reading import body_in_six, day, in_six, read

PORT = 8000
_KINDS = {"amendment": DraftKind.AMENDMENT, "draft decision": DraftKind.DECISION}


def load(report: Callable[[str, int, int], None]) -> None:
    """Make the six committees' sites and their sessions; each session whole or not at all."""
    homes = {home["code"]: home for home in read("committees_home.json")["committees"]}
    sessions = read("committee_sessions.json")
    title = read("interface_names.json")["session_title"]
    committees = {}
    for row in read("committees.json"):
        committees[row["code"]] = _committee(row, homes[row["code"]])
    for number, row in enumerate(sessions, start=1):
        _session(committees[row["committee"]], row, title)
        report(f"{row['committee']} {row['session']}", number, len(sessions))


@transaction.atomic
def _committee(row: dict[str, Any], home: dict[str, Any]) -> Committee:
    committee, _created = Committee.objects.get_or_create(
        code=row["code"],
        defaults={
            "ordinal": row["ordinal"],
            "series": row["series"],
            **in_six("name", row["name"]),
            **in_six("short_name", row["short_name"]),
            **in_six("mandate", row["mandate"]),
        },
    )
    if not CommitteeHomePage.objects.filter(committee=committee).exists():
        page = CommitteeHomePage(
            source_language="en",
            **in_six("title", home["title"]),
            **in_six("intro", home["intro"]),
            **body_in_six(home["body"]),
        )
        provision_committee(committee, home=page, hostname=f"{committee.code}.localhost", port=PORT)
    return committee


@transaction.atomic
def _session(committee: Committee, row: dict[str, Any], title: Mapping[str, str]) -> None:
    if SessionPage.objects.filter(
        session__committee=committee, session__number=row["session"]
    ).exists():
        return
    titles = {code: text.format(number=row["session"]) for code, text in title.items()}
    page = open_session(
        committee,
        row["session"],
        titles=titles,
        is_current=row["current"],
        opened_on=day(row["opens"]),
        closed_on=day(row["closes"]),
        sources="\n".join(row["sources"]),
        **in_six("title", titles),
        **in_six("theme", row["theme"]),
    )
    session = page.session
    _bureau(session, row["bureau"])
    items = _agenda(session, row["agenda"])
    meetings = _programme(session, row["programme"], items)
    _drafts(session, row["drafts"], items=items, meetings=meetings)
    session_changed(session.pk)


def _bureau(session: CommitteeSession, rows: list[dict[str, Any]]) -> None:
    Officer.objects.bulk_create(
        Officer(
            session=session,
            office=row["role"],
            name=row["name"],
            state=row["state"] or "",
            order=order,
            is_unverified=bool(row["unverified"]),
        )
        for order, row in enumerate(rows)
    )


def _agenda(session: CommitteeSession, rows: list[dict[str, Any]]) -> dict[str, AgendaItem]:
    items: dict[str, AgendaItem] = {}
    for order, row in enumerate(rows):
        items[row["key"]] = AgendaItem(
            session=session,
            key=row["key"],
            number=row["number"] or "",
            order=order,
            **in_six("title", row["title"]),
        )
    AgendaItem.objects.bulk_create(items.values())
    below = [row for row in rows if row["parent"]]
    for row in below:
        items[row["key"]].parent = items[row["parent"]]
    AgendaItem.objects.bulk_update([items[row["key"]] for row in below], ["parent"])
    return items


def _programme(
    session: CommitteeSession, rows: list[dict[str, Any]], items: dict[str, AgendaItem]
) -> dict[int, Meeting]:
    today = timezone.localdate().isoformat()
    meetings = [
        Meeting(
            session=session,
            number=row["number"],
            date=day(row["date"]),
            start_time=time.fromisoformat(row["start"]) if row["start"] else None,
            end_time=time.fromisoformat(row["end"]) if row["end"] else None,
            zone=row["zone"],
            status=MeetingStatus.HELD if row["date"] < today else MeetingStatus.PLANNED,
            is_unverified=bool(row["unverified"]),
            **in_six("title", row["title"]),
            **in_six("room", row["room"]),
        )
        for row in rows
    ]
    Meeting.objects.bulk_create(meetings)
    through = Meeting.items.through
    through.objects.bulk_create(
        through(meeting=meeting, agendaitem=items[key])
        for meeting, row in zip(meetings, rows, strict=True)
        for key in dict.fromkeys(row["items"])
    )
    return {meeting.number: meeting for meeting in meetings if meeting.number}


def _drafts(
    session: CommitteeSession,
    rows: list[dict[str, Any]],
    *,
    items: dict[str, AgendaItem],
    meetings: dict[int, Meeting],
) -> None:
    by_symbol: dict[str, DraftProposal] = {}
    for order, row in enumerate(rows):
        yes, no, abstain = row["vote"] or (None, None, None)
        draft = DraftProposal(
            session=session,
            symbol=row["symbol"] or "",
            kind=_KINDS.get(row["kind"], DraftKind.RESOLUTION),
            item=items.get(row["item"]),
            state=row["state"],
            tabled_on=day(row["tabled"]),
            acted_on=day(row["acted"]),
            meeting=meetings.get(row["meeting"]),
            votes_yes=yes,
            votes_no=no,
            votes_abstain=abstain,
            orally_revised=row["orally_revised"],
            order=order,
            is_unverified=bool(row["unverified"]),
            **in_six("title", row["title"]),
            **in_six("on_behalf_of", row["on_behalf_of"]),
        )
        draft.save()
        by_symbol[draft.symbol] = draft
        Sponsor.objects.bulk_create(
            Sponsor(draft=draft, state=state, is_main=place == 0, order=place)
            for place, state in enumerate(dict.fromkeys(row["sponsors"]))
        )
        DraftStep.objects.bulk_create(_steps(draft))
    for row in rows:
        if row["amends"] in by_symbol:
            draft = by_symbol[row["symbol"] or ""]
            draft.amends = by_symbol[row["amends"]]
            draft.save(update_fields=["amends"])


def _steps(draft: DraftProposal) -> list[DraftStep]:
    """What is known of a draft's way here: when its last version was tabled and acted upon."""
    base, _slash, revision = draft.symbol.partition("/Rev.")
    steps = []
    if revision:
        steps.append(DraftStep(draft=draft, state=DraftState.TABLED, symbol=base))
    first = DraftState.REVISED if revision else DraftState.TABLED
    steps.append(DraftStep(draft=draft, state=first, symbol=draft.symbol, date=draft.tabled_on))
    if not draft.draft_state.is_open:
        steps.append(
            DraftStep(draft=draft, state=draft.state, symbol=draft.symbol, date=draft.acted_on)
        )
    return steps
