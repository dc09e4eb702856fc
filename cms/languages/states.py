"""How far each language of an object is translated, measured against its source language.

A record keeps, per language, what is needed to tell: fingerprints of its words, the parts of the
source that it follows, and what its translator has said of it. A part is a field, or a block of a
field that holds a stream. A language is outdated when a part of the source has moved on since.
See docs/adr/0011-each-language-its-own-life.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from . import codes
from .fields import values_in
from .fingerprints import fingerprint
from .parts import Parts, gaps_between, parts_of

#: {language code: {"text": fingerprint of all its words, "source": of the source's when it was
#: last changed, "parts": Parts of its own, "follows": Parts of the source, "gaps": what was left
#: empty, "status": a Status, "machine": True}}; only the first two are always there.
Record = Mapping[str, Mapping[str, Any]]


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


class Status(StrEnum):
    """What a translator says of a text that is not to be released yet. Without one it is ready."""

    IN_PROGRESS = "in_progress"
    NEEDS_REVIEW = "needs_review"


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
    State.OUTDATED: _("The source has changed since this was translated."),
    State.WITHDRAWN: _("This language has been withdrawn. Readers don't see it."),
}
LEGEND = _(
    "Source language, missing, in progress, needs review, up to date, released, outdated since the "
    "source changed, or withdrawn."
)


def fingerprints(instance: models.Model) -> dict[str, str]:
    """{code: fingerprint} of the instance's words in each language ("" where it has none)."""
    return {code: fingerprint(values_in(instance, code)) for code in codes.CODES}


def refreshed_record(record: Record, instance: models.Model, source: str) -> dict[str, Any]:
    """The record of an instance as it now stands, after an edit since `record`."""
    values = {code: values_in(instance, code) for code in codes.CODES}
    return updated_record(
        record,
        {code: fingerprint(values[code]) for code in codes.CODES},
        source,
        parts={code: parts_of(values[code], code) for code in codes.CODES},
        gaps={
            code: gaps_between(values[source], values[code], source)
            for code in codes.CODES
            if code != source
        },
    )


def updated_record(
    record: Record,
    now: Mapping[str, str],
    source: str,
    *,
    parts: Mapping[str, Parts] | None = None,
    gaps: Mapping[str, list[list[Any]]] | None = None,
) -> dict[str, dict[str, Any]]:
    """The record after an edit.

    `record`: as it was; `now`: fingerprints of the content; `source`: source language code;
    `parts` and `gaps` (see `cms.languages.parts`): of the content, in each language. A part of a
    language that was changed is taken to follow the source's part as it now stands; one that was
    not keeps what it followed.
    """
    record = _with_source(record, source)
    updated: dict[str, dict[str, Any]] = {}
    for code, text in now.items():
        if not text:
            continue
        before = record.get(code, {})
        entry: dict[str, Any] = {"text": text, "source": now[source]}
        if code != source and before.get("text") == text:
            entry["source"] = before["source"]
        if parts is not None:
            entry["parts"] = parts[code]
            if code != source:
                entry["follows"] = _followed(before, parts[code], record, parts[source], source)
                if not stale(entry["follows"], parts[source]):
                    entry["source"] = now[source]
                elif entry["source"] == now[source]:
                    entry["source"] = ""  # some of it was changed, some of it still waits
        if gaps and gaps.get(code):
            entry["gaps"] = gaps[code]
        entry |= {key: before[key] for key in ("status", "machine") if before.get(key)}
        updated[code] = entry
    return updated


def _with_source(record: Record, source: str) -> Record:
    """The record, had `source` been its source all along: what was in step with the old one and
    with the new one is in step with it still, the old one too."""
    old = next((code for code, entry in record.items() if _is_source(entry)), source)
    if old == source or source not in record:
        return record
    in_step = {code for code, entry in record.items() if entry["source"] == record[old]["text"]}
    turned = {code: dict(entry) for code, entry in record.items()}
    now = turned[source]
    now.pop("follows", None)
    for code, entry in turned.items():
        if code != source and source in in_step:
            entry["follows"] = now["parts"] if code in in_step else {}
            entry["source"] = now["text"] if code in in_step else ""
    now["source"] = now["text"]
    return turned


def _is_source(entry: Mapping[str, Any]) -> bool:
    return "parts" in entry and "follows" not in entry


