"""What the side-by-side editor shows: the pieces of a page in groups (a field, a block), each with
its state and what has changed in its source. Reads; `saving` writes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy
from wagtail.fields import StreamField

from cms.languages import diffs, states
from cms.languages.fields import column, values_in
from cms.languages.fingerprints import normalise_text
from cms.languages.parts import contents, digest_of
from cms.languages.pieces import ABSENT, Label, places, shown
from cms.languages.segments import Pair, pairs, words
from cms.pages.language_rows import wordings
from cms.pages.models import Page

from . import piece_notes, source_marks
from .labels import LAST, heading_of, part_of


class PieceState(StrEnum):
    """Where one piece of the target stands."""

    DONE = "done"
    MISSING = "missing"
    OUTDATED = "outdated"
    EXTRA = "extra"

    @property
    def label(self) -> str:
        return str(_STATES[self])


_STATES = {
    PieceState.DONE: pgettext_lazy("state of a piece of text", "Translated"),
    PieceState.MISSING: pgettext_lazy("state of a piece of text", "Not translated"),
    PieceState.OUTDATED: pgettext_lazy("state of a piece of text", "Outdated"),
    PieceState.EXTRA: pgettext_lazy("state of a piece of text", "Only in the translation"),
}


def part_name(field: str, block: str) -> str:
    """A part of the page in the form's buttons: "title:", "body:<block>"."""
    return f"{field}:{block}"


def part_id(part: str) -> str:
    """The id of a part's element on the page."""
    return f"part-{part.replace(':', '-')}".rstrip("-")


@dataclass
class Row:
    """One piece. `source_html`: with its marks; `change_html`: what has changed in
    the source since, "" where nothing has or the old wording is not known."""

    pair: Pair
    state: PieceState
    part: str
    words: int = 0
    change_html: SafeString | str = ""
    source_html: SafeString | str = ""
    marks: list[source_marks.Mark] = dataclasses.field(default_factory=list)
    #: What others have to say of the translation (`piece_notes`).
    notes: list[str] = dataclasses.field(default_factory=list)

    @property
    def offers(self) -> dict[str, str]:
        """{official equivalent: note}, each once."""
        return {mark.official: mark.note for mark in self.marks if mark.official}

    @property
    def target_html(self) -> SafeString:
        """The target's words, for who may only read them."""
        return source_marks.shown(self.pair.target, self.pair.kind, [])

    @property
    def is_to_do(self) -> bool:
        return self.state in (PieceState.MISSING, PieceState.OUTDATED)


@dataclass
class Group:
    """A field, or a block with its pieces. `is_stale`: its source has moved on since; `removed`:
    old texts that the source no longer has; `only_values`: not a text but an image, a link or a
    number has changed; `parts`: names it in the form's buttons."""

    field: str
    block: str
    label: str
    rows: list[Row] = dataclasses.field(default_factory=list)
    is_stale: bool = False
    removed: list[str] = dataclasses.field(default_factory=list)
    only_values: bool = False

    @property
    def part(self) -> str:
        return part_name(self.field, self.block)

    @property
    def id(self) -> str:
        """Of its element on the page."""
        if self.block or not self.rows:
            return part_id(self.part)
        return part_id(self.rows[0].pair.key.replace(".", "-").replace("+", "only-"))

    @property
    def has_source(self) -> bool:
        return not self.rows or any(row.pair.source for row in self.rows)

    @property
    def lacks_words(self) -> bool:
        return any(row.state is PieceState.MISSING for row in self.rows)


@dataclass
class Sheet:
    """All of it. `follows`: whether the source is the page's own, so that staleness is known;
    `gone`: parts that the source has dropped since, as (part, old texts)."""

    source: str
    target: str
    groups: list[Group]
    follows: bool
    gone: list[tuple[str, list[str]]] = dataclasses.field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        return [row for group in self.groups for row in group.rows]

    @property
    def total(self) -> int:
        """Pieces that the source has."""
        return sum(1 for row in self.rows if row.pair.source)

    @property
    def done(self) -> int:
        return sum(1 for row in self.rows if row.pair.source and not row.is_to_do)

    @property
    def words_to_go(self) -> int:
        return sum(row.words for row in self.rows if row.is_to_do)

    @property
    def is_stale(self) -> bool:
        """Whether there is anything to be reviewed."""
        return bool(self.gone) or any(group.is_stale for group in self.groups)


def sheet_of(draft: Page, source: str, target: str, *, live: Page | None = None) -> Sheet:
    """The sheet of a draft, all six languages of which it holds. One query, for old wordings.

    `live`: the page's row; it knows the wording of a source that was imported as it is live.
    """
    groups = [*_groups(draft, source, target)]
    follows = source == draft.source_language
    made = Sheet(source, target, groups, follows)
    if follows and target in draft.translations:
        _note_changes(draft, live, made)
    _annotate(made)
    return made


