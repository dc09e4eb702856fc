"""Records as the component kit's includes want them, in the language in which a page is shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.languages import codes
from cms.languages.fields import text_in

from .models.bureau import Officer
from .models.drafts import DraftProposal, DraftState
from .models.programme import AgendaItem, Meeting, MeetingStatus
from .models.statements import Statement

#: Where the United Nations keeps the texts of its documents, by language and symbol.
DOCUMENTS_AT = "https://undocs.org"
#: Sponsors named in a list of drafts; the draft's own page names them all.
NAMED_SPONSORS = 4


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


def titled(instance: Any, language: str) -> dict[str, str]:
    """`marked` of the title, under the key that the kit's includes read."""
    title = marked(instance, "title", language)
    return {"title": title["text"], "lang": title["lang"], "dir": title["dir"]}


def officer_card(officer: Officer, names: Mapping[str, str]) -> dict[str, Any]:
    """For `includes/person_card.html`."""
    return {
        "name": officer.name,
        "rank": officer.get_office_display(),
        "role": names.get(officer.state, officer.state),
        "since": officer.since,
        "until": officer.until,
        "is_unverified": officer.is_unverified,
    }


def agenda_entry(item: AgendaItem, language: str) -> dict[str, Any]:
    """For the agenda: number, title, anchor, depth, how many drafts."""
    return titled(item, language) | {
        "key": item.key,
        "number": item.number,
        "anchor": f"item-{item.key}",
        "is_sub_item": item.parent_id is not None,
        "draft_count": getattr(item, "draft_count", 0),
    }


def meeting_entry(meeting: Meeting, language: str) -> dict[str, Any]:
    """For `committees/includes/meeting.html`. Times stay local to the place of the meeting."""
    return titled(meeting, language) | {
        "number": meeting.number,
        "date": meeting.date,
        "start": meeting.start_time,
        "end": meeting.end_time,
        "room": marked(meeting, "room", language),
        "items": [agenda_entry(item, language) for item in meeting.items.all()],
        "status": ""
        if meeting.status in (MeetingStatus.PLANNED, MeetingStatus.HELD)
        else meeting.get_status_display(),
        "is_unverified": meeting.is_unverified,
    }


def days(meetings: Collection[Meeting], language: str) -> list[dict[str, Any]]:
    """[{"date", "meetings"}] in time; the meetings must be sorted by date."""
    return [
        {"date": date, "meetings": [meeting_entry(meeting, language) for meeting in group]}
        for date, group in groupby(meetings, key=lambda meeting: meeting.date)
    ]


def sponsor_line(draft: DraftProposal, names: Mapping[str, str], *, most: int = 0) -> str:
    """ "Brazil, Mauritania, Qatar and 3 others"; `most` 0 names all."""
    states = [names.get(sponsor.state, sponsor.state) for sponsor in draft.sponsors.all()]
    shown = states if not most or len(states) <= most + 1 else states[:most]
    line = _(", ").join(shown)
    left = len(states) - len(shown)
    if not left:
        return line
    more = ngettext("and %(count)d other", "and %(count)d others", left) % {"count": left}
    return f"{line} {more}"


def draft_entry(
    draft: DraftProposal,
    *,
    language: str,
    names: Mapping[str, str],
    url: str,
    all_sponsors: bool = False,
) -> dict[str, Any]:
    """One draft proposal for its row in a list and for its own page."""
    state = draft.draft_state
    return titled(draft, language) | {
        "url": url,
        "symbol": draft.symbol,
        "kind": draft.get_kind_display(),
        "item": agenda_entry(draft.item, language) if draft.item else None,
        "sponsors": sponsor_line(draft, names, most=0 if all_sponsors else NAMED_SPONSORS),
        "sponsor_count": len(draft.sponsors.all()),
        "on_behalf_of": marked(draft, "on_behalf_of", language),
        "state": state.badge,
        "state_label": state.label,
        "tabled_on": draft.tabled_on,
        "acted_on": draft.acted_on,
        "was_voted": draft.was_voted,
        "votes": [draft.votes_yes, draft.votes_no, draft.votes_abstain],
        "orally_revised": draft.orally_revised,
        "result_symbol": draft.result_symbol,
        "is_unverified": draft.is_unverified,
    }


def document_links(symbol: str) -> list[dict[str, Any]]:
    """The six language versions of a document, for `includes/language_links.html`."""
    return [
        {
            "code": language.code,
            "name": language.name,
            "dir": language.direction,
            "url": f"{DOCUMENTS_AT}/{language.code}/{symbol}",
            "exists": True,
        }
        for language in codes.LANGUAGES
        if symbol
    ]


def history(draft: DraftProposal) -> list[dict[str, Any]]:
    """The steps of a draft proposal, for `committees/draft.html`. One query."""
    return [
        {"date": step.date, "label": DraftState(step.state).label, "symbol": step.symbol}
        for step in draft.steps.all()
    ]


def statement_entry(
    statement: Statement, *, language: str, names: Mapping[str, str]
) -> dict[str, Any]:
    """One statement for the list of statements."""
    delivered = statement.language
    return {
        "anchor": f"statement-{statement.pk}",
        "speaker": statement.speaker,
        "state": names.get(statement.state, statement.state),
        "group": marked(statement, "group", language),
        "date": statement.date,
        "delivered_in": codes.get(delivered).name if delivered else "",
        "item": agenda_entry(statement.item, language) if statement.item else None,
        "text": marked(statement, "text", language),
        "file_url": statement.file.url if statement.file else "",
        "is_unverified": statement.is_unverified,
    }
