"""What matches, and what counts how much: one tree of conditions for all engines.

An engine turns the tree into its own queries node by node, so all engines rank by the same rules.
The weights were measured on known items in six languages (docs/adr/0004, docs/relevance.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from search.engines.ranks import newest_rank
from search.grammar import scrubbed
from search.interpretation import Clause, SymbolTerm
from search.queries import Query

OTHER_LANGUAGE = 0.6  # a text that is not in the reader's language, times
TITLE = 0.2  # a word in the title once more, times
PRESENT = 25.0  # each different word that is there: all the words before one word many times
OWN_SYMBOL = 6.0  # the document of a symbol, times; before …
CITED_SYMBOL = 2.0  # … those that cite it, times
MEANT = 0.7  # a word that was probably meant, times
WHOLE_CODE, LAST_OF_CODE, PART_OF_CODE = 400.0, 300.0, 200.0  # a symbol typed in haste or in part


class Fields(NamedTuple):
    """The fields that hold the terms, and the own, cited and abridged symbols of the rows."""

    words: str
    symbol: str
    cited: str
    codes: str
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
class Between:
    """A whole number in a field, from `low` to `high`, both included; scored 0."""

    field: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Everything:
    """All rows, scored 0."""


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least `at_least` of the parts; their scores are added."""

    parts: tuple[Node, ...]
    at_least: int = 1


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of the parts and none of `without`; `liked` ones add to the score where they match."""

    parts: tuple[Node, ...]
    liked: tuple[Node, ...] = ()
    without: tuple[Node, ...] = ()


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


Node = Term | Row | Between | Everything | AnyOf | AllOf | BestOf | Times | Fixed


def looked_for(clauses: Iterable[Clause], fields: Fields) -> Node:
    """What the clauses ask for, scored; any language is enough. Everything for no clause."""
    return _any(
        _scored(clause, fields) if clause.own else Times(_scored(clause, fields), OTHER_LANGUAGE)
        for clause in clauses
    )


def counted(clauses: Iterable[Clause], fields: Fields) -> Node:
    """The same, where only the number of matches is wanted."""
    return _any(_matched(clause, fields) for clause in clauses)


def refused(excluded: Iterable[tuple[str, Sequence[str]]], fields: Fields) -> tuple[Node, ...]:
    """What must not be there, as in `Asked.excluded`."""
    return tuple(_in_a_row(fields.words, language, row) for language, row in excluded)


def allowed(query: Query, *, leaving: str = "") -> tuple[Node, ...]:
    """The filters by audience, facets, days and keys, `leaving` that one facet aside."""
    filters: list[Node] = [one_of("audience", sorted(query.audiences))]
    for name, values in query.narrowed.items():
        if name != leaving:
            filters.append(one_of("facet", [facet_term(name, value) for value in values]))
    if query.since or query.until:
        filters.append(Between("newest", *newest_rank.between(query.since, query.until)))
    if query.without:
        filters.append(AllOf((Everything(),), without=(one_of("key", sorted(query.without)),)))
    return tuple(filters)


def one_of(field: str, values: Iterable[str | int]) -> Node:
    """A filter: one of these values in a field."""
    terms = tuple(
        Term(field, scrubbed(value) if isinstance(value, str) else value) for value in values
    )
    return Fixed(terms[0] if len(terms) == 1 else AnyOf(terms), 0.0)


def facet_term(name: str, value: str) -> str:
    """How a facet's value stands in the index."""
    return f"{name}={value}"


def holding(words: Iterable[tuple[str, str]], field: str) -> Node:
    """A text with one of these terms: (language, term)."""
    return AnyOf(tuple(_word(field, language, term) for language, term in words))


