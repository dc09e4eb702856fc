"""What two people have changed on one page, put together: by language, field and block.

Three-way: what one of them changed since the other looked is taken, and where both changed the same
part to different words, that is a conflict, which is told and never decided here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from cms.languages import states
from cms.languages.fingerprints import fingerprint
from cms.languages.parts import count_words

from .conflicts import MINE, THEIRS, Conflict, Place, digest_of_part
from .contents import (
    EMPTY,
    ORDER,
    Content,
    Outline,
    Shape,
    as_stored,
    blocks_of,
    digests_of_row,
    outline_of,
    rows_of,
    said_of,
    shape_of,
)

#: Stands for the fingerprint of a source whose words are not known any more, only its parts.
SEEN = "seen"


@dataclass
class Merged:
    """`content`: with their words where there is a conflict; `taken`: (column, language) of what
    came from mine; `conflicts`: those that no choice has settled."""

    content: dict[str, Any]
    taken: set[tuple[str, str]] = field(default_factory=set)
    conflicts: list[Conflict] = field(default_factory=list)


def merge(
    model: type[models.Model],
    *,
    base: Content | Outline,
    theirs: Content,
    mine: Content,
    chosen: Mapping[str, str] | None = None,
) -> Merged:
    """Put `mine` together with `theirs`, which was saved since `base`. Changes none of them.

    `model`: the page's type; `chosen`: {key of a conflict: its `keep_mine` or `take_theirs`}.
    """
    base = base if isinstance(base, Outline) else outline_of(model, base)
    merger = _Merger(shape_of(model), base, as_stored(theirs), as_stored(mine), chosen or {})
    return merger.run()


class _Merger:
    def __init__(
        self,
        shape: Shape,
        base: Outline,
        theirs: dict[str, Any],
        mine: dict[str, Any],
        chosen: Mapping[str, str],
    ) -> None:
        self.shape, self.base, self.theirs, self.mine = shape, base, theirs, mine
        self.chosen = chosen
        self.result = Merged(dict(theirs))

    def run(self) -> Merged:
        for name, (own, language) in self.shape.plain.items():
            place = Place(name, name, own, language)
            before = self.base.plain.get(name, "")
            side = self._decide(place, before, self.theirs.get(name), self.mine.get(name))
            if side == MINE:
                self.result.content[name] = self.mine.get(name)
        for name, (own, language) in self.shape.streams.items():
            self._merge_stream(Place(name, name, own, language))
        for name, child in self.shape.children.items():
            self._merge_children(name, child)
        self._merge_records()
        return self.result

    def _decide(self, place: Place, before: str, theirs: Any, mine: Any) -> str:
        """Whose value a part has, and note what is taken and what stays open."""
        there, here = digest_of_part(theirs), digest_of_part(mine)
        if there == before:
            if here != before:
                self.result.taken.add((place.column, place.language))
            return MINE  # also where it only looks different: an id, a space
        if here in (before, there):
            return THEIRS
        conflict = place.conflict(theirs, mine)
        choice = self.chosen.get(place.key)
        if choice == conflict.keep_mine:
            self.result.taken.add((place.column, place.language))
            return MINE
        if choice != conflict.take_theirs:
            self.result.conflicts.append(conflict)
        return THEIRS

    def _merge_stream(self, place: Place) -> None:
        theirs = dict(blocks_of(self.theirs.get(place.column)))
        mine = dict(blocks_of(self.mine.get(place.column)))
        before = dict(self.base.streams.get(place.column, ()))
        kept: dict[str, Any] = {}
        for key in {**theirs, **mine}:
            there, here = theirs.get(key), mine.get(key)
            side = self._decide(place.at(key), before.get(key, ""), there, here)
            if (block := here if side == MINE else there) is not None:
                kept[key] = block
        order = merged_order(list(before), list(theirs), list(mine))
        blocks = [kept[key] for key in order if key in kept]
        if list(mine) != list(theirs) and [k for k in order if k in theirs] != list(theirs):
            self.result.taken.add((place.column, place.language))
        value = self.theirs.get(place.column)
        is_json = isinstance(value, str) or value is None
        self.result.content[place.column] = json.dumps(blocks) if is_json else blocks

    def _merge_children(self, name: str, shape: Shape) -> None:
        theirs = dict(rows_of(shape, self.theirs.get(name, ())))
        mine = dict(rows_of(shape, self.mine.get(name, ())))
        before = dict(self.base.children.get(name, ()))
        kept: dict[str, Any] = {}
        for key in {**theirs, **mine}:
            there, here = theirs.get(key), mine.get(key)
            if there is not None and here is not None:
                kept[key] = self._merge_row(name, key, shape, before.get(key, {}), there, here)
            else:
                row = self._one_sided(name, key, shape, before.get(key), there, here)
                if row is not None:
                    kept[key] = row
        order = merged_order(list(before), list(theirs), list(mine))
        self.result.content[name] = [
            {**kept[key], ORDER: position} if ORDER in kept[key] else kept[key]
            for position, key in enumerate(key for key in order if key in kept)
        ]

    def _merge_row(
        self, name: str, key: str, shape: Shape, before: Mapping[str, str], there: Any, here: Any
    ) -> dict[str, Any]:
        row = dict(there)
        for column, (own, language) in {**shape.plain, **shape.streams}.items():
            if column == ORDER:
                continue
            place = Place(f"{name}#{key}.{column}", name, own, language, key)
            digest = before.get(column, "")
            if self._decide(place, digest, there.get(column), here.get(column)) == MINE:
                row[column] = here.get(column)
        return row

    def _one_sided(
        self,
        name: str,
        key: str,
        shape: Shape,
        before: Mapping[str, str] | None,
        there: Any,
        here: Any,
    ) -> Any:
        """A row that one of them has added, or the other has taken out."""
        present = there if here is None else here
        if before is None:
            if here is not None:
                self.result.taken.add((name, ""))
            return present
        if digests_of_row(shape, present) == dict(before):
            if here is None:
                self.result.taken.add((name, ""))
            return None
        place = Place(f"{name}#{key}", name, name, "", key)
        conflict = place.conflict(there, here)
        choice = self.chosen.get(place.key)
        if choice == conflict.keep_mine:
            self.result.taken.add((name, ""))
            return here
        if choice != conflict.take_theirs:
            self.result.conflicts.append(conflict)
        return there

    def _merge_records(self) -> None:
        """What is known of each language: mine where I said something of it (a review), theirs
        else. Languages that I wrote while their source changed follow the source that I saw."""
        theirs, mine = (side.get("translations") or {} for side in (self.theirs, self.mine))
        record = {**theirs}
        for code, entry in mine.items():
            if code in theirs:
                before = self.base.record.get(code, ("", ""))
                record[code] = _merged_entry(before, theirs[code], entry)
            elif code not in self.base.record:
                record[code] = entry
        source = self.theirs.get("source_language") or ""
        seen, now = self._seen_parts(source), self._parts(source)
        if {name: states.digests(parts) for name, parts in seen.items()} != {
            name: states.digests(parts) for name, parts in now.items()
        }:
            for code in {language for _column, language in self.result.taken} - {"", source}:
                record[code] = self._entry_as_seen(record.get(code), code, source, seen)
        self.result.content["translations"] = {
            code: entry for code, entry in record.items() if entry
        }

    def _entry_as_seen(
        self, entry: Any, code: str, source: str, seen: dict[str, list[list[Any]]]
    ) -> dict[str, Any]:
        """The record of a language that follows the source as I saw it, not as it is by now."""
        record: dict[str, Any] = {source: {"text": SEEN, "source": SEEN, "parts": seen}}
        if entry:
            record[code] = entry
        text = fingerprint(self._values(code))
        parts = {source: seen, code: self._parts(code)}
        told = states.updated_record(record, {source: SEEN, code: text}, source, parts=parts)
        return {**told[code], "source": ""} if code in told else {}

    def _columns(self, code: str) -> list[tuple[str, str, bool]]:
        """(column, field, whether it is a stream) of one language, in the model's order."""
        every = {**self.shape.plain, **self.shape.streams}
        return [
            (name, own, name in self.shape.streams)
            for name, (own, language) in every.items()
            if language == code
        ]

    def _values(self, code: str) -> dict[str, Any]:
        content = self.result.content
        return {
            own: [block for _key, block in blocks_of(content.get(name))]
            if is_stream
            else content.get(name)
            for name, own, is_stream in self._columns(code)
        }

    def _parts(self, code: str) -> dict[str, list[list[Any]]]:
        """The parts of a language as the merged content has them (`cms.languages.parts`)."""
        parts: dict[str, list[list[Any]]] = {}
        for name, own, is_stream in self._columns(code):
            value = self.result.content.get(name)
            told = blocks_of(value) if is_stream else [("", value)]
            found = [
                [key, digest, count_words(part, code)]
                for key, part in told
                if (digest := digest_of_part(part)) not in ("", EMPTY)
            ]
            if found:
                parts[own] = found
        return parts

    def _seen_parts(self, code: str) -> dict[str, list[list[Any]]]:
        """The same, as I saw them when I began."""
        parts: dict[str, list[list[Any]]] = {}
        for name, own, is_stream in self._columns(code):
            if is_stream:
                told = self.base.streams.get(name, [])
            else:
                told = [("", self.base.plain.get(name, ""))]
            found = [[key, digest, 0] for key, digest in told if digest not in ("", EMPTY)]
            if found:
                parts[own] = found
        return parts


