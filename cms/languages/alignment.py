"""Which part of a translation translates which part of its source.

Parts that were copied from each other share an id. Others are paired by what they are and the
order in which they stand, between those that share one: what was translated before there were
ids, by API or in another tab, stands beside its source all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A part to be paired. `id`: "" where it has none; `kind`: only equal kinds are paired."""

    id: str
    kind: str


#: (index in the source or None, index in the target or None)
Couple = tuple[int | None, int | None]


def align(source: Sequence[Part], target: Sequence[Part]) -> list[Couple]:
    """Couples of indices, in the source's order; every part is in exactly one of them.

    A part of the target alone follows the couple of the part that it follows in the target.
    """
    partner = _by_id(source, target)
    source_gaps = _gaps(len(source), set(partner))
    target_gaps = _gaps(len(target), set(partner.values()))
    # Free parts are compared between the same neighbours only: a new first paragraph of the source
    # is not translated by what the target adds at its end.
    for before, free in source_gaps.items():
        others = target_gaps.get(-1 if before == -1 else partner[before], [])
        for left, right in _longest_common(
            [source[index].kind for index in free], [target[index].kind for index in others]
        ):
            partner[free[left]] = others[right]
    return _in_order(len(source), len(target), partner)


def _by_id(source: Sequence[Part], target: Sequence[Part]) -> dict[int, int]:
    places: dict[tuple[str, str], int] = {}
    for index, part in enumerate(target):
        if part.id:
            places.setdefault((part.id, part.kind), index)
    partner: dict[int, int] = {}
    for index, part in enumerate(source):
        place = places.pop((part.id, part.kind), None) if part.id else None
        if place is not None:
            partner[index] = place
    return partner


def _gaps(count: int, coupled: set[int]) -> dict[int, list[int]]:
    """{index of the coupled part before (-1: none): free parts that follow it}."""
    gaps: dict[int, list[int]] = {}
    before = -1
    for index in range(count):
        if index in coupled:
            before = index
        else:
            gaps.setdefault(before, []).append(index)
    return gaps


def _longest_common(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Index pairs of a longest common subsequence; the earliest where there are several."""
    lengths = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for row in range(len(left) - 1, -1, -1):
        for place in range(len(right) - 1, -1, -1):
            lengths[row][place] = (
                lengths[row + 1][place + 1] + 1
                if left[row] == right[place]
                else max(lengths[row + 1][place], lengths[row][place + 1])
            )
    pairs, row, place = [], 0, 0
    while row < len(left) and place < len(right):
        if left[row] == right[place]:
            pairs.append((row, place))
            row, place = row + 1, place + 1
        elif lengths[row + 1][place] >= lengths[row][place + 1]:
            row += 1
        else:
            place += 1
    return pairs


def _in_order(sources: int, targets: int, partner: dict[int, int]) -> list[Couple]:
    alone = _gaps(targets, set(partner.values()))
    couples: list[Couple] = [(None, index) for index in alone.get(-1, [])]
    for index in range(sources):
        couple = partner.get(index)
        couples.append((index, couple))
        if couple is not None:
            couples.extend((None, follower) for follower in alone.get(couple, []))
    return couples


def arranged(
    couples: Sequence[Couple], *, made: Callable[[int], bool], in_source_order: bool = False
) -> list[Couple]:
    """The couples that a target consists of after an edit, in its own order or in the source's.

    `made(source index)`: whether a part that the target lacks shall be in it. A new part follows
    the partner of what precedes it in the source.
    """
    kept = [couple for couple in couples if couple[1] is not None or made(couple[0] or 0)]
    if in_source_order:
        return kept
    after: dict[int, list[Couple]] = {}
    own: dict[int, Couple] = {}
    last = -1
    for source, target in kept:
        if target is None:
            after.setdefault(last, []).append((source, target))
            continue
        own[target] = (source, target)
        if source is not None:
            last = target
    result = after.get(-1, [])
    for target in sorted(own):
        result = [*result, own[target], *after.get(target, [])]
    return result
