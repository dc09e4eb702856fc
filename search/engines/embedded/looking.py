"""Searching in one snapshot of the embedded index."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import tantivy

from search.analysis import LANGUAGES
from search.engines.cursors import Cursor, hits_before
from search.engines.embedded.asking import Asking
from search.engines.embedded.schema import OF_LEAVES, OF_ROOTS, ORDERS
from search.engines.matching import (
    AllOf,
    AnyOf,
    Between,
    Node,
    allowed,
    counted,
    facet_term,
    looked_for,
    one_of,
    refused,
)
from search.engines.ranks import order_pieces
from search.engines.rows import ALONE, LEAF, ROOT, object_and_language
from search.hits import hit_from
from search.interpretation import Asked
from search.queries import Sort
from search.results import DEEPEST, FacetValue, Hit, Results

_FEW = 2_000
_MOST_VALUES = 65_000
_HIGHEST = (1 << 64) - 1


class _Place(NamedTuple):
    """A leaf that was found: its object, its language, and where it is."""

    number: int
    language: str
    address: tantivy.DocAddress


class Looking(Asking):
    """Hits and facets."""

    # Hits

    def results(self, asked: Asked) -> Results:
        """See `search.engines.base.Engine.find`."""
        query = asked.query
        total = self._matching(_objects(asked))
        if query.sort is not Sort.RELEVANCE or not asked.clauses:
            hits, after = self._sorted(asked)
        else:
            hits, after = self._ranked(asked, total)
        return Results(
            hits=hits,
            total=total,
            page=query.page,
            size=query.size,
            facets=self._facets(asked),
            next=after,
            meant=asked.meant,
        )

    def _ranked(self, asked: Asked, total: int) -> tuple[tuple[Hit, ...], str]:
        """By relevance: the best leaf of each object, in the order of the best leaves."""
        query = asked.query
        first = hits_before(query)
        end = min(total, DEEPEST)
        if first >= end:
            return (), ""
        best = self._best(asked, first + query.size, total=total)[first:]
        hits = tuple(self._hit(address, asked) for address in self._shown(best, asked))
        following = first + len(hits)
        after = Cursor(query, offset=following).text if hits and following < end else ""
        return hits, after

    def _best(self, asked: Asked, wanted: int, *, total: int) -> list[_Place]:
        """The best leaf of each of the best `wanted` objects, of `total`.

        A leaf knows the words of its own language alone. What those of another exclude is asked
        of the objects: of all of them where they are few, else of those that the leaves name.
        """
        few = bool(asked.excluded) and total <= _FEW
        among = (one_of("object", self._objects_among(asked, total)),) if few else ()
        limit = wanted + len(LANGUAGES)
        while True:
            leaves = self._places(asked, limit, *among)
            best: dict[int, _Place] = {}
            for leaf in leaves:
                best.setdefault(leaf.number, leaf)
            if asked.excluded and not few:
                kept = set(self._objects_among(asked, len(best), one_of("object", best)))
                best = {number: leaf for number, leaf in best.items() if number in kept}
            if len(best) >= min(wanted, total) or len(leaves) < limit:
                return list(best.values())[:wanted]
            limit *= 3

    def _objects_among(self, asked: Asked, limit: int, *filters: Node) -> list[int]:
        """The numbers of at most so many objects that match."""
        return self._objects_of(self._addresses(AllOf((_objects(asked), *filters)), limit))

    def _shown(self, best: Sequence[_Place], asked: Asked) -> list[tantivy.DocAddress]:
        """The address of the leaf to show for each object.

        In the reader's language where that matches, else in the language that matches best.
        """
        own = asked.query.language
        others = [leaf.number for leaf in best if leaf.language != own]
        preferred: dict[int, tantivy.DocAddress] = {}
        if others:
            for leaf in self._places(asked, len(others) * len(LANGUAGES), one_of("object", others)):
                if leaf.language == own:
                    preferred[leaf.number] = leaf.address
        return [preferred.get(leaf.number, leaf.address) for leaf in best]

    def _sorted(self, asked: Asked) -> tuple[tuple[Hit, ...], str]:
        """By a field of objects: each once, from a place in the list to its end."""
        query = asked.query
        by_symbol = query.sort is Sort.SYMBOL
        field = "order" if by_symbol else "oldest" if query.sort is Sort.OLDEST else "newest"
        order = tantivy.Order.Asc if by_symbol else tantivy.Order.Desc
        objects = _objects(asked)
        offset = 0
        if query.after:
            place = Cursor.read(query, by_place=True).place
            objects = AllOf((objects, _beyond(place, field=field)))
        else:
            offset = (query.page - 1) * query.size
            if offset >= DEEPEST:
                return (), ""
            place = ""
        found = self._searcher.search(
            self._rendered(objects),
            limit=query.size + 1 + (_SAME_BEGINNING if by_symbol and place else 0),
            count=False,
            order_by_field=field,
            offset=offset,
            order=order,
        ).hits
        ranks = [(str(rank), address) for rank, address in found]
        rows = [one for one in ranks if not by_symbol or one[0] > place]
        shown = rows[: query.size]
        leaves = self._leaves(self._objects_of([address for _, address in shown]), asked)
        hits = tuple(self._hit(leaf.address, asked) for leaf in leaves)
        more = len(rows) > query.size
        return hits, Cursor(query, place=shown[-1][0]).text if more else ""

    def _leaves(self, numbers: Sequence[int], asked: Asked) -> list[_Place]:
        """The leaf to show of each of these objects: one that matches, best in the reader's
        language."""
        if not numbers:
            return []
        found: dict[int, _Place] = {}
        # Its keywords may be what matches, in a language in which an object has no text.
        preference = (*asked.query.searched_languages, *LANGUAGES)
        for leaf in self._places(asked, len(numbers) * len(LANGUAGES), one_of("object", numbers)):
            known = found.get(leaf.number)
            if known is None or preference.index(leaf.language) < preference.index(known.language):
                found[leaf.number] = leaf
        return [found[number] for number in numbers if number in found]

    def _places(self, asked: Asked, limit: int, *filters: Node) -> list[_Place]:
        """The best `limit` leaves."""
        # What clauses look for is in leaves alone; their role is asked for only without.
        role = () if asked.clauses else (one_of("role", [LEAF, ALONE]),)
        tree = AllOf((looked_for(asked.clauses, OF_LEAVES), *role, *allowed(asked.query), *filters))
        addresses = self._addresses(tree, limit)
        numbers = self._searcher.fast_field_values("place", addresses)
        return [
            _Place(*object_and_language(int(number or 0)), address)
            for number, address in zip(numbers, addresses, strict=True)
        ]

    def _hit(self, address: tantivy.DocAddress, asked: Asked) -> Hit:
        """The hit of one leaf, with its marks."""
        return hit_from(self._stored(address), asked.clauses)

    # Facets

    def _facets(self, asked: Asked) -> dict[str, tuple[FacetValue, ...]]:
        """The values of each facet among what is found without that facet's own filter.

        Facets without a filter are counted together, in one pass.
        """
        names = asked.query.facets
        together = [name for name in names if name not in asked.query.narrowed]
        counts = self._counts(_objects(asked), together) if together else {}
        for name in names:
            if name not in counts:
                counts |= self._counts(_objects(asked, leaving=name), [name])
        return {name: _most_frequent_first(counts[name]) for name in names}

    def tally(self, name: str) -> dict[str, int]:
        """See `search.engines.base.Engine.tally`."""
        return self._counts(one_of("role", [ROOT, ALONE]), [name])[name]

    def _counts(self, objects: Node, names: Sequence[str]) -> dict[str, dict[str, int]]:
        """How many of some objects have each value of some facets."""
        found: Any = self._searcher.aggregate(
            self._rendered(objects),
            {
                name: {
                    "terms": {
                        "field": "facet",
                        "size": _MOST_VALUES,
                        "include": f"{re.escape(facet_term(name, ''))}.*",
                    }
                }
                for name in names
            },
        )
        return {
            name: {
                bucket["key"][len(facet_term(name, "")) :]: int(bucket["doc_count"])
                for bucket in found[name]["buckets"]
            }
            for name in names
        }


_SAME_BEGINNING = 200
"""Objects whose `order` may begin with the same 32 bytes as the last hit's, and come before."""


