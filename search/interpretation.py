"""What a typed text asks for, in each language, before any engine is involved.

Engines receive `Clause`s and build their own queries from them in code; nothing that a reader
types is ever parsed by an engine, so no character has a meaning there.

The grammar is small: words, of which half have to be found (asking for all loses what was meant,
measured); passages in quotation marks of any language, which have to be found as they stand; and
document symbols, looked up as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from search.analysis import query_terms, symbol_forms, symbols, terms
from search.queries import Query

LONGEST_TEXT = 1_000
"""Characters of a typed text that are looked at."""

MOST_TERMS = 48
MOST_PHRASES = 8

_SURROGATES = re.compile("[\ud800-\udfff]")
_QUOTED = re.compile(
    '"([^"]*)"|[“„‟”]([^“„‟”]*)[”“]|«([^«»]*)»|「([^「」]*)」|『([^『』]*)』|《([^《》]*)》'
)


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
    `words` and `symbols` together. `own` is true for the reader's language.
    """

    language: str
    words: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    symbols: tuple[SymbolTerm, ...]
    own: bool

    @property
    def required(self) -> int:
        """How many of the words and symbols have to be found: half of them, at least one."""
        return (len(self.words) + len(self.symbols) + 1) // 2

    @property
    def marks(self) -> frozenset[str]:
        """The terms to mark where they occur in a found text."""
        inside = (term for phrase in self.phrases for term in phrase)
        pieces = (piece for symbol in self.symbols for piece in symbol.pieces if len(piece) > 1)
        return frozenset((*self.words, *inside, *pieces))


def scrubbed(text: str) -> str:
    """`text` without lone surrogates, which no engine can encode; of the same length."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def interpret(query: Query) -> tuple[Clause, ...]:
    """A clause for each language searched, the reader's first; none if there is nothing to find.

    Never raises, whatever the text is.
    """
    text = scrubbed(query.text[:LONGEST_TEXT])
    phrases = [next(filter(None, groups), "") for groups in _QUOTED.findall(text)][:MOST_PHRASES]
    loose = _QUOTED.sub(" ", text)
    named = symbols(loose)
    for symbol in reversed(named):
        loose = f"{loose[: symbol.start]} {loose[symbol.end :]}"
    clauses = (
        _clause(
            loose=loose,
            phrases=phrases,
            named=[symbol.name for symbol in named],
            language=language,
            own=language == query.language,
        )
        for language in query.searched_languages
    )
    return tuple(clause for clause in clauses if clause.words or clause.phrases or clause.symbols)


def _clause(
    *, loose: str, phrases: list[str], named: list[str], language: str, own: bool
) -> Clause:
    return Clause(
        language=language,
        words=tuple(dict.fromkeys(query_terms(loose, language)))[:MOST_TERMS],
        phrases=tuple(
            tuple(found[:MOST_TERMS]) for phrase in phrases if (found := terms(phrase, language))
        ),
        symbols=tuple(
            SymbolTerm(forms=symbol_forms(name), pieces=tuple(terms(name, language)))
            for name in dict.fromkeys(named)
        ),
        own=own,
    )