def _followed(
    before: Mapping[str, Any], own: Parts, record: Record, source_parts: Parts, source: str
) -> Parts:
    """What the parts of one language follow after an edit."""
    follows: Parts = {}
    known = before.get("follows")
    if known is None:
        # From before parts were kept: it followed the source as the record last had it, if it did.
        was_current = before.get("source") == record.get(source, {}).get("text")
        known = record.get(source, {}).get("parts") if was_current else None
        known = known if known is not None else ({} if before.get("text") else source_parts)
    for field in source_parts.keys() | known.keys():
        then, here = known.get(field, []), source_parts.get(field, [])
        was, now = before.get("parts", {}).get(field, []), own.get(field, [])
        if digests(was) == digests(now):
            kept = then
        elif not any(block for block, *_rest in (*now, *here)):
            kept = here  # a field of its own that was changed
        else:
            kept = _stream_followed(then, here, was, now)
        if kept:
            follows[field] = kept
    return follows


def _stream_followed(then: list, here: list, was: list, now: list) -> list:
    """The same for a stream. Where its blocks were made from the source's (they share ids), the
    source of each changed block is followed as it now stands, the rest as before; where it has a
    structure of its own, any change is taken for a look at the whole."""
    at = {part[0]: index for index, part in enumerate(here)}
    if not was or not any(part[0] in at for part in now):
        return here
    touched = {at.get(now[index][0]) for index in _changed_positions(was, now)}
    open_ = {part.block: part for part in _stale_blocks("", then, here)}
    return _settled(here, [part for block, part in open_.items() if at.get(block) not in touched])


def _settled(here: list, open_: list[StalePart]) -> list:
    """What is followed when all of the source's parts are, but those that are still open."""
    waiting = {part.block: part for part in open_ if part.new is not None}
    followed: list[list[Any]] = []
    for part in here:
        stale_part = waiting.get(part[0])
        if stale_part is None:
            followed.append(part)
        elif stale_part.old is not None:
            followed.append([part[0], stale_part.old, 0])
    followed += [[part.block, part.old, 0] for part in open_ if part.new is None]
    return followed


def _changed_positions(was: list, now: list) -> set[int]:
    matcher = SequenceMatcher(None, digests(was), digests(now), autojunk=False)
    return {
        index
        for tag, _a, _b, start, end in matcher.get_opcodes()
        if tag in ("replace", "insert")
        for index in range(start, end)
    }


def digests(parts: Sequence[Sequence[Any]]) -> list[str]:
    """The digests of the parts of one field."""
    return [part[1] for part in parts]


@dataclass(frozen=True)
class StalePart:
    """A part of the source that has moved on since a translation.

    `block`: the id of the source's block, "" for a field; `old`: the digest that is followed,
    None for a part that is new; `new`: today's digest, None for a part that is gone; `words`: of
    the part as it now stands.
    """

    field: str
    block: str
    old: str | None
    new: str | None
    words: int = 0


def stale(follows: Parts, now: Parts) -> list[StalePart]:
    """What has changed from the parts that are followed to the source's parts of today. Blocks
    are known by their words first, so that a new id is no change, then by their ids."""
    found: list[StalePart] = []
    for field in [*now, *(field for field in follows if field not in now)]:
        then, here = follows.get(field, []), now.get(field, [])
        if digests(then) != digests(here):
            found += _stale_blocks(field, then, here)
    return found


def _stale_blocks(field: str, then: list, here: list) -> list[StalePart]:
    matcher = SequenceMatcher(None, digests(then), digests(here), autojunk=False)
    found: list[StalePart] = []
    for tag, start, end, from_, to in matcher.get_opcodes():
        if tag != "equal":
            found += _paired(field, list(then[start:end]), list(here[from_:to]))
    # A block that only moved is gone here and new there: nothing to translate.
    gone = {part.old for part in found if part.new is None}
    come = {part.new for part in found if part.old is None}
    moved = gone & come
    return [
        part
        for part in found
        if not (part.new is None and part.old in moved)
        and not (part.old is None and part.new in moved)
    ]


def _paired(field: str, old: list, new: list) -> list[StalePart]:
    """Old and new parts of a stretch that changed: the same block, else the next one."""
    by_block = {part[0]: part for part in old if part[0]}
    taken = {part[0] for part in new if part[0] in by_block}
    rest = [part for part in old if part[0] not in taken]
    found = []
    for part in new:
        before = by_block.get(part[0]) or (rest.pop(0) if rest else None)
        found.append(
            StalePart(field, part[0], before[1] if before else None, part[1], words=part[2])
        )
    found += [StalePart(field, part[0], part[1], None) for part in rest]
    return [part for part in found if part.old != part.new]


