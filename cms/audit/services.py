"""Writing to the record, and dropping what is old."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry

from cms.pages.models import Page, SiteProfile

from .context import origin, parsed_address
from .models import AuditEntry
from .redaction import redacted, redacted_text
from .sites import concerned, told_to

PRUNED = "audit.prune"
#: Rows dropped in one transaction, so that nobody waits for long.
BATCH = 5_000


def record_log_entry(entry: PageLogEntry | ModelLogEntry) -> list[AuditEntry]:
    """Record one of Wagtail's log entries, in the transaction that wrote it: a row for each site
    that it concerns. Three or four queries."""
    is_page = isinstance(entry, PageLogEntry)
    kind = entry.content_type
    return record(
        entry.action,
        instance=_instance_of(entry),
        object_type=f"{kind.app_label}.{kind.model}" if kind else "",
        object_id=str(entry.page_id if is_page else entry.object_id),
        label=entry.label,
        by=entry.user if entry.user_id else None,
        at=entry.timestamp,
        data=entry.data or {},
    )


@transaction.atomic
def record(
    action: str,
    *,
    instance: Any = None,
    object_type: str = "",
    object_id: str = "",
    label: str = "",
    by: User | None = None,
    at: datetime | None = None,
    data: Mapping[str, Any] | None = None,
) -> list[AuditEntry]:
    """Write the rows of one event. `data`: what was logged, as it was; `data["address"]`: from
    where, if not from where the running request comes."""
    data = dict(data or {})
    source = origin()
    address = parsed_address(data.pop("address", "")) or source.address
    sites: Sequence[SiteProfile | None] = concerned(instance, data) or [None]
    event = uuid.uuid4()
    return AuditEntry.objects.bulk_create(
        AuditEntry(
            event=event,
            leading=number == 0,
            site=site,
            site_code=site.code if site else "",
            at=at or timezone.now(),
            actor=by,
            actor_name=_name_of(by),
            action=action[:255],
            object_type=object_type,
            object_id=object_id[:255],
            object_label=redacted_text(label)[:255],
            address=address,
            session=source.session,
            detail=redacted(told_to(site, data)),
        )
        for number, site in enumerate(sites)
    )


def prune(*, before: datetime) -> int:
    """Drop what was recorded before a moment, and record that. Gives how many rows were dropped."""
    dropped = 0
    while batch := list(
        AuditEntry.objects.filter(at__lt=before).order_by("at").values_list("pk", flat=True)[:BATCH]
    ):
        with transaction.atomic():
            dropped += AuditEntry.objects.filter(pk__in=batch).drop()
    if dropped:
        record(PRUNED, data={"rows": dropped, "before": before.isoformat()})
    return dropped


def _instance_of(entry: PageLogEntry | ModelLogEntry) -> Any:
    """What the entry is about, or None where it is gone."""
    if isinstance(entry, PageLogEntry):
        at_hand = entry._state.fields_cache.get("page")
        return at_hand or Page._base_manager.filter(pk=entry.page_id).first()
    model = entry.content_type.model_class() if entry.content_type else None
    return model._base_manager.filter(pk=entry.object_id).first() if model else None


def _name_of(person: User | None) -> str:
    """The name that stays when the account is gone."""
    return (person.get_full_name().strip() or person.get_username())[:255] if person else ""
