"""Fields that several records of this room have."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from django.db import models
from django.utils.translation import gettext_lazy as _


def unverified_field() -> models.BooleanField:
    """Marks a record of which a detail (number, time, room, outcome) stands in for the official
    one; the page says so beside it."""
    return models.BooleanField(
        _("not verified"),
        default=False,
        help_text=_("Not checked against an official record; marked as such on the site."),
    )


def at_midnight(day: date | None) -> datetime | None:
    """The moment by which search sorts something that has a date but no time (UTC)."""
    return datetime.combine(day, time(), tzinfo=UTC) if day else None
