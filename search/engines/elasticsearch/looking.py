"""Searching: one question for hits, total and facets, and one more for other languages' texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from elasticsearch.dsl import A, Search
from elasticsearch.dsl import query as q

from search.engines.cursors import Cursor, hits_before
from search.engines.elasticsearch.rendering import rendered
from search.engines.elasticsearch.rows import OBJECT, STORED, TEXTS
from search.engines.guessing import titles_begun, words_begun, words_like
from search.engines.matching import (
    AllOf,
    AnyOf,
    BestOf,
    Everything,
    Fields,
    Node,
    allowed,
    facet_term,
    looked_for,
    one_of,
    refused,
)
from search.hits import hit_from, suggestion_from
from search.interpretation import Asked, Clause
from search.queries import Query, Sort
from search.results import DEEPEST, FacetValue, Hit, Results, Suggestion

_FIELDS = Fields("words", "symbol", "cited", "codes", title="title")
MOST_VALUES = 65_000
_SORTED: dict[Sort, dict[str, str]] = {
    Sort.RELEVANCE: {"newest": "desc"},  # Where there is nothing to be relevant to.
    Sort.NEWEST: {"newest": "desc"},
    Sort.OLDEST: {"oldest": "desc"},
    Sort.SYMBOL: {"order": "asc"},
}

Ask = Callable[[dict[str, Any]], dict[str, Any]]
"""Sends the body of a search and gives the body of its answer."""


class Looking:
    """Answers by way of `ask`."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def results(self, asked: Asked) -> Results:
        """See `search.engines.base.Engine.find`."""
        query = asked.query
        if query.sort is Sort.RELEVANCE and asked.clauses:
            return self._ranked(asked)
        return self._sorted(asked)

    def _ranked(self, asked: Asked) -> Results:
        """By relevance, from a hit of that number on."""
        query = asked.query
        first = hits_before(query)
        question = _question(asked).extra(sort=[{"_score": "desc"}, {"newest": "desc"}])
        found = self._ask(_cut(question, first=first, size=query.size).to_dict())
        rows, total = found["hits"]["hits"], _total(found)
        following = first + len(rows)
        more = bool(rows) and following < min(total, DEEPEST)
        after = Cursor(query, offset=following).text if more else ""
        return self._page(found, asked, rows=rows, after=after)

    def _sorted(self, asked: Asked) -> Results:
        """By a field of objects, from a place in the list to its end."""
        query = asked.query
        question = _question(asked).extra(sort=[_SORTED[query.sort]])
        place = Cursor.read(query, by_place=True).place if query.after else ""
        first = 0 if place else (query.page - 1) * query.size
        if place:
            after: Any = place if query.sort is Sort.SYMBOL else int(place)
            question = question.extra(search_after=[after])
        found = self._ask(_cut(question, first=first, size=query.size + 1).to_dict())
        rows = found["hits"]["hits"]
        last = str(rows[query.size - 1]["sort"][0]) if len(rows) > query.size else ""
        return self._page(
            found,
            asked,
            rows=rows[: query.size],
            after=Cursor(query, place=last).text if last else "",
        )

    def _page(
        self, found: Mapping[str, Any], asked: Asked, *, rows: list[dict[str, Any]], after: str
    ) -> Results:
        query = asked.query
        return Results(
            hits=self._hits(rows, asked),
            total=_total(found),
            page=query.page,
            size=query.size,
            facets={name: _values(found, name) for name in query.facets},
            next=after,
            meant=asked.meant,
        )

    def _hits(self, rows: Sequence[dict[str, Any]], asked: Asked) -> tuple[Hit, ...]:
        """The rows as hits. A text in another than the reader's language is asked for by itself,
        under the same filters, so that a change meanwhile shows nobody what is not theirs."""
        own = asked.query.language
        chosen = {row["_id"]: _shown_language(row, asked) for row in rows}
        texts = {row["_id"]: _stored(row, chosen[row["_id"]]) for row in rows}
        others = [key for key, language in chosen.items() if language != own]
        if others:
            languages = sorted({chosen[key] for key in others})
            question = (
                Search()
                .filter(q.Ids(values=others))
                .filter(rendered(AllOf(_filters(asked.query))))
                .source([f"{STORED}.{language}" for language in languages])[0 : len(others)]
            )
            for row in self._ask(question.to_dict())["hits"]["hits"]:
                texts[row["_id"]] = _stored(row, chosen[row["_id"]])
        kept = (texts[row["_id"]] for row in rows)
        return tuple(hit_from(text, asked.clauses) for text in kept if text)

    # Words

    def complete(self, query: Query) -> tuple[Suggestion, ...]:
        """See `search.engines.base.Engine.complete`."""
        ways = titles_begun(query)
        if not ways:
            return ()
        best = [rendered(AnyOf(some), name=code) for code, some in ways.items()]
        question = (
            Search()
            .query(q.DisMax(queries=best))
            .filter(rendered(AllOf(_filters(query))))
            .source([f"{STORED}.{language}" for language in ways])
            .extra(sort=["_score", {"newest": "desc"}], track_total_hits=False)[0 : query.size]
        )
        found = self._ask(question.to_dict())["hits"]["hits"]
        kept = (_stored(row, _best(_matched(row), query.language)) for row in found)
        return tuple(suggestion_from(text) for text in kept if text)

    def words_like(self, word: str, *, language: str, limit: int) -> list[str]:
        """See `search.engines.base.Engine.words_like`."""
        return self._words(words_like(word, language), limit)

    def words_begun(self, beginning: str, *, language: str, limit: int) -> list[str]:
        """See `search.engines.base.Engine.words_begun`."""
        return self._words(words_begun(beginning, language), limit)

    def _words(self, tree: Node, limit: int) -> list[str]:
        question = Search().query(rendered(tree)).source([f"{STORED}.word"])
        question = question.extra(track_total_hits=False)[0:limit]
        found = self._ask(question.to_dict())["hits"]["hits"]
        return [row["_source"][STORED]["word"] for row in found]

    def known(
        self, query: Query, words: Sequence[Sequence[tuple[str, str]]], *, at_most: int
    ) -> list[int]:
        """See `search.engines.base.Engine.known`."""
        parts: dict[str, q.Query] = {}
        for number, some in enumerate(words):
            by_language: dict[str, list[str]] = {}
            for language, term in some:
                by_language.setdefault(language, []).append(f"{language}:{term}")
            for language, terms in by_language.items():
                parts[f"{number}:{language}"] = rendered(one_of(_FIELDS.words, terms))
        counts = [0 if some else at_most for some in words]
        if parts:
            question = Search().filter(rendered(AllOf(_filters(query))))[0:0]
            question = question.extra(track_total_hits=False)
            question.aggs.bucket("words", A("filters", filters=parts))
            buckets = self._ask(question.to_dict())["aggregations"]["words"]["buckets"]
            for name, bucket in buckets.items():
                counts[int(name.partition(":")[0])] += int(bucket["doc_count"])
        return [min(count, at_most) for count in counts]