def pruned(node: Node, occurs: Callable[[Term], bool]) -> Node | None:
    """The tree without the parts that nothing can match, since a term of theirs occurs in no text;
    None where the whole can match nothing. Matches and scores are the same."""
    match node:
        case Term():
            return node if occurs(node) else None
        case Row(field, values):
            return node if all(occurs(Term(field, value)) for value in values) else None
        case AnyOf(parts, at_least):
            some = _pruned_parts(parts, occurs)
            if len(some) < max(1, at_least):
                return None
            return some[0] if len(some) == 1 else AnyOf(some, at_least)
        case BestOf(parts):
            some = _pruned_parts(parts, occurs)
            return BestOf(some) if len(some) > 1 else some[0] if some else None
        case AllOf(parts, liked, without):
            every = _pruned_parts(parts, occurs)
            if len(every) < len(parts):
                return None
            return AllOf(every, _pruned_parts(liked, occurs), _pruned_parts(without, occurs))
        case Times(part, factor):
            inner = pruned(part, occurs)
            return Times(inner, factor) if inner else None
        case Fixed(part, score):
            inner = pruned(part, occurs)
            return Fixed(inner, score) if inner else None
        case _:
            return node


def _pruned_parts(parts: Iterable[Node], occurs: Callable[[Term], bool]) -> tuple[Node, ...]:
    return tuple(kept for part in parts if (kept := pruned(part, occurs)) is not None)


def _any(parts: Iterable[Node]) -> Node:
    found = tuple(parts)
    return AnyOf(found) if found else Everything()


def _some(clause: Clause, fields: Fields) -> tuple[Node, ...]:
    """The words and symbols of which half have to be there."""
    words = [_meant(fields.words, clause, word) for word in clause.words]
    begun = [
        AnyOf(tuple(_word(fields.words, clause.language, term) for term in clause.instead[word]))
        for word in clause.begun
        if clause.instead.get(word)
    ]
    symbols = [_symbol(fields, clause.language, symbol) for symbol in clause.symbols]
    return (*words, *begun, *symbols)


def _present(clause: Clause, fields: Fields) -> tuple[Node, ...]:
    """The same, each scored for being there at all, a word that was meant less than a typed one."""
    meant = [word for word in clause.words if clause.instead.get(word)]
    typed = replace(clause, words=tuple(word for word in clause.words if word not in meant))
    return (
        *(Fixed(part, PRESENT) for part in _some(typed, fields)),
        *(_meant(fields.words, clause, word, fixed=PRESENT) for word in meant),
    )


def _required(clause: Clause, fields: Fields) -> tuple[Node, ...]:
    phrases = tuple(_in_a_row(fields.words, clause.language, phrase) for phrase in clause.phrases)
    some = _some(clause, fields)
    return (*phrases, AnyOf(some, at_least=clause.required)) if some else phrases


def _matched(clause: Clause, fields: Fields) -> Node:
    words = _required(clause, fields)
    codes = tuple(Term(fields.codes, f"{clause.language}:{code}") for code in clause.codes)
    return AnyOf((*((AllOf(words),) if words else ()), *codes))


def _scored(clause: Clause, fields: Fields) -> Node:
    parts: list[Node] = []
    if words := _required(clause, fields):
        in_title = (_meant(fields.title, clause, word) for word in clause.words)
        liked: tuple[Node, ...] = (
            *(Times(word, TITLE) for word in in_title),
            *_present(clause, fields),
        )
        parts.append(AllOf(words, liked=liked))
    for code in clause.codes:
        parts.append(_code(fields.codes, clause.language, code))
    return AnyOf(tuple(parts))


def _code(field: str, language: str, code: str) -> Node:
    """The document of this symbol, then what ends so, then what holds it."""
    return BestOf(
        (
            Fixed(Term(field, f"{language}:={code}"), WHOLE_CODE),
            Fixed(Term(field, f"{language}:${code}"), LAST_OF_CODE),
            Fixed(Term(field, f"{language}:{code}"), PART_OF_CODE),
        )
    )


def _meant(field: str, clause: Clause, word: str, *, fixed: float = 0.0) -> Node:
    """A word, or one of those that were probably meant; `fixed`: a score for either."""
    typed: Node = _word(field, clause.language, word)
    others: list[Node] = [
        _word(field, clause.language, other) for other in clause.instead.get(word, ())
    ]
    if fixed:
        typed = Fixed(typed, fixed)
        others = [Fixed(other, fixed) for other in others]
    return BestOf((typed, *(Times(other, MEANT) for other in others))) if others else typed


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
