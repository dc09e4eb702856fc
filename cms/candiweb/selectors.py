"""What the pages, the API and the index read. Each function says how many queries it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from cms.candiweb.models.ballots import Ballot
from cms.candiweb.models.candidatures import Candidature
from cms.candiweb.models.elections import Body, Election, ElectionStatus

if TYPE_CHECKING:
    from cms.candiweb.models.pages import CandiWebHomePage

#: More than any election had; a bound, not a page size.
MOST = 500
RECENT = 6


def shown_elections(home: CandiWebHomePage) -> QuerySet[Election]:
    """The elections that have a live page below a home page, with page, body and seats.

    Two queries once evaluated.
    """
    elections = Election.objects.filter(page__path__startswith=home.path, page__live=True)
    return elections.select_related("page", "body").prefetch_related("seats")


def upcoming_elections(home: CandiWebHomePage) -> list[Election]:
    """Elections to come, the next first. Two queries."""
    elections = shown_elections(home).filter(status=ElectionStatus.UPCOMING)
    return list(elections.order_by("date", "pk")[:MOST])


def recent_elections(home: CandiWebHomePage) -> list[Election]:
    """The last elections held, the latest first. Two queries."""
    elections = shown_elections(home).filter(status=ElectionStatus.HELD)
    return list(elections.order_by("-date", "pk")[:RECENT])


def bodies() -> list[Body]:
    """All bodies in their order. One query."""
    return list(Body.objects.order_by("order", "code"))


def election_years() -> list[int]:
    """The years in which elections are held, the latest first. One query."""
    return [day.year for day in Election.objects.dates("date", "year", order="DESC")]


def candidatures_of(election: Election) -> list[Candidature]:
    """The candidatures of an election with their seats. One query."""
    return list(election.candidatures.select_related("allocation").order_by("order", "pk")[:MOST])


def ballots_of(election: Election) -> list[Ballot]:
    """The rounds of an election with their results. Two queries."""
    ballots = election.ballots.select_related("allocation").prefetch_related("results__candidature")
    return list(ballots.order_by("round", "allocation__order", "pk")[:MOST])


def charted_elections(*, year: int | None = None, body: str = "") -> list[Election]:
    """The elections of a chart with seats and candidatures. Three queries.

    Without a year: those to come; with one, all of that year. `body`: a code, or "".
    """
    elections: Any = Election.objects.select_related("body", "page").prefetch_related(
        "seats",
        Prefetch("candidatures", Candidature.objects.select_related("allocation")),
    )
    if year is None:
        elections = elections.filter(status=ElectionStatus.UPCOMING, date__gte=timezone.localdate())
    else:
        elections = elections.filter(date__year=year)
    if body:
        elections = elections.filter(body__code=body)
    return list(elections.order_by("body__order", "date", "pk")[:MOST])
