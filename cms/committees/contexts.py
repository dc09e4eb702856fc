"""What the templates of this room are given. A page costs the same number of queries however many
drafts, meetings or sponsors it shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.languages.names import state_names
from cms.pages.rendering import localize, request_language

from . import presentation, selectors
from .models.drafts import DraftState

if TYPE_CHECKING:
    from .models.pages import CommitteeHomePage, SessionPage

DRAFTS_A_PAGE = 100
STATEMENTS_A_PAGE = 50
SECTION_TITLES: dict[str, Promise] = {
    "bureau": _("Bureau"),
    "agenda": _("Agenda items"),
    "programme": _("Programme of work"),
    "drafts": _("Draft proposals"),
    "statements": _("Statements"),
}


def home_context(page: CommitteeHomePage, request: HttpRequest, *, language: str) -> dict[str, Any]:
    """The current session in brief, and links to all others."""
    reader = request_language(request)
    pages = page.session_pages()
    current = next((item for item in pages if item.session.is_current), None)
    current = current or (pages[0] if pages else None)
    committee = page.committee
    return {
        "committee": committee,
        "site_symbol": committee.series,
        "current": session_brief(current, reader, language, request) if current else None,
        "earlier": [item for item in pages if item is not current],
    }


def session_brief(
    page: SessionPage, reader: str, language: str, request: HttpRequest
) -> dict[str, Any]:
    """Bureau, next meetings, counts and last actions of a session. Eight queries."""
    session = page.session
    officers = selectors.bureau_of(session)
    drafts = selectors.latest_actions(session)
    names = state_names(selectors.states_named_by(officers=officers, drafts=drafts), language)
    return {
        "page": page,
        "session": session,
        "theme": presentation.marked(session, "theme", language),
        "sections": sections(page, reader, request),
        "officers": [presentation.officer_card(officer, names) for officer in officers],
        "days": presentation.days(selectors.upcoming_meetings(session), language),
        "counts": _counts(page, reader, request),
        "latest": _entries(page, drafts, names=names, language=language, request=request),
    }


def sections(
    page: SessionPage, reader: str, request: HttpRequest, current: str = ""
) -> list[dict[str, Any]]:
    """The menu of a session: [{title, url, current}]."""
    return [
        {
            "name": name,
            "title": SECTION_TITLES[name],
            "url": page.section_url(name, reader, request),
            "current": name == current,
        }
        for name in page.SECTIONS
    ]


def session_context(
    page: SessionPage, request: HttpRequest, context: dict[str, Any], *, section: str, slug: str
) -> dict[str, Any]:
    """The context of a session's page or of one of its sections."""
    reader, language = context["language"], context["served_language"]
    shown = "drafts" if section == "draft" else section
    context |= {
        "session": page.session,
        "committee": page.session.committee,
        "site_symbol": str(page.session),
        "sections": sections(page, reader, request, shown),
        "section": section,
        "section_title": SECTION_TITLES.get(shown, ""),
    }
    build = {
        "overview": _overview,
        "bureau": _bureau,
        "agenda": _agenda,
        "programme": _programme,
        "drafts": _drafts,
        "statements": _statements,
    }
    if section == "draft":
        context |= _draft(page, request, reader, language, slug)
    else:
        context |= build[section](page, request, reader, language)
    if section != "overview":
        below = f"drafts/{slug}" if section == "draft" else section
        _move_addresses(context, page, request, below)
    return context


def _move_addresses(
    context: dict[str, Any], page: SessionPage, request: HttpRequest, below: str
) -> None:
    """The language menu, alternates and canonical address point to the section, not to the page."""
    context["languages"] = [
        replace(choice, url=f"{choice.url}{below}/") for choice in context["languages"]
    ]
    context["alternates"] = [
        {**alternate, "url": f"{alternate['url']}{below}/"} for alternate in context["alternates"]
    ]
    context["canonical_url"] = f"{context['canonical_url']}{below}/"
    context["breadcrumb"] = _breadcrumb(context, page, request, below)


def _breadcrumb(
    context: dict[str, Any], page: SessionPage, request: HttpRequest, below: str
) -> list[Any]:
    """From the home page to what stands over a section: the session, for a draft also the list."""
    trail = [*context["breadcrumb"], localize(page, request)]
    if "/" in below:
        url = page.section_url("drafts", context["language"], request)
        trail.append({"title": context["section_title"], "url": url})
    return trail


def _counts(page: SessionPage, reader: str, request: HttpRequest) -> list[dict[str, Any]]:
    url = page.section_url("drafts", reader, request)
    return [
        {
            "value": count,
            "label": state.label,
            "state": state.badge,
            "url": f"{url}?{urlencode({'state': state.value})}",
        }
        for state, count in selectors.draft_counts(page.session).items()
    ]


