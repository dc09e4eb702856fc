"""Notes beside the pieces of a translation, from whoever has looked at them (a glossary).

They warn and refuse nothing. Registered from `AppConfig.ready()`; asked once a page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple


class Piece(NamedTuple):
    """A piece in two languages, as words without markup."""

    key: str
    source: str
    target: str


#: (pieces, source language, target language) → {key: sentences in the active language}.
PieceReader = Callable[[Sequence[Piece], str, str], Mapping[str, Sequence[str]]]

_readers: list[PieceReader] = []


def register_piece_reader(reader: PieceReader) -> None:
    """Add a reader, once."""
    if reader not in _readers:
        _readers.append(reader)


def notes_on(pieces: Sequence[Piece], source: str, target: str) -> dict[str, list[str]]:
    """{key: sentences} of all readers."""
    told: dict[str, list[str]] = {}
    for reader in _readers:
        for key, sentences in reader(pieces, source, target).items():
            told.setdefault(key, []).extend(sentences)
    return told
