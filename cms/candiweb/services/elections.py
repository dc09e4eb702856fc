"""CandiWeb's site, its elections and how they end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.access.services import provision_site
from cms.languages import formats
from cms.languages.fields import column
from cms.pages.models import SiteKind, SiteProfile

from ..indexing import election_changed
from ..models import (
    Candidature,
    CandidatureStatus,
    CandiWebHomePage,
    Election,
    ElectionPage,
    ElectionStatus,
)
from .candidatures import CandidatureRefused

CODE = "candiweb"


@transaction.atomic
def provision_candiweb(*, home: CandiWebHomePage, hostname: str, port: int) -> SiteProfile:
    """CandiWeb's site with its home page, made on first call; idempotent.

    Raises what `provision_site` raises.
    """
    return provision_site(
        code=CODE,
        kind=SiteKind.CANDIWEB,
        hostname=hostname,
        port=port,
        home=home,
        collection_name="CandiWeb",
    )


@transaction.atomic
def open_election(
    election: Election, *, home: CandiWebHomePage, titles: Mapping[str, str]
) -> ElectionPage:
    """The live page of an election, made on first call; idempotent. `titles`: by language."""
    page = ElectionPage.objects.filter(election=election).first()
    if page is None:
        now = timezone.now()
        page = ElectionPage(
            election=election,
            source_language=home.source_language if home.source_language in titles else "",
            first_published_at=now,
            last_published_at=now,
            **{column("title", code): title for code, title in titles.items()},
        )
        home.add_child(instance=page)
        election_changed(election.pk)
    return page


@transaction.atomic
def declare_elected(election: Election, elected: Collection[Candidature], *, on: date) -> Election:
    """The election was held on a day: these are elected, all others that stood are not.

    Raises CandidatureRefused for a second declaration, a day to come, a candidature of another
    election or withdrawn, and more elected than there are seats.
    """
    election = Election.objects.select_for_update(of=("self",)).get(pk=election.pk)
    if not election.is_upcoming:
        raise CandidatureRefused(_("“%(election)s” was declared already.") % {"election": election})
    if on > timezone.localdate():
        raise CandidatureRefused(
            _("Nobody is elected before the day: %(on)s has not come.") % {"on": formats.day(on)}
        )
    standing = {
        item.pk: item
        for item in election.candidatures.select_related("allocation")
        if item.candidature_status.is_standing
    }
    for item in elected:
        if item.pk not in standing:
            raise CandidatureRefused(
                _("%(who)s does not stand in “%(election)s”.")
                % {"who": item.nominee or item.state, "election": election}
            )
    winners = {item.pk for item in elected}
    _must_fit(election, [standing[pk] for pk in winners])
    for pk, item in standing.items():
        item.status = CandidatureStatus.ELECTED if pk in winners else CandidatureStatus.NOT_ELECTED
        item.save(update_fields=["status"])
    election.status, election.date = ElectionStatus.HELD, on
    election.save()
    return election


def _must_fit(election: Election, winners: Collection[Candidature]) -> None:
    taken = Counter(item.allocation_id for item in winners)
    for seats in election.seats.all():
        if taken[seats.pk] > seats.seats:
            raise CandidatureRefused(
                ngettext(
                    "%(elected)d elected for %(count)d seat of %(groups)s: name fewer.",
                    "%(elected)d elected for %(count)d seats of %(groups)s: name fewer.",
                    seats.seats,
                )
                % {
                    "elected": taken[seats.pk],
                    "count": seats.seats,
                    "groups": "/".join(seats.groups) or "–",
                }
            )
    total = sum(seats.seats for seats in election.seats.all())
    if total and len(winners) > total:
        raise CandidatureRefused(
            _("%(elected)d elected, but the election has %(total)d seats: name fewer.")
            % {"elected": len(winners), "total": total}
        )