def _entries(
    page: SessionPage,
    drafts: list[Any],
    *,
    names: dict[str, str],
    language: str,
    request: HttpRequest,
) -> list[dict[str, Any]]:
    reader = request_language(request)
    base = page.section_url("drafts", reader, request)
    return [
        presentation.draft_entry(draft, language=language, names=names, url=f"{base}{draft.slug}/")
        for draft in drafts
    ]


def _overview(
    page: SessionPage, request: HttpRequest, reader: str, language: str
) -> dict[str, Any]:
    return session_brief(page, reader, language, request) | {"page": page}


def _bureau(page: SessionPage, request: HttpRequest, reader: str, language: str) -> dict[str, Any]:
    officers = selectors.bureau_of(page.session)
    names = state_names(selectors.states_named_by(officers=officers), language)
    return {"officers": [presentation.officer_card(officer, names) for officer in officers]}


def _agenda(page: SessionPage, request: HttpRequest, reader: str, language: str) -> dict[str, Any]:
    items = selectors.agenda_of(page.session)
    drafts_url = page.section_url("drafts", reader, request)
    return {
        "agenda": [presentation.agenda_entry(item, language) for item in items],
        "drafts_url": drafts_url,
    }


def _programme(
    page: SessionPage, request: HttpRequest, reader: str, language: str
) -> dict[str, Any]:
    meetings = selectors.meetings_of(page.session)
    return {
        "days": presentation.days(meetings, language),
        "agenda_url": page.section_url("agenda", reader, request),
        "has_times": any(meeting.start_time for meeting in meetings),
        "has_unverified": any(meeting.is_unverified for meeting in meetings),
    }


def _filters(page: SessionPage, request: HttpRequest, language: str) -> dict[str, Any]:
    """The choices of the filters and what is chosen; an unknown value filters nothing."""
    items = selectors.agenda_of(page.session)
    keys = {item.key for item in items}
    item, state = request.GET.get("item", ""), request.GET.get("state", "")
    return {
        "items": [presentation.agenda_entry(entry, language) for entry in items],
        "item": item if item in keys else "",
        "states": DraftState.choices,
        "state": state if state in DraftState.values else "",
    }


def _drafts(page: SessionPage, request: HttpRequest, reader: str, language: str) -> dict[str, Any]:
    chosen = _filters(page, request, language)
    drafts = selectors.drafts_of(page.session, item=chosen["item"], state=chosen["state"])
    page_obj = Paginator(drafts, DRAFTS_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page_obj.object_list)
    names = state_names(selectors.states_named_by(drafts=shown), language)
    kept = {name: chosen[name] for name in ("item", "state") if chosen[name]}
    return {
        "filters": chosen,
        "is_filtered": bool(kept),
        "page_obj": page_obj,
        "query_string": urlencode(kept),
        "drafts": _entries(page, shown, names=names, language=language, request=request),
        "drafts_url": page.section_url("drafts", reader, request),
        "agenda_url": page.section_url("agenda", reader, request),
    }


def _draft(
    page: SessionPage, request: HttpRequest, reader: str, language: str, slug: str
) -> dict[str, Any]:
    draft = selectors.drafts_of(page.session).filter(slug=slug).first()
    if draft is None:
        raise Http404
    amendments = list(draft.amendments.prefetch_related("sponsors"))
    names = state_names(selectors.states_named_by(drafts=[draft, *amendments]), language)
    base = page.section_url("drafts", reader, request)
    entry = presentation.draft_entry(
        draft, language=language, names=names, url=f"{base}{draft.slug}/", all_sponsors=True
    )
    return {
        "draft": entry,
        "amends": {"symbol": draft.amends.symbol, "url": f"{base}{draft.amends.slug}/"}
        if draft.amends
        else None,
        "amendments": _entries(page, amendments, names=names, language=language, request=request),
        "history": presentation.history(draft),
        "documents": presentation.document_links(draft.symbol),
        "result_documents": presentation.document_links(draft.result_symbol),
        "agenda_url": page.section_url("agenda", reader, request),
    }


def _statements(
    page: SessionPage, request: HttpRequest, reader: str, language: str
) -> dict[str, Any]:
    chosen = _filters(page, request, language)
    statements = selectors.statements_of(page.session, item=chosen["item"])
    page_obj = Paginator(statements, STATEMENTS_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page_obj.object_list)
    names = state_names(selectors.states_named_by(statements=shown), language)
    return {
        "filters": chosen,
        "is_filtered": bool(chosen["item"]),
        "page_obj": page_obj,
        "query_string": urlencode({"item": chosen["item"]} if chosen["item"] else {}),
        "statements": [
            presentation.statement_entry(item, language=language, names=names) for item in shown
        ],
        "statements_url": page.section_url("statements", reader, request),
    }