def _question(asked: Asked) -> Search:
    """Everything that is found, with its facets; hits and order are to be added.

    A facet is counted without its own filter, so filters by facets that are counted are applied
    after counting, and in each count but its own.
    """
    query = asked.query
    by_facet = {
        name: one_of("facet", [facet_term(name, value) for value in values])
        for name, values in query.narrowed.items()
    }
    late = {name: tree for name, tree in by_facet.items() if name in query.facets}
    early = tuple(tree for name, tree in by_facet.items() if name not in late)
    if query.languages and not asked.clauses:
        texts = [facet_term("language", code) for code in query.languages]
        early = (*early, one_of("facet", texts))
    bare = replace(query, filters={}, sites=(), kinds=())
    without = refused(asked.excluded, _FIELDS)
    question = (
        Search()
        .query(_wanted(asked.clauses))
        .filter(rendered(AllOf((*_filters(bare), *early), without=without)))
        .source([f"{STORED}.{query.language}"])
        .extra(track_total_hits=True, docvalue_fields=[TEXTS])
    )
    if late:
        question = question.post_filter(rendered(AllOf(tuple(late.values()))))
    for name in query.facets:
        others = tuple(tree for other, tree in late.items() if other != name)
        values = A("terms", field=f"facet.{name}", size=MOST_VALUES)
        counted = A("filter", filter=rendered(AllOf((Everything(), *others))))
        counted.bucket("values", values)
        question.aggs.bucket(name, counted)
    return question


def _cut(question: Search, *, first: int, size: int) -> Search:
    """The question for a page; for none of its rows where it is deeper than anybody may go."""
    return question[first : first + size] if first < DEEPEST else question[0:0]


def _total(found: Mapping[str, Any]) -> int:
    return int(found["hits"]["total"]["value"])


def _wanted(clauses: Iterable[Clause]) -> q.Query:
    """What the clauses ask for, the best language's score, each named by its language."""
    named = [rendered(_clause(clause), name=clause.language) for clause in clauses]
    return q.DisMax(queries=named) if named else rendered(Everything())


def _clause(clause: Clause) -> Node:
    """The tree of one clause."""
    tree = looked_for([clause], _FIELDS)
    return BestOf(tree.parts) if isinstance(tree, AnyOf) else tree


def _filters(query: Query) -> tuple[Node, ...]:
    return (one_of("role", [OBJECT]), *allowed(query))


def _matched(row: Mapping[str, Any]) -> dict[str, float]:
    """The languages whose clauses a row matches, with their scores."""
    return dict(row.get("matched_queries") or {})


def _shown_language(row: Mapping[str, Any], asked: Asked) -> str:
    """The reader's language where that matches, else the one that matches best.

    Words of a language in which there is no text (its subjects' names) stand for every text.
    """
    texts: list[str] = row["fields"][TEXTS]
    matched = _matched(row)
    searched = [code for code in asked.query.searched_languages if code in texts] or texts
    if asked.clauses and set(matched) <= set(texts):
        searched = [code for code in searched if code in matched] or searched
    if asked.query.language in searched or asked.query.sort is not Sort.RELEVANCE:
        return searched[0]
    return max(searched, key=lambda code: matched.get(code, 0.0))


def _best(matched: Mapping[str, float], own: str) -> str:
    return own if own in matched else max(matched, key=lambda code: matched[code])


def _stored(row: Mapping[str, Any], language: str) -> bytes:
    kept = row.get("_source", {}).get(STORED, {}).get(language, "")
    return str(kept).encode()


def _values(found: Mapping[str, Any], name: str) -> tuple[FacetValue, ...]:
    buckets = found["aggregations"][name]["values"]["buckets"]
    values = [FacetValue(bucket["key"], int(bucket["doc_count"])) for bucket in buckets]
    return tuple(sorted(values, key=lambda one: (-one.count, one.value)))
