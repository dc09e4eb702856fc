"""The demo's translators at work: languages that follow an earlier wording of their source, are not
finished, wait for a review, were withdrawn, or go out tomorrow."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from cms.languages.fields import values_in
from cms.languages.parts import contents, digest_of
from cms.languages.states import Status, with_status
from cms.pages.language_rows import note_draft
from cms.pages.models import Page, SourceWording
from cms.pages.publication import release, save_draft, schedule, withdraw

_LAST_WORDS = re.compile(r"(\s+\S+){1,4}\s*(?=</p>\s*$|$)")


def follow_an_earlier_wording(page: Page, languages: Collection[str]) -> None:
    """Let these languages follow a source that was a few words shorter, as if it had been
    corrected since: in the first block of the body, else in the title."""
    wanted = [code for code in languages if "follows" in page.translations.get(code, {})]
    if not wanted:
        return
    field, number, earlier = _earlier(page)
    digest = digest_of(earlier)
    record = {code: dict(entry) for code, entry in page.translations.items()}
    for code in wanted:
        follows = {
            name: [list(part) for part in own] for name, own in record[code]["follows"].items()
        }
        follows[field][number][1] = digest
        record[code] |= {"follows": follows, "source": ""}
    Page.objects.filter(pk=page.pk).update(translations=record, draft_translations=record)
    SourceWording.objects.get_or_create(page_id=page.pk, digest=digest, defaults={"value": earlier})
    page.translations = page.draft_translations = record
    note_draft(page)


def _earlier(page: Page) -> tuple[str, int, Any]:
    """(field, number of the part, its content as it may have been)."""
    values = values_in(page, page.source_language)
    for number, (_block, content) in enumerate(contents(values.get("body"))):
        if isinstance(content, dict) and isinstance(content["value"], str):
            shorter = _LAST_WORDS.sub("", content["value"])
            if shorter != content["value"]:
                return "body", number, {**content, "value": shorter}
    title = values["title"]
    return "title", 0, _LAST_WORDS.sub("", title) if " " in title else f"{title} …"


def show_every_state(pages: Sequence[Page]) -> None:
    """Let the translations of a site's first pages stand where a working desk has them."""
    steps = (_withdrawn, _in_progress, _needs_review, _planned)
    for page, step in zip(pages, steps, strict=False):
        others = [code for code in page.languages if code != page.source_language]
        if others:
            step(page, others[-1])


def _withdrawn(page: Page, code: str) -> None:
    withdraw(page, [code])


def _in_progress(page: Page, code: str) -> None:
    withdraw(page, [code])
    _say(page, code, Status.IN_PROGRESS)


def _needs_review(page: Page, code: str) -> None:
    withdraw(page, [code])
    _say(page, code, Status.NEEDS_REVIEW, machine=True)


def _planned(page: Page, code: str) -> None:
    release(page, [code])
    schedule(page, code, withdraw_at=timezone.now() + timedelta(days=30))


def _say(page: Page, code: str, status: Status, *, machine: bool = False) -> None:
    draft = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.translations = with_status(draft.translations, code, status, machine=machine)
    save_draft(draft, log_action=False)
