"""Every entry of Wagtail's log becomes part of the record, in the same transaction.

Signing in and out, roles and invitations are logged there too, by the rooms that own them.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from wagtail.models import ModelLogEntry, PageLogEntry

from .services import record_log_entry


def on_logged(sender: type, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """`post_save` of a log entry."""
    if created and not raw:
        record_log_entry(instance)


def connect() -> None:
    """Connect all (from AppConfig.ready)."""
    for model in (PageLogEntry, ModelLogEntry):
        post_save.connect(on_logged, sender=model, dispatch_uid=f"audit-{model._meta.label}")
