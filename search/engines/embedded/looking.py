"""Searching in one snapshot of the embedded index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import tantivy
from tantivy import Occur

from search.analysis import LANGUAGES, compact
from search.analysis.surface import begun, folded, pieces
from search.engines.cursors import Cursor
from search.engines.embedded.schema import OF_LEAVES, OF_ROOTS, ORDERS
from search.engines.matching import (
    AllOf,
    AnyOf,
    BestOf,
    Between,
    Everything,
    Fixed,
    Node,
    Row,
    Term,
    Times,
    allowed,
    counted,
    facet_term,
    holding,
    looked_for,
    one_of,
    pruned,
)
from search.engines.ranks import order_pieces
from search.engines.rows import ALONE, LEAF, ROOT, WORD, object_and_language
from search.hits import hit_from, suggestion_from
from search.interpretation import Asked
from search.queries import Query, Sort
from search.results import DEEPEST, FacetValue, Hit, Results, Suggestion

_MOST_VALUES = 65_000
_HIGHEST = (1 << 64) - 1


class _Place(NamedTuple):
    """A leaf that was found: its object, its language, and where it is."""

    number: int
    language: str
    address: tantivy.DocAddress


class Looking:
    """Answers from one snapshot; its places are valid within it only."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self._schema = schema
        self._searcher = searcher

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
        first = Cursor.read(query).offset if query.after else (query.page - 1) * query.size
        end = min(total, DEEPEST)
        if first >= end:
            return (), ""
        best = self._best(asked, first + query.size)[first:]
        hits = tuple(self._hit(address, asked) for address in self._shown(best, asked))
        following = first + len(hits)
        after = Cursor(query, offset=following).text if hits and following < end else ""
        return hits, after

    def _best(self, asked: Asked, wanted: int) -> list[_Place]:
        """The best leaf of each of the best `wanted` objects."""
        limit = wanted + len(LANGUAGES)
        while True:
            leaves = self._places(asked, limit)
            best: dict[int, _Place] = {}
            for leaf in leaves:
                best.setdefault(leaf.number, leaf)
            if len(best) >= wanted or len(leaves) < limit:
                return list(best.values())[:wanted]
            limit *= 3

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
            place = Cursor.read(query).place
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
        rows = [(str(rank), address) for rank, address in found if not by_symbol or rank > place]
        shown = rows[: query.size]
        numbers = self._searcher.fast_field_values("object", [address for _, address in shown])
        leaves = self._leaves([int(number or 0) for number in numbers], asked)
        hits = tuple(self._hit(leaf.address, asked) for leaf in leaves)
        more = len(rows) > query.size
        return hits, Cursor(query, place=shown[-1][0]).text if more else ""

    def _leaves(self, numbers: Sequence[int], asked: Asked) -> list[_Place]:
        """The leaf to show of each of these objects: one that matches, best in the reader's
        language."""
        if not numbers:
            return []
        found: dict[int, _Place] = {}
        preference = asked.query.searched_languages
        for leaf in self._places(asked, len(numbers) * len(LANGUAGES), one_of("object", numbers)):
            known = found.get(leaf.number)
            if known is None or preference.index(leaf.language) < preference.index(known.language):
                found[leaf.number] = leaf
        return [found[number] for number in numbers if number in found]

    def _places(self, asked: Asked, limit: int, *filters: Node) -> list[_Place]:
        """The best `limit` leaves."""
        tree = AllOf(
            (
                looked_for(asked.clauses, OF_LEAVES),
                one_of("role", [LEAF, ALONE]),
                *allowed(asked.query),
                *filters,
            )
        )
        found = self._searcher.search(self._rendered(tree), limit, False).hits
        addresses = [address for _, address in found]
        numbers = self._searcher.fast_field_values("place", addresses)
        places = [
            _Place(*object_and_language(int(number or 0)), address)
            for number, address in zip(numbers, addresses, strict=True)
        ]
        searched = asked.query.searched_languages
        return [place for place in places if place.language in searched]

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

    # Words

    def complete(self, query: Query) -> tuple[Suggestion, ...]:
        """See `search.engines.base.Engine.complete`."""
        ways = []
        for language in query.searched_languages:
            typed = begun(query.text, language)
            if typed:
                every = AllOf(tuple(Term("starts", f"{language}:{part}") for part in typed))
                ways.append(Fixed(every, 2.0 if language == query.language else 1.0))
            if code := compact(query.text):
                ways.append(Fixed(Term("starts", f"{language}:{code}"), 1.5))
        if not ways:
            return ()
        tree = AllOf((AnyOf(tuple(ways)), one_of("role", [LEAF, ALONE]), *allowed(query)))
        wanted = query.size * len(LANGUAGES)
        found: dict[str, Suggestion] = {}
        for _, address in self._searcher.search(self._rendered(tree), wanted, False).hits:
            suggestion = suggestion_from(self._stored(address))
            known = found.get(suggestion.key)
            if known is None or suggestion.language == query.language:
                found[suggestion.key] = suggestion
        return tuple(found.values())[: query.size]

    def words_like(self, word: str, *, language: str, limit: int) -> list[str]:
        """See `search.engines.base.Engine.words_like`."""
        wanted = pieces(folded(word))
        tree = AnyOf(
            tuple(Term("pieces", f"{language}:{piece}") for piece in wanted),
            at_least=max(1, len(wanted) - 6),
        )
        return self._words(tree, limit)

    def words_begun(self, beginning: str, *, language: str, limit: int) -> list[str]:
        """See `search.engines.base.Engine.words_begun`."""
        return self._words(Term("starts", f"{WORD}:{language}:{folded(beginning)}"), limit)

    def known(
        self, query: Query, words: Sequence[Sequence[tuple[str, str]]], *, at_most: int
    ) -> list[int]:
        """See `search.engines.base.Engine.known`."""
        leaves = (one_of("role", [LEAF, ALONE]), *allowed(query))
        return [
            min(self._matching(AllOf((holding(some, OF_LEAVES.words), *leaves))), at_most)
            if some
            else at_most
            for some in words
        ]

    def _words(self, tree: Node, limit: int) -> list[str]:
        found = self._searcher.search(self._rendered(tree), limit, False).hits
        return [self._stored(address).decode() for _, address in found]

    # Tantivy

    def _stored(self, address: tantivy.DocAddress) -> bytes:
        return bytes(self._searcher.doc(address).get_first("stored") or b"{}")

    def _matching(self, tree: Node) -> int:
        found: Any = self._searcher.search(self._rendered(tree), limit=1, count=True)
        return int(found.count)  # Its stubs leave `count` out.

    def _rendered(self, tree: Node) -> tantivy.Query:
        return rendered(pruned(tree, self._occurs) or _NOTHING, self._schema)

    def _occurs(self, term: Term) -> bool:
        """Whether any text has it. Most words are of one language, and are asked for in six."""
        return self._searcher.doc_freq(term.field, term.value) > 0


