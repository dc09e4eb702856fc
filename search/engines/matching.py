"""What matches, and what counts how much: one tree of conditions for all engines.

An engine turns the tree into its own queries node by node, so all engines rank by the same rules.
The weights were measured on known items in six languages (docs/adr/0004).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from search.interpretation import Clause, SymbolTerm, scrubbed
from search.queries import Query

OTHER_LANGUAGE = 0.6  # a text that is not in the reader's language, times
TITLE = 0.2  # a word in the title once more, times
PRESENT = 6.0  # each different word that is there: all the words before one word many times
OWN_SYMBOL = 6.0  # the document of a symbol, times; before …
CITED_SYMBOL = 2.0  # … those that cite it, times


class Fields(NamedTuple):
    """The fields that hold the terms, the own and the cited symbols of the rows looked at."""

    words: str
    symbol: str
    cited: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One term in a field; scored by how rare it is where the field counts frequencies."""

    field: str
    value: str | int


@dataclass(frozen=True, slots=True)
class Row:
    """Two or more terms next to each other in this order."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least `at_least` of the parts; their scores are added."""

    parts: tuple[Node, ...]
    at_least: int = 1


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of the parts; `liked` ones add to the score where they match."""

    parts: tuple[Node, ...]
    liked: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class BestOf:
    """Any of the parts; the best score counts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Times:
    """A part whose score is multiplied."""

    part: Node
    factor: float


@dataclass(frozen=True, slots=True)
class Fixed:
    """A part whose score is always the same; 0 for a filter."""

    part: Node
    score: float


Node = Term | Row | AnyOf | AllOf | BestOf | Times | Fixed


def looked_for(clauses: Iterable[Clause], fields: Fields) -> Node:
    """What the clauses ask for, scored; any language is enough."""
    return AnyOf(
        tuple(
            _scored(clause, fields)
            if clause.own
            else Times(_scored(clause, fields), OTHER_LANGUAGE)
            for clause in clauses
        )
    )


def counted(clauses: Iterable[Clause], fields: Fields) -> Node:
    """The same, where only the number of matches is wanted."""
    return AnyOf(tuple(AllOf(_required(clause, fields)) for clause in clauses))


def allowed(query: Query) -> tuple[Node, ...]:
    """The filters by audience, site and kind."""
    filters: list[tuple[str, Sequence[str]]] = [
        ("audience", sorted(query.audiences)),
        ("site", query.sites),
        ("kind", query.kinds),
    ]
    return tuple(one_of(field, values) for field, values in filters if values)


def one_of(field: str, values: Iterable[str | int]) -> Node:
    """A filter: one of these values in a field."""
    terms = tuple(
        Term(field, scrubbed(value) if isinstance(value, str) else value) for value in values
    )
    return Fixed(terms[0] if len(terms) == 1 else AnyOf(terms), 0.0)


def _some(clause: Clause, fields: Fields) -> tuple[Node, ...]:
    """The words and symbols of which half have to be there."""
    words = [_word(fields.words, clause.language, word) for word in clause.words]
    symbols = [_symbol(fields, clause.language, symbol) for symbol in clause.symbols]
    return (*words, *symbols)


def _required(clause: Clause, fields: Fields) -> tuple[Node, ...]:
    phrases = tuple(_in_a_row(fields.words, clause.language, phrase) for phrase in clause.phrases)
    some = _some(clause, fields)
    return (*phrases, AnyOf(some, at_least=clause.required)) if some else phrases


def _scored(clause: Clause, fields: Fields) -> Node:
    in_title = (_word(fields.title, clause.language, word) for word in clause.words)
    return AllOf(
        _required(clause, fields),
        liked=(
            *(Times(word, TITLE) for word in in_title),
            *(Fixed(part, PRESENT) for part in _some(clause, fields)),
        ),
    )


def _word(field: str, language: str, word: str) -> Node:
    return Term(field, f"{language}:{word}")


def _in_a_row(field: str, language: str, words: Sequence[str]) -> Node:
    if len(words) == 1:
        return _word(field, language, words[0])
    return Row(field, tuple(f"{language}:{word}" for word in words))


def _symbol(fields: Fields, language: str, symbol: SymbolTerm) -> Node:
    """The document of this symbol, then those that cite it, then longer symbols."""
    parts = [_in_a_row(fields.words, language, symbol.pieces)]
    for form in symbol.forms:
        parts.append(Times(_word(fields.symbol, language, form), OWN_SYMBOL))
        parts.append(Times(_word(fields.cited, language, form), CITED_SYMBOL))
    return BestOf(tuple(parts))
