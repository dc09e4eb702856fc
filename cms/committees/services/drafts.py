"""What can happen to a draft proposal. The admin and the commands call these.

The rules cited are those of the rules of procedure of the General Assembly (A/520) for its
committees: rule 120, proposals and amendments; 122, withdrawal; 123, reconsideration; 125 and 126,
majority of the members present and voting; 133, equally divided votes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.languages import formats
from cms.languages.fields import column

from ..models import (
    AgendaItem,
    CommitteeSession,
    DraftKind,
    DraftProposal,
    DraftState,
    DraftStep,
    Meeting,
    Sponsor,
)


class TransitionRefused(ValueError):
    """Raised when a draft proposal can't go where it is sent; the message names the rule."""


@dataclass(frozen=True)
class Vote:
    """The figures of a vote. Those who abstain are not voting (rule 126)."""

    yes: int
    no: int
    abstain: int = 0

    @property
    def carried(self) -> bool:
        """Whether a majority of those present and voting was in favour (rules 125, 126, 133)."""
        return self.yes > self.no


@transaction.atomic
def table(
    session: CommitteeSession,
    *,
    symbol: str,
    titles: Mapping[str, str],
    sponsors: Sequence[str],
    on: date,
    item: AgendaItem | None = None,
    kind: DraftKind = DraftKind.RESOLUTION,
    amends: DraftProposal | None = None,
) -> DraftProposal:
    """A new draft proposal. `titles`: {language code: title}; `sponsors`: ISO codes, the main
    sponsor first. Raises TransitionRefused without a sponsor, ValidationError for a wrong symbol.
    """
    if not sponsors:
        raise TransitionRefused(_("A proposal is submitted by somebody: name a sponsor."))
    if amends is not None and not amends.draft_state.is_open:
        raise TransitionRefused(
            _("The committee has acted on %(symbol)s: it can't be amended any more.")
            % {"symbol": amends.symbol}
        )
    draft = DraftProposal(
        session=session,
        symbol=symbol,
        item=item,
        kind=kind,
        amends=amends,
        tabled_on=on,
        order=session.drafts.count() + 1,
        **{column("title", code): title for code, title in titles.items()},
    )
    draft.full_clean(exclude=["slug"])
    draft.save()
    Sponsor.objects.bulk_create(
        Sponsor(draft=draft, state=state, is_main=place == 0, added_on=on, order=place)
        for place, state in enumerate(dict.fromkeys(sponsors))
    )
    _note(draft, on)
    return draft


@transaction.atomic
def add_sponsors(draft: DraftProposal, states: Sequence[str], *, on: date) -> None:
    """More States put their names to a draft; those that have done so already are left alone.

    Raises TransitionRefused for a draft that was withdrawn, and for an unwell-formed code
    ValidationError.
    """
    if draft.draft_state is DraftState.WITHDRAWN:
        raise TransitionRefused(
            _("%(symbol)s was withdrawn: it has no sponsors to join.") % {"symbol": draft.symbol}
        )
    known = set(draft.sponsors.values_list("state", flat=True))
    for place, state in enumerate(dict.fromkeys(states), start=len(known)):
        if state not in known:
            sponsor = Sponsor(draft=draft, state=state, added_on=on, order=place)
            sponsor.full_clean()
            sponsor.save()


@transaction.atomic
def revise(draft: DraftProposal, *, on: date, symbol: str = "") -> DraftProposal:
    """A new version. `symbol`: of that version; by default /Rev.1, /Rev.2, … of the first."""
    draft = _open_draft(draft, gettext_lazy("revised"))
    _not_before_tabling(draft, on)
    draft.symbol = symbol or _next_revision(draft.symbol)
    draft.state = DraftState.REVISED
    draft.full_clean(exclude=["slug"])
    return _kept(draft, on)


@transaction.atomic
def adopt_without_vote(
    draft: DraftProposal,
    *,
    on: date,
    meeting: Meeting | None = None,
    orally_revised: bool = False,
    notice_waived: bool = False,
) -> DraftProposal:
    """The committee adopts without a vote. `notice_waived`: see `_circulated`."""
    draft = _open_draft(draft, gettext_lazy("adopted"))
    _circulated(draft, on, waived=notice_waived)
    draft.state = DraftState.ADOPTED_WITHOUT_VOTE
    return _acted(draft, on, meeting=meeting, vote=None, orally_revised=orally_revised)


@transaction.atomic
def adopt_by_vote(
    draft: DraftProposal,
    *,
    on: date,
    vote: Vote,
    meeting: Meeting | None = None,
    orally_revised: bool = False,
    notice_waived: bool = False,
) -> DraftProposal:
    """The committee adopts by vote, with more in favour than against."""
    draft = _open_draft(draft, gettext_lazy("adopted"))
    _circulated(draft, on, waived=notice_waived)
    if not vote.carried:
        rule = 133 if vote.yes == vote.no else 125
        raise TransitionRefused(
            _(
                "%(yes)d in favour and %(no)d against is no majority of the members present "
                "and voting (rule %(rule)d): record the draft as not adopted."
            )
            % {"yes": vote.yes, "no": vote.no, "rule": rule}
        )
    draft.state = DraftState.ADOPTED_BY_VOTE
    return _acted(draft, on, meeting=meeting, vote=vote, orally_revised=orally_revised)