def _groups(draft: Page, source: str, target: str) -> Iterator[Group]:
    found: dict[tuple[str, str], Group] = {}
    for pair in pairs(draft, source, target):
        # What only the target has is a group by the block's own key.
        block = pair.block or (pair.key.split(".")[1] if "." in pair.key else "")
        group = found.setdefault(
            (pair.field, block), Group(pair.field, pair.block, heading_of(pair), [])
        )
        group.rows.append(_row(pair, source))
    last = [group for group in found.values() if group.field in LAST]
    yield from (group for group in found.values() if group.field not in LAST)
    yield from last


def _row(pair: Pair, source: str) -> Row:
    if not pair.source:
        state = PieceState.EXTRA
    else:
        state = PieceState.DONE if pair.target else PieceState.MISSING
    return Row(pair, state, part_of(pair), words(pair.source, source))


# --- what has changed in the source ----------------------------------------------------------


def _note_changes(draft: Page, live: Page | None, made: Sheet) -> None:
    stale = states.stale_parts(draft.translations, made.target, made.source)
    if not stale:
        return
    wanted = {part.old for part in stale if part.old}
    old = wordings(draft, wanted)
    if live is not None and wanted - old.keys():
        old = _wordings_in(live, made.source) | old
    groups = {(group.field, group.block): group for group in made.groups if group.has_source}
    for part in stale:
        before = _old_texts(draft, part.field, part.block, old.get(part.old or ""))
        if part.new is None:
            texts = [diffs.plain(text, kind) for text, kind in before.values()]
            made.gone.append((part_name(part.field, part.block), texts))
            continue
        group = groups.get((part.field, part.block))
        if group is None:  # a block without a word: a picture, a list of symbols
            group = Group(part.field, part.block, _block_label(draft, made.source, part))
            made.groups.append(group)
        _note_group(group, before, is_known=part.old is None or part.old in old)


def _wordings_in(live: Page, code: str) -> dict[str, Any]:
    """{digest: wording} of what readers see in a language."""
    values = values_in(live, code).values()
    return {digest_of(content): content for value in values for _id, content in contents(value)}


def _block_label(draft: Page, code: str, part: states.StalePart) -> str:
    blocks = getattr(draft, column(part.field, code))
    found = (child.block.label for child in blocks if child.id == part.block)
    return str(next(found, ""))


def _old_texts(
    draft: Page, field_name: str, block_id: str, wording: Any
) -> dict[str, tuple[str, str]]:
    """{key: (text, kind)} of a part as it was worded then."""
    if wording is None:
        return {}
    model_field: Any = draft._meta.get_field(field_name)
    if not isinstance(model_field, StreamField):
        return {field_name: (shown(wording), "html" if "<" in str(wording) else "text")}
    block = model_field.stream_block.child_blocks.get(wording.get("type"))
    if block is None:
        return {}
    found = places(block, wording["value"], ABSENT, key=f"{field_name}.{block_id}", label=Label(""))
    return {place.key: (place.source, place.kind) for place in found if place.source}


def _note_group(group: Group, before: Mapping[str, tuple[str, str]], *, is_known: bool) -> None:
    changed = 0
    for row in group.rows:
        text, kind = before.get(row.pair.key, ("", row.pair.kind))
        if not row.pair.source or (is_known and _same(text, row.pair.source)):
            continue
        changed += 1
        if row.state is PieceState.DONE:
            row.state = PieceState.OUTDATED
        if text:
            old, new = diffs.plain(text, kind), diffs.plain(row.pair.source, row.pair.kind)
            row.change_html = diffs.as_html(diffs.changes(old, new)) if old != new else ""
    present = {row.pair.key for row in group.rows if row.pair.source}
    group.removed = [
        diffs.plain(text, kind) for key, (text, kind) in before.items() if key not in present
    ]
    group.only_values = not changed and not group.removed
    # What was never translated is to be done in any case: nothing in it is outdated.
    group.is_stale = (
        bool(group.removed)
        or group.only_values
        or any(row.state is PieceState.OUTDATED for row in group.rows)
    )


def _same(old: str, new: str) -> bool:
    return normalise_text(old) == normalise_text(new)


def _annotate(made: Sheet) -> None:
    rows = [row for row in made.rows if row.pair.source]
    texts: Sequence[str] = [source_marks.text_of(r.pair.source, r.pair.kind) for r in rows]
    found = source_marks.annotate(texts, made.source, made.target)
    for row, marks in zip(rows, found, strict=True):
        row.marks = marks
        row.source_html = source_marks.shown(row.pair.source, row.pair.kind, marks)
    pieces = [
        piece_notes.Piece(row.pair.key, text, source_marks.text_of(row.pair.target, row.pair.kind))
        for row, text in zip(rows, texts, strict=True)
    ]
    told = piece_notes.notes_on(pieces, made.source, made.target)
    for row in rows:
        row.notes = told.get(row.pair.key, [])
