"""What can happen to a candidature. The admin and the commands call these.

A candidature is announced, submitted by note verbale, endorsed by its regional group; it may be
withdrawn until the election is held. States may submit without having announced.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from cms.languages import formats

from ..models import Candidature, CandidatureStatus, Election, RegionalGroup, SeatAllocation


class CandidatureRefused(ValueError):
    """Raised when a candidature can't be made or moved on; the message says what to do."""


@transaction.atomic
def announce(
    election: Election,
    *,
    state: str,
    on: date,
    nominee: str = "",
    allocation: SeatAllocation | None = None,
    regional_group: str = "",
) -> Candidature:
    """A new candidature. Raises CandidatureRefused where the election was held or the candidate
    stands already, ValidationError for a wrong State, nominee, seats or group."""
    election = Election.objects.select_for_update(of=("self",)).get(pk=election.pk)
    _must_be_ahead(election, on)
    standing = election.candidatures.filter(state=state, nominee=nominee)
    if standing.exclude(status=CandidatureStatus.WITHDRAWN).exists():
        raise CandidatureRefused(
            _("%(who)s stands in “%(election)s” already.")
            % {"who": nominee or state, "election": election}
        )
    candidature = Candidature(
        election=election,
        allocation=allocation,
        state=state,
        nominee=nominee,
        regional_group=regional_group,
        announced_on=on,
        order=election.candidatures.count() + 1,
        is_illustrative=election.is_illustrative,
    )
    candidature.full_clean()
    candidature.save()
    return candidature


@transaction.atomic
def submit(candidature: Candidature, *, reference: str, on: date) -> Candidature:
    """The State notifies the candidature. `reference` and `on`: of its note verbale."""
    candidature = _standing(candidature, on)
    if not reference.strip():
        raise CandidatureRefused(_("Give the reference of the note verbale."))
    if candidature.candidature_status is not CandidatureStatus.ANNOUNCED:
        raise CandidatureRefused(
            _("The candidature of %(who)s was submitted already, by %(reference)s.")
            % {"who": _who(candidature), "reference": candidature.note_reference or "–"}
        )
    if candidature.announced_on and on < candidature.announced_on:
        raise CandidatureRefused(
            _("The note verbale is older than the announcement of %(date)s: check both dates.")
            % {"date": formats.day(candidature.announced_on)}
        )
    candidature.note_reference, candidature.note_date = reference.strip(), on
    return _moved(candidature, CandidatureStatus.SUBMITTED)


@transaction.atomic
def endorse(candidature: Candidature, *, by: str, on: date) -> Candidature:
    """The regional group endorses a candidature that was submitted. `by`: the group's code."""
    candidature = _standing(candidature, on)
    if by not in RegionalGroup.values:
        raise CandidatureRefused(
            _("%(by)s is no regional group: use one of %(codes)s.")
            % {"by": by, "codes": ", ".join(RegionalGroup.values)}
        )
    if candidature.candidature_status is CandidatureStatus.ANNOUNCED:
        raise CandidatureRefused(
            _("Record the note verbale of %(who)s first: a group endorses what was submitted.")
            % {"who": _who(candidature)}
        )
    if candidature.candidature_status is CandidatureStatus.ENDORSED:
        raise CandidatureRefused(
            _("The candidature of %(who)s was endorsed already.") % {"who": _who(candidature)}
        )
    groups = candidature.allocation.groups if candidature.allocation else []
    if (groups and by not in groups) or (candidature.group and candidature.group != by):
        raise CandidatureRefused(
            _("%(who)s does not stand for a seat of %(group)s: only its own group endorses it.")
            % {"who": _who(candidature), "group": RegionalGroup(by).label}
        )
    if candidature.note_date and on < candidature.note_date:
        raise CandidatureRefused(
            _("The endorsement is older than the note verbale of %(date)s: check both dates.")
            % {"date": formats.day(candidature.note_date)}
        )
    candidature.endorsed_by, candidature.endorsed_on = by, on
    return _moved(candidature, CandidatureStatus.ENDORSED)


@transaction.atomic
def withdraw(candidature: Candidature, *, on: date) -> Candidature:
    """The State takes its candidature back; it may announce a new one."""
    candidature = _standing(candidature, on)
    if candidature.announced_on and on < candidature.announced_on:
        raise CandidatureRefused(
            _("The candidature was announced on %(date)s: it can't be withdrawn before.")
            % {"date": formats.day(candidature.announced_on)}
        )
    candidature.withdrawn_on = on
    return _moved(candidature, CandidatureStatus.WITHDRAWN)


# --- what the verbs share ----------------------------------------------------------------------


def _who(candidature: Candidature) -> str:
    return candidature.nominee or candidature.state


def _must_be_ahead(election: Election, on: date) -> None:
    if not election.is_upcoming:
        raise CandidatureRefused(
            _("“%(election)s” was held: its candidatures are closed.") % {"election": election}
        )
    if on > election.date:
        raise CandidatureRefused(
            _("%(on)s is after the election of %(date)s: check both dates.")
            % {"on": formats.day(on), "date": formats.day(election.date)}
        )


def _standing(candidature: Candidature, on: date) -> Candidature:
    """The row as it is now, with its election, if both are still open to a change."""
    candidature = (
        Candidature.objects.select_for_update(of=("self",))
        .select_related("election__body", "allocation")
        .get(pk=candidature.pk)
    )
    _must_be_ahead(candidature.election, on)
    if not candidature.candidature_status.is_standing:
        raise CandidatureRefused(
            _("The candidature of %(who)s is “%(status)s”: announce a new one instead.")
            % {"who": _who(candidature), "status": candidature.candidature_status.label}
        )
    return candidature


def _moved(candidature: Candidature, status: CandidatureStatus) -> Candidature:
    candidature.status = status
    candidature.save()
    return candidature