@transaction.atomic
def reject(
    draft: DraftProposal, *, on: date, vote: Vote | None = None, meeting: Meeting | None = None
) -> DraftProposal:
    """The committee does not adopt. An equally divided vote is a rejection (rule 133)."""
    draft = _open_draft(draft, gettext_lazy("rejected"))
    _not_before_tabling(draft, on)
    if vote is not None and vote.carried:
        raise TransitionRefused(
            _(
                "%(yes)d in favour and %(no)d against is a majority of the members present and "
                "voting (rule 125): record the draft as adopted by vote."
            )
            % {"yes": vote.yes, "no": vote.no}
        )
    draft.state = DraftState.NOT_ADOPTED
    return _acted(draft, on, meeting=meeting, vote=vote, orally_revised=False)


@transaction.atomic
def withdraw(draft: DraftProposal, *, on: date) -> DraftProposal:
    """The sponsors take a draft back, which they may until voting has commenced (rule 122)."""
    draft = _locked(draft)
    if draft.draft_state is DraftState.WITHDRAWN:
        raise TransitionRefused(
            _("%(symbol)s was withdrawn already.") % {"symbol": draft.symbol or draft.title}
        )
    if not draft.draft_state.is_open:
        raise TransitionRefused(
            _(
                "%(symbol)s is “%(state)s”: a proposal may be withdrawn only before voting on it "
                "has commenced (rule 122)."
            )
            % {"symbol": draft.symbol or draft.title, "state": draft.draft_state.label}
        )
    _not_before_tabling(draft, on)
    draft.state = DraftState.WITHDRAWN
    return _acted(draft, on, meeting=None, vote=None, orally_revised=False)


# --- what the verbs share ----------------------------------------------------------------------


def _locked(draft: DraftProposal) -> DraftProposal:
    """The row as it is now, so that two secretaries can't act on the same draft at once.

    A draft that was typed in the admin gets the first step of its history here.
    """
    draft = (
        DraftProposal.objects.select_for_update(of=("self",))
        .select_related("session__committee")
        .get(pk=draft.pk)
    )
    if draft.draft_state is DraftState.TABLED and not draft.steps.exists():
        DraftStep.objects.create(
            draft=draft, state=draft.state, symbol=draft.symbol, date=draft.tabled_on
        )
    return draft


def _open_draft(draft: DraftProposal, wanted: Promise | str) -> DraftProposal:
    draft = _locked(draft)
    state = draft.draft_state
    if state.is_open:
        return draft
    name = draft.symbol or draft.title
    if state is DraftState.WITHDRAWN:
        raise TransitionRefused(
            _(
                "%(symbol)s was withdrawn and can't be %(wanted)s: any member may reintroduce it "
                "(rule 122), which is a new draft proposal."
            )
            % {"symbol": name, "wanted": wanted}
        )
    raise TransitionRefused(
        _(
            "%(symbol)s is “%(state)s” and can't be %(wanted)s: what was adopted or rejected is "
            "not reconsidered at the same session unless the committee so decides by a "
            "two-thirds majority (rule 123)."
        )
        % {"symbol": name, "state": state.label, "wanted": wanted}
    )


def _not_before_tabling(draft: DraftProposal, on: date) -> None:
    if draft.tabled_on and on < draft.tabled_on:
        raise TransitionRefused(
            _("%(symbol)s was tabled on %(tabled)s: nothing happens to it before.")
            % {"symbol": draft.symbol or draft.title, "tabled": formats.day(draft.tabled_on)}
        )


def _circulated(draft: DraftProposal, on: date, *, waived: bool) -> None:
    """Rule 120: as a general rule nothing is put to the vote unless copies were circulated the day
    before; for amendments the Chair may permit it, and the committee may waive it (`waived`)."""
    _not_before_tabling(draft, on)
    last = draft.steps.order_by("-pk").values_list("date", flat=True).first() or draft.tabled_on
    if waived or draft.kind == DraftKind.AMENDMENT or last is None or on > last:
        return
    raise TransitionRefused(
        _(
            "%(symbol)s was circulated on %(circulated)s: as a general rule copies are circulated "
            "not later than the day before (rule 120). Choose a later date, or record that the "
            "rule was waived."
        )
        % {"symbol": draft.symbol or draft.title, "circulated": formats.day(last)}
    )


def _next_revision(symbol: str) -> str:
    base, _rev, number = symbol.upper().partition("/REV.")
    if not symbol:
        return ""
    return f"{symbol[: len(base)]}/Rev.{int(number) + 1 if number.isdigit() else 1}"


def _acted(
    draft: DraftProposal,
    on: date,
    *,
    meeting: Meeting | None,
    vote: Vote | None,
    orally_revised: bool,
) -> DraftProposal:
    draft.acted_on, draft.meeting, draft.orally_revised = on, meeting, orally_revised
    if vote is not None:
        draft.votes_yes, draft.votes_no, draft.votes_abstain = vote.yes, vote.no, vote.abstain
    return _kept(draft, on)


def _kept(draft: DraftProposal, on: date) -> DraftProposal:
    draft.save()
    _note(draft, on)
    return draft


def _note(draft: DraftProposal, on: date) -> None:
    DraftStep.objects.create(draft=draft, state=draft.state, symbol=draft.symbol, date=on)
