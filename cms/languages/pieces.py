"""The texts inside a block of a stream, beside those of the block that translates it.

Works on stored values (JSON), by the blocks' definitions: nothing is looked up, and what is no
text is copied as it is. `places` finds the texts, `written` gives the target anew.
"""

from __future__ import annotations

import copy
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from .alignment import Couple, Part, align, arranged
from .fingerprints import normalise_text

#: Where there is no part at all, as against one whose value is null.
ABSENT: Any = object()


@dataclass(frozen=True)
class Label:
    """What the editor calls a text: its block, the number of its item (0: none), its part."""

    block: str
    number: int = 0
    part: str = ""

    @property
    def short(self) -> str:
        """Without the block, for a list of its texts; "" where it has but one."""
        if self.number:
            words = {"number": self.number, "part": self.part}
            return pgettext("a part of an item of a list", "%(number)s. %(part)s") % words
        return self.part

    def __str__(self) -> str:
        words = {"block": self.block, "number": self.number, "part": self.part}
        if self.number:
            return _("%(block)s %(number)s: %(part)s") % words
        return _("%(block)s: %(part)s") % words if self.part else self.block


@dataclass(frozen=True)
class Place:
    """One text. `key`: within the object; `kind`: "text" or "html"; `source`, `target`: "" where
    it says nothing. `heading`, `part`: the label in two, the block and what is in it ("" where it
    is all of it). `features`: of rich text; `max_length`: None without a limit; `lines`: whether it
    may have several."""

    key: str
    kind: str
    label: str
    source: str
    target: str
    heading: str = ""
    part: str = ""
    features: tuple[str, ...] = ()
    max_length: int | None = None
    lines: bool = False


@dataclass(frozen=True)
class Wish:
    """What shall be written into a target.

    `texts`: by key; `everything`: make all parts that it lacks; `values`: what is no text becomes
    the source's; `words`: an empty text takes the source's words.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    everything: bool = False
    values: bool = False
    words: bool = False

    def asks_for(self, key: str) -> bool:
        """Whether a part that the target lacks shall be made."""
        return self.everything or any(
            text and (name == key or name.startswith(f"{key}."))
            for name, text in self.texts.items()
        )


def shown(value: Any) -> str:
    """A stored text; "" for one that says nothing (None, an empty paragraph)."""
    text = "" if value is ABSENT or value is None else str(value)
    return text if normalise_text(text) else ""


def text_kind(block: blocks.Block) -> str:
    """ "text", "html", or "" for a block that holds no text."""
    if isinstance(block, blocks.RichTextBlock):
        return "html"
    return "text" if isinstance(block, blocks.CharBlock | blocks.TextBlock) else ""


def places(
    block: blocks.Block, source: Any, target: Any, *, key: str, label: Label
) -> Iterator[Place]:
    """Every text of a block, in reading order, empty ones as well."""
    if kind := text_kind(block):
        yield _place(block, source, target, key=key, kind=kind, label=label)
    elif isinstance(block, blocks.BaseStructBlock):
        common = getattr(block, "common", ())
        for name, child in block.child_blocks.items():
            if name not in common:
                yield from places(
                    child,
                    _part(source, name),
                    _part(target, name),
                    key=f"{key}.{name}",
                    label=replace(label, part=str(child.label)),
                )
    elif isinstance(block, blocks.BaseStreamBlock | blocks.ListBlock):
        yield from Parts(block, source, target, key).places(label)
    elif isinstance(block, TypedTableBlock):
        yield from _Table(block, source, target, key).places(label)


def written(block: blocks.Block, source: Any, target: Any, *, key: str, wish: Wish) -> Any:
    """The target's stored value with what the wish asks for; the arguments are left as they are."""
    if text_kind(block):
        return _written_text(source, target, key=key, wish=wish)
    if isinstance(block, blocks.BaseStructBlock):
        return _written_struct(block, source, target, key=key, wish=wish)
    if isinstance(block, blocks.BaseStreamBlock | blocks.ListBlock):
        return Parts(block, source, target, key).written(wish)
    if isinstance(block, TypedTableBlock):
        return _Table(block, source, target, key).written(wish)
    return _written_value(source, target, wish)


def _place(block: Any, source: Any, target: Any, *, key: str, kind: str, label: Label) -> Place:
    return Place(
        key=key,
        kind=kind,
        label=str(label),
        source=shown(source),
        target=shown(target),
        heading=label.block,
        part=label.short,
        features=tuple(block.features or ()) if kind == "html" else (),
        max_length=getattr(block.field, "max_length", None) if kind == "text" else None,
        lines=isinstance(block, blocks.TextBlock),
    )


def _part(value: Any, name: str) -> Any:
    return value.get(name, ABSENT) if isinstance(value, Mapping) else ABSENT


def _written_text(source: Any, target: Any, *, key: str, wish: Wish) -> Any:
    before = shown(target)
    after = wish.texts.get(key, before)
    if not after and wish.words:
        after = shown(source)
    if after == before and target is not ABSENT:
        return target  # null stays null, and an empty paragraph what it is
    return after


