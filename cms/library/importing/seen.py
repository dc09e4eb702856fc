"""The symbols that a file has brought so far: two records of one symbol would undo each other."""

from __future__ import annotations

from hashlib import blake2b

from ..symbols import symbol_key
from .records import Place, Record


class SeenSymbols:
    """Where each symbol stood first; some sixty bytes a record, whatever the record's length."""

    def __init__(self) -> None:
        self._places: dict[int, Place] = {}

    def note(self, record: Record) -> Place | None:
        """Remember a record's symbol; the place where it stood before, if it did."""
        key = symbol_key(record.symbol)
        digest = int.from_bytes(blake2b(key.encode("utf-8", "replace"), digest_size=8).digest())
        before = self._places.setdefault(digest, record.place)
        return None if before is record.place else before
