"""The server's query for a tree of conditions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from elasticsearch.dsl import query as q

from search.engines.elasticsearch.rows import field_for
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
)
from search.grammar import scrubbed

_FACET = "facet"


def rendered(node: Node, *, boost: float = 1.0, name: str | None = None) -> q.Query:
    """The query, its score multiplied by `boost`; `name` is told with the hits that match it."""
    extra: dict[str, Any] = {} if name is None else {"_name": name}
    match node:
        case Term(field, value):
            field, value = _place(field, value)
            return _on(q.Term, field, {"value": value, "boost": boost, **extra})
        case Row(field, values):
            words = " ".join(map(scrubbed, values))
            field = field_for(field, values[0])
            return _on(q.MatchPhrase, field, {"query": words, "boost": boost, **extra})
        case Between(field, low, high) if low > high:
            return q.MatchNone(**extra)
        case Between(field, low, high):
            return _on(q.Range, field, {"gte": low, "lte": high, "boost": 0.0, **extra})
        case Everything():
            return q.MatchAll(boost=0.0, **extra)
        case AnyOf(parts) | BestOf(parts) if not parts:
            return q.MatchNone(**extra)
        case AnyOf(parts, at_least):
            return q.Bool(should=_all(parts), minimum_should_match=at_least, boost=boost, **extra)
        case AllOf(parts, liked, without):
            return q.Bool(
                must=_all(part for part in parts if not _is_filter(part)),
                filter=_all(part for part in parts if _is_filter(part)),
                should=_all(liked),
                must_not=_all(without),
                boost=boost,
                **extra,
            )
        case BestOf(parts):
            return q.DisMax(queries=_all(parts), boost=boost, **extra)
        case Times(part, factor):
            return rendered(part, boost=boost * factor, name=name)
        case Fixed(part, score):
            return q.ConstantScore(filter=_listed(part), boost=boost * score, **extra)


def _on(kind: type[q.Query], field: str, value: Any) -> q.Query:
    """A query on one field; the library would take two underscores in its name for a full stop."""
    return kind(_expand__to_dot=False, **{field: value})


def _all(parts: Iterable[Node]) -> list[q.Query]:
    return [rendered(part) for part in parts]


def _is_filter(node: Node) -> bool:
    return isinstance(node, (Between, Everything)) or (isinstance(node, Fixed) and not node.score)


def _listed(node: Node) -> q.Query:
    """A condition that is not scored: many values of one field as one list, which may be long."""
    if isinstance(node, AnyOf) and node.parts and node.at_least == 1:
        places = [_place(part.field, part.value) for part in node.parts if isinstance(part, Term)]
        if len(places) == len(node.parts) and len({field for field, _ in places}) == 1:
            return _on(q.Terms, places[0][0], [value for _, value in places])
    return rendered(node)


def _place(field: str, value: str | int) -> tuple[str, str | int]:
    """The field of ours and the value in it. A facet's value stands in a field of its facet."""
    if isinstance(value, int):
        return field, value
    value = scrubbed(value)
    if field == _FACET:
        facet, _, value = value.partition("=")
        return f"{_FACET}.{facet}", value
    return field_for(field, value), value
