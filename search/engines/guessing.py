"""What a reader is about to type, or meant to: conditions as in `matching`, for all engines."""

from __future__ import annotations

from search.analysis import begun_symbols
from search.analysis.surface import begun, folded, pieces
from search.engines.matching import AllOf, AnyOf, Fixed, Node, Term
from search.engines.rows import WORD
from search.grammar import LONGEST_TEXT
from search.queries import Query

_LETTERS_WRONG = 6
"""Pieces of three letters that two slips in a word take away."""


def titles_begun(query: Query) -> dict[str, tuple[Node, ...]]:
    """By language, what a title must hold to go on as the text was begun; or its symbol."""
    text = query.text[:LONGEST_TEXT]
    codes = begun_symbols(text)
    ways: dict[str, tuple[Node, ...]] = {}
    for language in query.searched_languages:
        if typed := begun(text, language):
            every = AllOf(tuple(Term("starts", f"{language}:{part}") for part in typed))
            ways[language] = (Fixed(every, 2.0 if language == query.language else 1.0),)
        for code in codes:
            symbol = Fixed(Term("starts", f"{language}:{code}"), 1.5)
            ways[language] = (*ways.get(language, ()), symbol)
    return ways


def words_begun(beginning: str, language: str) -> Node:
    """The words of a language that begin so."""
    return Term("starts", f"{WORD}:{language}:{folded(beginning)}")


def words_like(word: str, language: str) -> Node:
    """The words of a language that share most of their letters with this one."""
    wanted = pieces(folded(word))
    some = tuple(Term("pieces", f"{language}:{piece}") for piece in wanted)
    return AnyOf(some, at_least=max(1, len(wanted) - _LETTERS_WRONG))
