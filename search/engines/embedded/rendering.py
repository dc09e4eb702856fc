"""Tantivy's query for a tree of conditions."""

from __future__ import annotations

from collections.abc import Iterable

import tantivy
from tantivy import Occur

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


def rendered(node: Node, schema: tantivy.Schema) -> tantivy.Query:
    """The query."""
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
