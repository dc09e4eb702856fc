"""What a query asks for, in each language, before any engine is involved.

Engines receive an `Asked` and build their own queries from it in code; nothing that a reader
types is ever parsed by an engine, so no character has a meaning there. The grammar is in
`search.grammar`. Of the words, half have to be found (asking for all loses what was meant,
measured); passages in quotation marks have to be found as they stand; symbols are looked up as
they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from search.analysis import query_terms, symbol_forms, terms
from search.grammar import Typed, read, scrubbed
from search.queries import Query

MOST_TERMS = 48

__all__ = ["Asked", "Clause", "SymbolTerm", "clauses_of", "interpret", "scrubbed"]


@dataclass(frozen=True, slots=True)
class SymbolTerm:
    """A symbol that was typed: its spellings, and its pieces as words standing in a row.

    The pieces find a symbol that was typed in part, and one that is only cited in a text.
    """

    forms: tuple[str, ...]
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """What is looked for in the text of one language.

    A document matches when it holds every one of `phrases`, none of the rows of terms in
    `excluded`, and at least `required` among `words`, `begun` and `symbols` together; or when
    its symbol has one of the spellings `codes`. `own` is true for the reader's language.

    `instead` gives further terms for a word, those that were probably meant; for each of `begun`
    (words typed as ``childr*``) it gives the terms of the words that begin so.
    """

    language: str
    words: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    symbols: tuple[SymbolTerm, ...]
    own: bool
    begun: tuple[str, ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    codes: tuple[str, ...] = ()
    instead: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def required(self) -> int:
        """How many of the words and symbols have to be found: half of them, at least one.

        Of Chinese a third: one wrong character is in two of three pairs.
        """
        parts = len(self.words) + len(self.begun) + len(self.symbols)
        return (parts + 2) // 3 if self.language == "zh" else (parts + 1) // 2

    @property
    def marks(self) -> frozenset[str]:
        """The terms to mark where they occur in a found text."""
        inside = (term for phrase in self.phrases for term in phrase)
        pieces = (piece for symbol in self.symbols for piece in symbol.pieces if len(piece) > 1)
        meant = (term for some in self.instead.values() for term in some)
        return frozenset((*self.words, *inside, *pieces, *meant))

    @property
    def asks(self) -> bool:
        """Whether there is anything to find, beside what must not be there."""
        return bool(self.words or self.phrases or self.symbols or self.begun or self.codes)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as an engine gets it: the query, with the days that were typed, a clause for each
    language searched, the reader's first, and what `excluded` leaves out where there is no other
    text. `meant` is for `Results.meant`."""

    query: Query
    typed: Typed
    clauses: tuple[Clause, ...]
    meant: str = ""

    @property
    def finds_nothing(self) -> bool:
        """Whether nothing can be found: no text, and nothing that narrows all there is."""
        if self.clauses:
            return False
        days = self.typed.since or self.typed.until
        return bool(self.query.text.strip() and not days) or not self.query.browses


def interpret(query: Query) -> Asked:
    """The parts of a query in each of its languages. Never raises, whatever the text is."""
    typed = read(query.text)
    within = replace(
        query, since=_later(query.since, typed.since), until=_earlier(query.until, typed.until)
    )
    return Asked(within, typed, clauses_of(typed, query))


def clauses_of(typed: Typed, query: Query) -> tuple[Clause, ...]:
    """A clause for each language searched in which there is something to find."""
    clauses = (
        _clause(typed, language=language, own=language == query.language)
        for language in query.searched_languages
    )
    return tuple(clause for clause in clauses if clause.asks)


def _clause(typed: Typed, *, language: str, own: bool) -> Clause:
    return Clause(
        language=language,
        words=tuple(dict.fromkeys(query_terms(typed.loose, language)))[:MOST_TERMS],
        phrases=_rows(typed.phrases, language),
        symbols=tuple(
            SymbolTerm(forms=symbol_forms(name), pieces=tuple(terms(name, language)))
            for name in typed.symbols
        ),
        own=own,
        begun=typed.begun,
        excluded=_rows(typed.excluded, language),
        codes=typed.codes,
    )


def _rows(passages: Iterable[str], language: str) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(found[:MOST_TERMS]) for passage in passages if (found := terms(passage, language))
    )


def _later(one: date | None, other: date | None) -> date | None:
    return max(filter(None, (one, other)), default=None)


def _earlier(one: date | None, other: date | None) -> date | None:
    return min(filter(None, (one, other)), default=None)