def _most_frequent_first(counts: Mapping[str, int]) -> tuple[FacetValue, ...]:
    values = [FacetValue(value, count) for value, count in counts.items()]
    return tuple(sorted(values, key=lambda one: (-one.count, one.value)))


def _objects(asked: Asked, *, leaving: str = "") -> Node:
    """Each object that matches, once: roots by the words of all their languages, those alone."""
    roots, alone = (
        AllOf(
            (counted(asked.clauses, fields), one_of("role", [role])),
            without=refused(asked.excluded, fields),
        )
        for fields, role in ((OF_ROOTS, ROOT), (OF_LEAVES, ALONE))
    )
    filters = allowed(asked.query, leaving=leaving)
    if asked.query.languages and not asked.clauses:
        texts = [facet_term("language", code) for code in asked.query.languages]
        filters = (*filters, one_of("facet", texts))
    return AllOf((AnyOf((roots, alone)), *filters))


def _beyond(place: str, *, field: str) -> Node:
    """What comes after a place in a sorted list; by `order`, the last hit itself too."""
    if field != "order":
        return Between(field, 0, int(place) - 1)
    numbers = order_pieces(place)
    equal: tuple[Node, ...] = ()
    ways: list[Node] = []
    for field, number in zip(ORDERS, numbers, strict=True):
        ways.append(AllOf((*equal, Between(field, number + 1, _HIGHEST))))
        equal = (*equal, Between(field, number, number))
    return AnyOf((*ways, AllOf(equal)))
