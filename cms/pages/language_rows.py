"""Keeps the six `PageLanguage` rows of a page true, and the old wordings that translations follow.

Called by `Page.save` (what is live may have changed) and `Page.save_revision` (the draft has).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cms.languages import codes, states
from cms.languages.fields import values_in
from cms.languages.parts import contents, digest_of

from .language_models import PageLanguage, SourceWording

if TYPE_CHECKING:
    from .models import Page

_KEPT = (
    "state",
    "state_since",
    "words_to_go",
    "is_released",
    "released_digest",
    "first_released_at",
    "last_released_at",
    "withdrawn_at",
)


def note_live(page: Page, *, now: datetime | None = None) -> None:
    """Bring the rows of a page into line with what readers see of it. At most six queries.

    `page`: as it is stored, so with the words of released languages only. A language is released
    anew when its words differ from those that readers saw before.
    """
    now, rows = now or timezone.now(), _rows_of(page)
    before = {code: _facts(row) for code, row in rows.items()}
    for code, row in rows.items():
        digest = page.translations.get(code, {}).get("text", "") if page.live else ""
        if digest and digest != row.released_digest:
            # What was imported or provisioned as live has been so since then.
            first = page.first_published_at if row.pk is None else None
            row.first_released_at = row.first_released_at or first or now
            row.last_released_at = (page.last_published_at if row.pk is None else None) or now
        if digest:
            row.withdrawn_at = None
        if page.live:
            row.released_digest = digest
        row.is_released = bool(digest)
    _note_states(page, rows, page.draft_translations or page.translations, now)
    _store(rows, before)
    if page.latest_revision_id is None:
        keep_wordings(page)  # imported as live: its first draft will have other words


def note_draft(page: Page) -> None:
    """Bring the rows into line with the draft that `page` holds, and keep the source's wording for
    the diffs of its translators. At most six queries."""
    rows = _rows_of(page)
    before = {code: _facts(row) for code, row in rows.items()}
    _note_states(page, rows, page.translations, timezone.now())
    _store(rows, before)
    keep_wordings(page)


def _rows_of(page: Page) -> dict[str, PageLanguage]:
    """{code: row}: the six rows; those that are not there yet, unsaved."""
    stored = {row.language: row for row in PageLanguage.objects.filter(page=page.pk)}
    return {
        code: stored.get(code) or PageLanguage(page_id=page.pk, language=code)
        for code in codes.CODES
    }


def _note_states(
    page: Page, rows: Mapping[str, PageLanguage], record: states.Record, now: datetime
) -> None:
    told = states.states(
        record,
        page.source_language,
        released={code: row.released_digest for code, row in rows.items() if row.is_released},
        withdrawn=frozenset(code for code, row in rows.items() if row.withdrawn_at),
    )
    for code, row in rows.items():
        if row.state != told[code]:
            row.state, row.state_since = told[code], now
        row.words_to_go = states.words_to_go(record, code, page.source_language)


def _store(rows: Mapping[str, PageLanguage], before: Mapping[str, tuple[Any, ...]]) -> None:
    """Write what is new and what has changed, in one statement each.

    Changed rows are inserted over themselves: `bulk_update` would write a CASE a field with a
    WHEN a row, which took longer to put together than the whole page.
    """
    new = [row for row in rows.values() if row.pk is None]
    changed = [
        row for code, row in rows.items() if row.pk is not None and _facts(row) != before[code]
    ]
    PageLanguage.objects.bulk_create(new)
    PageLanguage.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["page", "language"], update_fields=_KEPT
    )


def _facts(row: PageLanguage) -> tuple[Any, ...]:
    return (row.pk, *(getattr(row, name) for name in _KEPT))


def keep_wordings(page: Page) -> None:
    """Keep today's wording of the source, and forget those that no translation follows."""
    if len(page.translations) < 2:
        return
    wanted = {
        digest
        for entry in page.translations.values()
        for part in entry.get("follows", {}).values()
        for _block, digest, *_words in part
    }
    today = {
        digest: content
        for value in values_in(page, page.source_language).values()
        for _block, content in contents(value)
        if (digest := digest_of(content)) in wanted
    }
    stored = set(SourceWording.objects.filter(page=page.pk).values_list("digest", flat=True))
    SourceWording.objects.bulk_create(
        (
            SourceWording(page_id=page.pk, digest=digest, value=content)
            for digest, content in today.items()
            if digest not in stored
        ),
        ignore_conflicts=True,
    )
    if stale := stored - wanted:
        SourceWording.objects.filter(page=page.pk, digest__in=stale).delete()


def wordings(page: Page, digests: Iterable[str]) -> dict[str, Any]:
    """{digest: a field's text, or a block as {"type", "value"}} as it was worded then; what was
    not kept is left out. One query."""
    rows = SourceWording.objects.filter(page=page.pk, digest__in=set(digests))
    return dict(rows.values_list("digest", "value"))
