"""What follows a change of an election's records.

An election is found by its page (kind "election"), whose words include the body, the States and
the nominees (`ElectionPage.extra_search_text`): no second document says the same.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from cms.access.indexing import key_of as page_key
from cms.pages.sites import touch_site_of
from search.outbox import enqueue

from .models import (
    Ballot,
    BallotResult,
    Body,
    Candidature,
    CandiWebHomePage,
    Election,
    ElectionPage,
    SeatAllocation,
)


def election_changed(election_id: int) -> None:
    """Refresh what shows an election: its page in the index, all of CandiWeb as rendered.

    Call it in the transaction of the change.
    """
    page = ElectionPage.objects.filter(election=election_id).only("path").first()
    if page is not None:
        enqueue([page_key(page.pk)])
        touch_site_of(page)


def _record_changed(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Election):
        election_changed(instance.pk)
    elif isinstance(instance, BallotResult):
        for (election_id,) in Ballot.objects.filter(pk=instance.ballot_id).values_list("election"):
            election_changed(election_id)
    else:
        election_changed(instance.election_id)


def _body_changed(sender: type[Model], instance: Body, **kwargs: Any) -> None:
    pages = ElectionPage.objects.filter(election__body=instance.pk).values_list("pk", flat=True)
    enqueue(page_key(pk) for pk in pages)
    for home in CandiWebHomePage.objects.all():
        touch_site_of(home)


def register() -> None:
    """Listen to changes (from AppConfig.ready)."""
    for signal in (post_save, post_delete):
        for model in (Election, SeatAllocation, Candidature, Ballot, BallotResult):
            signal.connect(
                _record_changed,
                sender=model,
                dispatch_uid=f"candiweb-{model.__name__}-{id(signal)}",
            )
        signal.connect(_body_changed, sender=Body, dispatch_uid=f"candiweb-body-{id(signal)}")
