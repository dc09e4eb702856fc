"""What is known of each language of a page, in an archive and from it: when it was released and
withdrawn, and what is planned. Who is on it stays behind: an archive holds no people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.dateparse import parse_datetime

from cms.pages.language_rows import note_live
from cms.pages.models import Page, PageLanguage

from .content import Json

MOMENTS: Final = (
    "state_since",
    "first_released_at",
    "last_released_at",
    "withdrawn_at",
    "release_at",
    "withdraw_at",
)


def told_languages(page: Page) -> dict[str, dict[str, Json]]:
    """{code: {moment: when}} of a page, without what never was."""
    rows = PageLanguage.objects.filter(page=page.pk).order_by("language")
    return {
        row.language: {name: getattr(row, name) for name in MOMENTS if getattr(row, name)}
        for row in rows
    }


def restore_languages(page: Page, told: Mapping[str, Mapping[str, Any]]) -> None:
    """Give a restored page its rows, as archived; made anew where an archive is older than they.

    What is planned goes out as the latest draft has it.
    """
    note_live(page)
    rows = list(PageLanguage.objects.filter(page=page.pk))
    for row in rows:
        for name in MOMENTS:
            moment = told.get(row.language, {}).get(name)
            if told or name in ("release_at", "withdraw_at"):
                setattr(row, name, parse_datetime(moment) if moment else None)
        row.state_since = row.state_since or page.latest_revision_created_at
        row.release_revision = page.latest_revision if row.release_at else None
    PageLanguage.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["page", "language"],
        update_fields=[*MOMENTS, "release_revision"],
    )
    note_live(page)
