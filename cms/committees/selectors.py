"""What the pages, the API and the index read. Each function says how many queries it costs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from cms.access.audiences import Reader, readable_by
from cms.committees.models.bureau import Committee, CommitteeSession, Officer
from cms.committees.models.drafts import DraftProposal, DraftState
from cms.committees.models.programme import AgendaItem, Meeting
from cms.committees.models.statements import Statement
from cms.pages.models import Page, SiteProfile, SiteStatus

#: More than any session had; a bound, not a page size.
MOST = 500


def bureau_of(session: CommitteeSession) -> list[Officer]:
    """The officers of a session in order of precedence. One query."""
    return list(session.officers.order_by("order", "pk")[:MOST])


def agenda_of(session: CommitteeSession) -> list[AgendaItem]:
    """The agenda items of a session in order, each with `draft_count`. One query."""
    items = session.agenda_items.select_related("parent").annotate(draft_count=Count("drafts"))
    return list(items.order_by("order", "pk")[:MOST])


def meetings_of(session: CommitteeSession, *, since: date | None = None) -> list[Meeting]:
    """The meetings of a session in time, with their agenda items. Two queries."""
    meetings = session.meetings.order_by("date", "start_time", "number", "pk")
    if since is not None:
        meetings = meetings.filter(date__gte=since)
    return list(meetings.prefetch_related("items")[:MOST])


def upcoming_meetings(session: CommitteeSession, *, count: int = 4) -> list[Meeting]:
    """The next meetings of a session, today's included. Two queries."""
    return meetings_of(session, since=timezone.localdate())[:count]


def drafts_of(
    session: CommitteeSession, *, item: str = "", state: str = ""
) -> QuerySet[DraftProposal]:
    """The draft proposals of a session with item and sponsors, filtered by an agenda item's key
    (its sub-items included) and a state; "" leaves a filter out. Two queries once evaluated."""
    drafts = session.drafts.select_related("item", "meeting", "amends").prefetch_related("sponsors")
    if item:
        drafts = drafts.filter(Q(item__key=item) | Q(item__parent__key=item))
    if state:
        drafts = drafts.filter(state=state)
    return drafts.order_by("order", "pk")


def draft_counts(session: CommitteeSession) -> dict[DraftState, int]:
    """How many draft proposals stand in each state; states without any are left out. One query."""
    rows = dict(session.drafts.order_by().values_list("state").annotate(Count("pk")))
    return {state: rows[state.value] for state in DraftState if rows.get(state.value)}


def latest_actions(session: CommitteeSession, *, count: int = 5) -> list[DraftProposal]:
    """The draft proposals on which the committee acted last. Two queries."""
    acted = session.drafts.filter(acted_on__isnull=False).order_by("-acted_on", "-order", "-pk")
    return list(acted.select_related("item").prefetch_related("sponsors")[:count])


def statements_of(session: CommitteeSession, *, item: str = "") -> QuerySet[Statement]:
    """The statements of a session, the latest first. One query once evaluated."""
    statements = session.statements.select_related("item", "file")
    if item:
        statements = statements.filter(Q(item__key=item) | Q(item__parent__key=item))
    return statements.order_by("-date", "pk")


def files_of_statements(user: Reader, site: SiteProfile | None) -> QuerySet[Any]:
    """Ids of the files of the statements made in committees whose site a reader may read. No query
    of its own. `site`: one committee's."""
    homes = readable_by(user, Page.objects.filter(live=True, depth=2))
    sites = SiteProfile.objects.filter(
        status=SiteStatus.ACTIVE, site__root_page__in=homes.values("pk")
    )
    if site is not None:
        sites = sites.filter(pk=site.pk)
    shown = Statement.objects.filter(
        file__isnull=False, session__committee__code__in=sites.values("code")
    )
    return shown.order_by().values("file")


def current_session(committee: Committee) -> CommitteeSession | None:
    """The session that the committee's home page shows: the one marked, else the latest."""
    return committee.sessions.order_by("-is_current", "-number").first()


def states_named_by(
    *,
    officers: Iterable[Officer] = (),
    drafts: Iterable[DraftProposal] = (),
    statements: Iterable[Statement] = (),
) -> list[str]:
    """ISO codes of all States that these records name, for one question to the registry."""
    codes = [officer.state for officer in officers]
    codes += [sponsor.state for draft in drafts for sponsor in draft.sponsors.all()]
    codes += [statement.state for statement in statements if statement.state]
    return list(dict.fromkeys(codes))
