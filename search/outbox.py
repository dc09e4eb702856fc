"""Saying that an object changed, in the transaction of the change."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from search.models import OutboxEntry

logger = logging.getLogger(__name__)

_BATCH = 500

LATE = timedelta(seconds=5)
"""A change that the index does not show by then is one that nobody may be shown past."""


def enqueue(keys: Iterable[str]) -> None:
    """Let the index follow these objects, by keys such as ``"page:12"``.

    What happened to them need not be said: created, changed, hidden or deleted, each is read
    again when its row is applied, and taken away if its builder has no documents for it.

    Call it inside the transaction that changes them: both are then kept, or neither. Never
    touches the index itself, so it is quick and can't fail because of it.
    """
    entries = [OutboxEntry(key=key) for key in dict.fromkeys(keys)]
    if not entries:
        return
    if not transaction.get_connection().in_atomic_block:
        logger.warning(
            "search.outbox.enqueue was called outside a transaction (%s, …): a crash between the "
            "change and this call would be lost on the index. Wrap both in transaction.atomic().",
            entries[0].key,
        )
    OutboxEntry.objects.bulk_create(entries, batch_size=_BATCH)


def waiting() -> QuerySet[OutboxEntry]:
    """The changes that have not been applied, in order."""
    return OutboxEntry.objects.filter(applied__isnull=True).order_by("id")


def due() -> QuerySet[OutboxEntry]:
    """The changes that may be applied now: those that failed wait for their turn."""
    return waiting().filter(Q(not_before__isnull=True) | Q(not_before__lte=timezone.now()))


def overdue(keys: Collection[str]) -> frozenset[str]:
    """Those of some objects that changed more than `LATE` ago without the index knowing.

    What it says of them may be theirs no longer to show: they may be private by now. One query,
    none for no keys.
    """
    if not keys:
        return frozenset()
    late = waiting().filter(created__lt=timezone.now() - LATE, key__in=list(keys))
    return frozenset(late.values_list("key", flat=True))
