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
from search.analysis.words import is_arabic, is_cyrillic, is_han
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

    A document matches when it holds every one of `phrases`, and at least `required` among
    `words`, `begun` and `symbols` together; or when its symbol has one of the spellings `codes`.
    `own` is true for the reader's language.

    `instead` gives further terms for a word, those that were probably meant; for each of `begun`
    (words typed as ``childr*``) it gives the terms of the words that begin so.
    """

    language: str
    words: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    symbols: tuple[SymbolTerm, ...]
    own: bool
    begun: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    instead: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def required(self) -> int:
        """How many of the words and symbols have to be found: half of them, at least one.

        Of Chinese a third: one wrong character is in two of three pairs. A word in the script of
        another official language may be found and need not be: texts hardly ever have one, and
        ``peace мир 和平`` asks for a text in any of three languages.
        """
        words = [word for word in self.words if not _is_foreign(word, self.language)]
        parts = len(words or self.words) + len(self.begun) + len(self.symbols)
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
        """Whether there is anything to find."""
        return bool(self.words or self.phrases or self.symbols or self.begun or self.codes)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as an engine gets it: the query, with the days that were typed; a clause for each
    language searched, the reader's first; and what must not be there: `excluded`, as (language,
    terms in a row). `meant` is for `Results.meant`.

    What is excluded leaves an object out if any of its texts that are searched has it, whichever
    text matched: an object is one hit, and its translations say the same.
    """

    query: Query
    typed: Typed
    clauses: tuple[Clause, ...]
    excluded: tuple[tuple[str, tuple[str, ...]], ...] = ()
    meant: str = ""

    @property
    def finds_nothing(self) -> bool:
        """Whether nothing can be found: no text, and nothing that narrows all there is."""
        if self.clauses or self.excluded or self.typed.since or self.typed.until:
            return False
        return bool(self.query.text.strip()) or not self.query.browses


def interpret(query: Query) -> Asked:
    """The parts of a query in each of its languages. Never raises, whatever the text is."""
    typed = read(query.text)
    within = replace(
        query, since=_later(query.since, typed.since), until=_earlier(query.until, typed.until)
    )
    return Asked(within, typed, clauses_of(typed, query), _excluded(typed, query))


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
        codes=typed.codes,
    )


def _excluded(typed: Typed, query: Query) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (language, row)
        for language in query.searched_languages
        for row in _rows(typed.excluded, language)
    )


def _rows(passages: Iterable[str], language: str) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(found[:MOST_TERMS]) for passage in passages if (found := terms(passage, language))
    )


def _is_foreign(word: str, language: str) -> bool:
    """Whether a word's script is that of another official language. Latin letters are at home in
    all six: acronyms and names."""
    return (
        (is_arabic(word) and language != "ar")
        or (is_cyrillic(word) and language != "ru")
        or (is_han(word) and language != "zh")
    )


def _later(one: date | None, other: date | None) -> date | None:
    return max(filter(None, (one, other)), default=None)


def _earlier(one: date | None, other: date | None) -> date | None:
    return min(filter(None, (one, other)), default=None)