def _written_value(source: Any, target: Any, wish: Wish) -> Any:
    if source is not ABSENT and (target is ABSENT or wish.values):
        return copy.deepcopy(source)
    return target


def _written_struct(block: Any, source: Any, target: Any, *, key: str, wish: Wish) -> Any:
    result = dict(target) if isinstance(target, Mapping) else {}
    common = getattr(block, "common", ())
    for name, child in block.child_blocks.items():
        ours, theirs = _part(source, name), _part(target, name)
        value = (
            _written_value(ours, theirs, wish)
            if name in common
            else written(child, ours, theirs, key=f"{key}.{name}", wish=wish)
        )
        if value is not ABSENT:
            result[name] = value
    return result


def marks(ids: Sequence[str]) -> list[str]:
    """What a part is called in keys: its id, its number where it has none; each but once."""
    taken: set[str] = set()
    result = []
    for index, own in enumerate(ids):
        mark = own or str(index)
        while mark in taken:
            mark = f"{mark}~"
        taken.add(mark)
        result.append(mark)
    return result


class Parts:
    """A stream or a list: parts that are paired, each with a block and a value."""

    def __init__(self, block: Any, source: Any, target: Any, key: str) -> None:
        self.block, self.key = block, key
        self.source, self.target = _entries(source), _entries(target)
        self.source_parts = [self._as_part(entry) for entry in self.source]
        self.target_parts = [self._as_part(entry) for entry in self.target]
        self.couples = align(self.source_parts, self.target_parts)
        self._marks = marks([part.id for part in self.source_parts])
        self._target_marks = marks([part.id for part in self.target_parts])

    def _as_part(self, entry: Any) -> Part:
        inside = _is_entry(entry)
        return Part(
            id=str(entry.get("id") or "") if inside else "",
            kind=str(entry["type"]) if inside else "item",
        )

    def child(self, couple: Couple) -> Any:
        """The block of a couple; None where its type is not known (any more)."""
        if isinstance(self.block, blocks.ListBlock):
            return self.block.child_block
        source, target = couple
        part = self.source_parts[source] if source is not None else self.target_parts[target or 0]
        return self.block.child_blocks.get(part.kind)

    def key_of(self, couple: Couple) -> str:
        source, target = couple
        if source is not None:
            return f"{self.key}.{self._marks[source]}"
        return f"{self.key}.+{self._target_marks[target or 0]}"

    def values(self, couple: Couple) -> tuple[Any, Any]:
        source, target = couple
        return (
            ABSENT if source is None else _inner(self.source[source]),
            ABSENT if target is None else _inner(self.target[target]),
        )

    def places(self, label: Label) -> Iterator[Place]:
        """`label`: of the block around a list."""
        for number, couple in enumerate(self.couples, 1):
            yield from self.places_of(couple, label=replace(label, number=number))

    def places_of(self, couple: Couple, *, label: Label | None = None) -> Iterator[Place]:
        """The texts of one couple; `label`: None for a block of a field's own stream."""
        child = self.child(couple)
        if child is not None:
            source, target = self.values(couple)
            own = label or Label(str(child.label))
            yield from places(child, source, target, key=self.key_of(couple), label=own)

    def written(self, wish: Wish, *, only: Collection[str] | None = None) -> list[Any]:
        """The target's stored parts; `only`: ids of the source's parts that the wish is about."""
        wishes = {
            couple: wish if only is None or self._id(couple) in only else Wish()
            for couple in self.couples
        }
        wanted = {
            couple[0] for couple in self.couples if wishes[couple].asks_for(self.key_of(couple))
        }
        if wanted and not self.target:  # the first words of a translation
            wanted |= {couple[0] for couple in self.couples if self._is_wordless(couple)}
        order = arranged(
            self.couples,
            made=wanted.__contains__,
            in_source_order=wish.everything and only is None,
        )
        return [self._entry(couple, wishes[couple]) for couple in order]

    def _is_wordless(self, couple: Couple) -> bool:
        """Whether it is all the same in every language: a picture that only decorates."""
        return not any(place.source for place in self.places_of(couple))

    def _id(self, couple: Couple) -> str:
        return "" if couple[0] is None else self.source_parts[couple[0]].id

    def _entry(self, couple: Couple, wish: Wish) -> Any:
        """One stored part, written anew."""
        child = self.child(couple)
        source, target = couple
        before = ABSENT if target is None else self.target[target]
        if child is None:
            return copy.deepcopy(self.source[source or 0] if before is ABSENT else before)
        ours, theirs = self.values(couple)
        if before is not ABSENT:
            value = written(child, ours, theirs, key=self.key_of(couple), wish=wish)
            return {**before, "value": value} if _is_entry(before) else value
        wish = replace(wish, everything=True)  # a new part is whole, whatever is in it
        value = written(child, ours, theirs, key=self.key_of(couple), wish=wish)
        part = self.source_parts[source or 0]
        used = {other.id for other in self.target_parts}
        own_id = part.id if part.id and part.id not in used else str(uuid.uuid4())
        return {"type": part.kind, "value": value, "id": own_id}