def _merged_entry(
    before: tuple[str, str], theirs: Mapping[str, Any], mine: Mapping[str, Any]
) -> dict[str, Any]:
    """One language's record: what I said of it since I looked, else as they left it."""
    said, follows = said_of(mine)
    entry = dict(theirs)
    if said != before[0]:
        entry = {key: value for key, value in entry.items() if key not in ("status", "machine")}
        entry |= {key: mine[key] for key in ("status", "machine") if key in mine}
    if follows != before[1]:
        entry |= {key: mine[key] for key in ("follows", "source") if key in mine}
    return entry


def merged_order(base: Sequence[str], theirs: Sequence[str], mine: Sequence[str]) -> list[str]:
    """All keys in one order: the order of whoever moved something, theirs where both did; what the
    other added stands behind what it stood behind there."""
    old = [key for key in base if key in mine]
    i_moved = [key for key in mine if key in set(base)] != old
    they_moved = [key for key in theirs if key in set(base)] != [k for k in base if k in theirs]
    first, second = (mine, theirs) if i_moved and not they_moved else (theirs, mine)
    order = list(first)
    for index, key in enumerate(second):
        if key in order:
            continue
        before = next((k for k in reversed(second[:index]) if k in order), None)
        order.insert(0 if before is None else order.index(before) + 1, key)
    return order
