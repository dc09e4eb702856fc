"""Keeping the entries that harvesters are told in step with the documents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cms.access.audiences import PUBLIC

from ..models import HarvestEntry
from ..selectors import documents_for

_BATCH = 500


def now() -> datetime:
    """The moment in whole seconds, which is as fine as harvesters ask."""
    return timezone.now().replace(microsecond=0)


@transaction.atomic
def follow(ids: Iterable[int]) -> None:
    """Tell harvesters that these documents changed, appeared, or are public no more.

    A document that never was public leaves no trace. Call it inside the transaction of the change.
    """
    numbers = list(dict.fromkeys(ids))
    for start in range(0, len(numbers), _BATCH):
        _follow(numbers[start : start + _BATCH])


def _follow(numbers: list[int]) -> None:
    stamp = now()
    shown = documents_for({PUBLIC}).filter(pk__in=numbers).order_by()
    entries = [
        HarvestEntry(key=key, document_number=pk, body=body, stamp=stamp, is_deleted=False)
        for pk, key, body in shown.values_list("pk", "key", "body")
    ]
    # Another key than before is another record: the one of the old key is gone.
    gone = HarvestEntry.objects.filter(document_number__in=numbers, is_deleted=False)
    gone.exclude(key__in=[entry.key for entry in entries]).update(is_deleted=True, stamp=stamp)
    HarvestEntry.objects.bulk_create(
        entries,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["document_number", "body", "stamp", "is_deleted"],
    )