def stale_parts(record: Record, code: str, source: str) -> list[StalePart]:
    """The parts of the source that have moved on since the translation into `code`; all of them
    where there is no translation, none for the source itself."""
    now: Parts = record.get(source, {}).get("parts") or {}
    if code == source:
        return []
    entry = record.get(code)
    if entry is None:
        return stale({}, now)
    if "follows" not in entry:  # kept before parts were
        return [] if entry["source"] == record.get(source, {}).get("text") else stale({}, now)
    return stale(entry["follows"], now)


def words_to_go(record: Record, code: str, source: str) -> int:
    """How many words of the source (Chinese: characters) wait to be translated into `code`: of
    the parts that changed, and of those that were left empty."""
    changed = stale_parts(record, code, source)
    left = {(part.field, part.block) for part in changed if part.new is not None}
    gaps = record.get(code, {}).get("gaps", ())
    return sum(part.words for part in changed) + sum(
        words for field, block, words in gaps if (field, block) not in left
    )


def states(
    record: Record,
    source: str,
    *,
    released: Mapping[str, str] | None = None,
    withdrawn: frozenset[str] = frozenset(),
) -> dict[str, State]:
    """{code: State} for the six languages.

    `record`: of the draft; `released`: {code: fingerprint} of what readers see; `withdrawn`: codes
    that were taken back and not released since.
    """
    return {
        code: _state(record, code, source, released or {}, code in withdrawn)
        for code in codes.CODES
    }


def _state(
    record: Record, code: str, source: str, released: Mapping[str, str], is_withdrawn: bool
) -> State:
    entry = record.get(code)
    if entry is None:
        return State.MISSING
    if code == source:
        return State.SOURCE
    if status := entry.get("status"):
        return State(status)
    if is_withdrawn:
        return State.WITHDRAWN
    if entry["source"] != record.get(source, {}).get("text", ""):
        return State.OUTDATED
    return State.RELEASED if released.get(code) == entry["text"] else State.CURRENT


def status_of(record: Record, code: str) -> Status | None:
    """What the translator has said of a language; None where it is ready, or not written."""
    status = record.get(code, {}).get("status")
    return Status(status) if status else None


def is_machine(record: Record, code: str) -> bool:
    """Whether a machine wrote it and nobody has reviewed it yet."""
    return bool(record.get(code, {}).get("machine"))


def with_status(
    record: Record, code: str, status: Status | str | None, *, machine: bool = False
) -> dict[str, dict[str, Any]]:
    """The record after a translator has said where a language stands (None: ready)."""
    updated = {key: dict(value) for key, value in record.items()}
    entry = updated.setdefault(code, {"text": "", "source": ""})
    entry.pop("status", None)
    entry.pop("machine", None)
    if status:
        entry["status"] = Status(status).value
        if machine:
            entry["machine"] = True
    return updated


def marked_current(
    record: Record,
    code: str,
    source: str,
    *,
    parts: Sequence[tuple[str, str]] | None = None,
) -> dict[str, dict[str, Any]]:
    """The record after somebody has confirmed that `code` still says what the source says.

    `parts`: (field, block) pairs that were confirmed; all of it where None.
    """
    updated = {key: dict(value) for key, value in record.items()}
    if code not in updated or source not in updated:
        return updated
    entry, now = updated[code], updated[source].get("parts", {})
    if parts is not None and "follows" in entry:
        entry["follows"] = _confirmed(entry["follows"], now, set(parts))
    else:
        entry["follows"] = now
    if not stale(entry["follows"], now):
        entry["source"] = updated[source]["text"]
    return updated


def _confirmed(follows: Parts, now: Parts, confirmed: set[tuple[str, str]]) -> Parts:
    """What is followed when some of the stale parts are confirmed."""
    open_ = [part for part in stale(follows, now) if (part.field, part.block) not in confirmed]
    kept: Parts = {}
    for field in {*now, *(part.field for part in open_)}:
        left = _settled(now.get(field, []), [part for part in open_ if part.field == field])
        if left:
            kept[field] = left
    return kept