_NOTHING = AnyOf(())


_SAME_BEGINNING = 200
"""Objects whose `order` may begin with the same 32 bytes as the last hit's, and come before."""


def _most_frequent_first(counts: Mapping[str, int]) -> tuple[FacetValue, ...]:
    values = [FacetValue(value, count) for value, count in counts.items()]
    return tuple(sorted(values, key=lambda one: (-one.count, one.value)))


def _objects(asked: Asked, *, leaving: str = "") -> Node:
    """Each object that matches, once: roots by the words of all their languages, those alone."""
    roots = AllOf((counted(asked.clauses, OF_ROOTS), one_of("role", [ROOT])))
    alone = AllOf((counted(asked.clauses, OF_LEAVES), one_of("role", [ALONE])))
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


def rendered(node: Node, schema: tantivy.Schema) -> tantivy.Query:
    """Tantivy's query for a tree of conditions."""
    make = tantivy.Query

    def all_of(parts: Iterable[Node]) -> list[tantivy.Query]:
        return [rendered(part, schema) for part in parts]

    match node:
        case Term(field, value):
            return make.term_query(schema, field, value, index_option="freq")
        case Row(field, values):
            return make.phrase_query(schema, field, list(values))
        case Between(field, low, high) if low > high:
            return make.empty_query()
        case Between(field, low, high):
            found = make.range_query(schema, field, tantivy.FieldType.Unsigned, low, high)
            return make.const_score_query(found, 0.0)
        case Everything():
            return make.const_score_query(make.all_query(), 0.0)
        case AnyOf(()):
            return make.empty_query()
        case AnyOf(parts, at_least):
            some = [(Occur.Should, part) for part in all_of(parts)]
            return make.boolean_query(some, minimum_number_should_match=at_least)
        case AllOf(parts, liked, without):
            return make.boolean_query(
                [(Occur.Must, part) for part in all_of(parts)]
                + [(Occur.Should, part) for part in all_of(liked)]
                + [(Occur.MustNot, part) for part in all_of(without)]
            )
        case BestOf(parts):
            return make.disjunction_max_query(all_of(parts))
        case Times(part, factor):
            return make.boost_query(rendered(part, schema), factor)
        case Fixed(part, score):
            return make.const_score_query(rendered(part, schema), score)