class _Table:
    """A typed table: columns are paired by type, rows by their order."""

    def __init__(self, block: Any, source: Any, target: Any, key: str) -> None:
        self.block, self.key = block, key
        self.source, self.target = _as_table(source), _as_table(target)
        self.columns = align(*[_column_parts(table) for table in (self.source, self.target)])
        self.rows = align(
            *[[Part("", "row")] * len(table["rows"]) for table in (self.source, self.target)]
        )

    def _values(self, row: Couple | None, column: Couple, name: str = "") -> tuple[Any, Any]:
        """A cell's values, or a column's heading where there is no row."""
        found = []
        for side, table in enumerate((self.source, self.target)):
            across, down = column[side], row[side] if row else None
            if across is None or (row and down is None):
                found.append(ABSENT)
            elif row:
                found.append(table["rows"][down]["values"][across])
            else:
                found.append(table["columns"][across].get(name))
        return found[0], found[1]

    def _child(self, column: Couple) -> Any:
        side = 0 if column[0] is not None else 1
        table = (self.source, self.target)[side]
        return self.block.child_blocks.get(table["columns"][column[side] or 0]["type"])

    def _heading_key(self, column: Couple) -> str:
        return f"{self.key}.columns.{_number(column)}.heading"

    def _cell_key(self, row: Couple, column: Couple) -> str:
        return f"{self.key}.rows.{_number(row)}.{_number(column)}"

    def places(self, label: Label) -> Iterator[Place]:
        def plain(key: str, values: tuple[Any, Any], part: str) -> Place:
            ours, theirs = values
            return Place(
                key,
                "text",
                str(replace(label, part=part)),
                shown(ours),
                shown(theirs),
                heading=label.block,
                part=part,
            )

        captions = (self.source.get("caption"), self.target.get("caption"))
        yield plain(f"{self.key}.caption", captions, _("Caption"))
        headings = {}
        for column in self.columns:
            values = self._values(None, column, "heading")
            headings[column] = shown(values[0]) or shown(values[1])
            yield plain(self._heading_key(column), values, _("Heading of a column"))
        for number, row in enumerate(self.rows, 1):
            for column in self.columns:
                child = self._child(column)
                if child is not None and text_kind(child):
                    ours, theirs = self._values(row, column)
                    named = replace(label, number=number, part=headings[column] or str(child.label))
                    yield from places(
                        child, ours, theirs, key=self._cell_key(row, column), label=named
                    )

    def written(self, wish: Wish) -> dict[str, Any]:
        # A table is one shape: a text in a cell that the target lacks brings all that it lacks.
        grows = wish.everything or any(
            wish.asks_for(self._cell_key(row, column))
            for row in self.rows
            for column in self.columns
            if row[1] is None or column[1] is None
        )
        grows = grows or any(
            wish.asks_for(self._heading_key(column)) for column in self.columns if column[1] is None
        )
        columns, rows = (
            arranged(couples, made=lambda _index: grows, in_source_order=wish.everything)
            for couples in (self.columns, self.rows)
        )
        return {
            **self.target,
            "columns": [self._written_column(column, wish) for column in columns],
            "rows": [
                {"values": [self._written_cell(row, column, wish) for column in columns]}
                for row in rows
            ],
            "caption": _written_text(
                self.source.get("caption"),
                self.target.get("caption"),
                key=f"{self.key}.caption",
                wish=wish,
            ),
        }

    def _written_column(self, column: Couple, wish: Wish) -> dict[str, Any]:
        source, target = column
        kept = self.source["columns"][source] if target is None else self.target["columns"][target]
        ours, theirs = self._values(None, column, "heading")
        heading = _written_text(ours, theirs, key=self._heading_key(column), wish=wish)
        return {**kept, "heading": heading}

    def _written_cell(self, row: Couple, column: Couple, wish: Wish) -> Any:
        child = self._child(column)
        ours, theirs = self._values(row, column)
        if child is None:
            value = _written_value(ours, theirs, wish)
        else:
            value = written(child, ours, theirs, key=self._cell_key(row, column), wish=wish)
        return None if value is ABSENT else value


def _is_entry(entry: Any) -> bool:
    """Whether a part of a stream or list is stored with its type (lists: since Wagtail 2.16)."""
    return isinstance(entry, Mapping) and "type" in entry and "value" in entry


def _inner(entry: Any) -> Any:
    return entry["value"] if _is_entry(entry) else entry


def _entries(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def _as_table(value: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"columns": [], "rows": [], "caption": ""}
    if not isinstance(value, Mapping):
        return empty
    # The stored order of keys is kept: a text that is put back as it was changes nothing.
    return {**value, **{k: v for k, v in empty.items() if k not in value}}


def _column_parts(table: Mapping[str, Any]) -> list[Part]:
    return [Part("", str(column["type"])) for column in table["columns"]]


def _number(couple: Couple) -> str:
    source, target = couple
    return str(source) if source is not None else f"+{target}"
