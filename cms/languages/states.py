"""How far each language of an object is translated, measured against its source language.

An object keeps, per language, two fingerprints: `text` (that language's own words) and `source`
(the source's words when they were last changed). A language is outdated when the source has
moved on since. See docs/adr/0002-six-columns-and-six-publication-states.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from . import codes
from .fields import values_in
from .fingerprints import fingerprint

#: {language code: {"text": fingerprint, "source": fingerprint of the source at that time}}
Record = Mapping[str, Mapping[str, str]]


class State(StrEnum):
    """The state of one language of an object."""

    SOURCE = "source"
    MISSING = "missing"
    IN_PROGRESS = "in_progress"
    NEEDS_REVIEW = "needs_review"
    CURRENT = "current"
    RELEASED = "released"
    OUTDATED = "outdated"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return str(_LABELS[self])

    @property
    def explanation(self) -> str:
        """A sentence for the editor; "" for the source."""
        return str(_EXPLANATIONS.get(self, ""))


_LABELS = {
    State.SOURCE: pgettext_lazy("translation state", "Source"),
    State.MISSING: pgettext_lazy("translation state", "Missing"),
    State.IN_PROGRESS: pgettext_lazy("translation state", "In progress"),
    State.NEEDS_REVIEW: pgettext_lazy("translation state", "Needs review"),
    State.CURRENT: pgettext_lazy("translation state", "Up to date"),
    State.RELEASED: pgettext_lazy("translation state", "Released"),
    State.OUTDATED: pgettext_lazy("translation state", "Outdated"),
    State.WITHDRAWN: pgettext_lazy("translation state", "Withdrawn"),
}
_EXPLANATIONS = {
    State.MISSING: _("This page is not yet in this language. Readers see the best one it has."),
    State.IN_PROGRESS: _("Somebody is still writing this translation. It is not released."),
    State.NEEDS_REVIEW: _("This translation waits for somebody to review it."),
    State.CURRENT: _("This translation follows the source."),
    State.RELEASED: _("Readers see this translation; it follows the source."),
    State.WITHDRAWN: _("This language has been withdrawn. Readers don't see it."),
    State.OUTDATED: _("The source has changed since this was translated."),
}
LEGEND = _("Source language, up to date, outdated since the source changed, or missing.")


def fingerprints(instance: models.Model) -> dict[str, str]:
    """{code: fingerprint} of the instance's words in each language ("" where it has none)."""
    return {code: fingerprint(values_in(instance, code)) for code in codes.CODES}


def updated_record(
    record: Record, now: Mapping[str, str], source: str
) -> dict[str, dict[str, str]]:
    """The record after an edit.

    `record`: as it was; `now`: fingerprints of the content; `source`: source language code. A
    language whose own words changed is taken to follow the source as it now stands; one whose
    words did not change keeps the source that it followed.
    """
    updated: dict[str, dict[str, str]] = {}
    for code, text in now.items():
        if not text:
            continue
        before = record.get(code)
        followed = (
            before["source"]
            if before and before["text"] == text and code != source
            else now[source]
        )
        updated[code] = {"text": text, "source": followed}
    return updated


def states(record: Record, source: str) -> dict[str, State]:
    """{code: State} for the six languages, from a stored record."""
    current = record.get(source, {}).get("text", "")
    result: dict[str, State] = {}
    for code in codes.CODES:
        if code not in record:
            result[code] = State.MISSING
        elif code == source:
            result[code] = State.SOURCE
        else:
            result[code] = State.CURRENT if record[code]["source"] == current else State.OUTDATED
    return result


def marked_current(record: Record, code: str, source: str) -> dict[str, dict[str, str]]:
    """The record after somebody has confirmed that `code` still says what the source says."""
    updated = {key: dict(value) for key, value in record.items()}
    if code in updated and source in updated:
        updated[code]["source"] = updated[source]["text"]
    return updated
