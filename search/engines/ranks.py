"""Whole numbers by which lists are sorted, and gone on with from any place.

A rank has the day in its high bits and the object in its low ones, so no two objects share one,
and "what comes after this hit" is a range of numbers. 0 to `UNDATED` are for what has no date.
"""

from __future__ import annotations

from datetime import date, datetime

_OBJECT_BITS = 40
_LAST_DAY = date.max.toordinal()
UNDATED = (1 << _OBJECT_BITS) - 1
HIGHEST = ((_LAST_DAY + 2) << _OBJECT_BITS) - 1


class Rank:
    """Ranks of which the highest comes first: the newest, or with `reverse` the oldest."""

    def __init__(self, *, reverse: bool) -> None:
        self._reverse = reverse

    def of(self, moment: datetime | None, number: int) -> int:
        """The rank of an object with this number (its low bits tell objects apart)."""
        low = (number >> 3) & UNDATED
        return self._day(moment.date()) << _OBJECT_BITS | low if moment else low

    def between(self, since: date | None, until: date | None) -> tuple[int, int]:
        """The ranks of these days and those between; without what has no date."""
        ends = sorted((self._day(since or date.min), self._day(until or date.max)))
        if since and until and since > until:
            return 1, 0
        return ends[0] << _OBJECT_BITS, ((ends[1] + 1) << _OBJECT_BITS) - 1

    def _day(self, day: date) -> int:
        return _LAST_DAY + 1 - day.toordinal() if self._reverse else day.toordinal()


newest_rank = Rank(reverse=False)
oldest_rank = Rank(reverse=True)

_PIECES = 4
_BYTES = 8


def order_pieces(order: str) -> list[int]:
    """The first 32 bytes of a text as four numbers, in whose order such texts are sorted."""
    raw = order.encode()[: _PIECES * _BYTES].ljust(_PIECES * _BYTES, b"\0")
    return [int.from_bytes(raw[start : start + _BYTES]) for start in range(0, len(raw), _BYTES)]
