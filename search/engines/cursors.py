"""Cursors: where a list goes on, in a text that means nothing to whoever keeps it.

A cursor belongs to one search: another text, filter or order with it is refused, so that nobody
reads a page that is part of no list. It is not secret and grants nothing, since the query that
comes with it is filtered by its own audiences.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from hashlib import blake2b

from search.queries import InvalidCursor, Query, Sort
from search.results import DEEPEST

_LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the list of a query: after `offset` hits, or after what is sorted at `place`."""

    query: Query
    offset: int = 0
    place: str = ""

    @property
    def text(self) -> str:
        """The cursor as it is handed out."""
        raw = json.dumps([_mark(self.query), self.offset, self.place], ensure_ascii=False)
        return urlsafe_b64encode(raw.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, query: Query, *, by_place: bool) -> Cursor:
        """The cursor that a query came with; `InvalidCursor` for any that is not its own.

        `by_place` for a list that is sorted, which goes on after a place and not after a number.
        """
        text = query.after
        try:
            if len(text) > _LONGEST or not text.isascii():
                raise ValueError(text)
            raw = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
            mark, offset, place = json.loads(raw)
            if (
                mark != _mark(query)
                or type(offset) is not int
                or not isinstance(place, str)
                or not 0 <= offset <= DEEPEST
                or bool(place) is not by_place
                or (by_place and query.sort is not Sort.SYMBOL and not 0 <= int(place) < 1 << 63)
            ):
                raise ValueError(raw)
            place.encode()  # No engine can look for a lone surrogate.
        except (ValueError, TypeError, RecursionError, Error) as error:
            raise InvalidCursor(
                "This cursor does not belong to this search. Leave it out to begin again."
            ) from error
        return cls(query, offset, place)


def hits_before(query: Query) -> int:
    """How many hits come before the page of a list by relevance."""
    if query.after:
        return Cursor.read(query, by_place=False).offset
    return (query.page - 1) * query.size


def _mark(query: Query) -> str:
    """A short hash of what makes a list the same list."""
    same = [
        query.text,
        query.language,
        sorted(query.languages),
        sorted((name, sorted(values)) for name, values in query.narrowed.items()),
        str(query.since),
        str(query.until),
        sorted(query.without),
        query.sort,
    ]
    return blake2b(json.dumps(same).encode("utf-8", "replace"), digest_size=8).hexdigest()
