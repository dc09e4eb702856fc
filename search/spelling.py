"""Words that nothing knows, looked for as they were probably meant; and words begun with a star.

A word is unknown to a reader when hardly any text that this reader may see has it, in any of the
languages searched. Then the words of the index that are most like it are asked for, and of those
only what the reader may see counts: so neither hits nor "did you mean" tell of a text that is
not theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from rapidfuzz.distance import OSA

from search.analysis import query_terms, terms
from search.analysis.surface import folded, spoken
from search.analysis.words import WORDS, is_arabic, is_cyrillic, is_han
from search.interpretation import Asked, Clause
from search.queries import Query

RARE = 5
"""A word in more texts than this is taken as it was typed."""

MOST_WORDS = 12
"""Words of a query whose spelling is looked at."""

MOST_MEANT = 3
_CANDIDATES = 60
_SHORTEST = 3
_MOST_BEGUN = 64


class Words(Protocol):
    """What an engine knows of words; see `search.engines.base.Engine`."""

    def words_like(self, word: str, *, language: str, limit: int) -> Sequence[str]: ...

    def words_begun(self, beginning: str, *, language: str, limit: int) -> Sequence[str]: ...

    def known(
        self, query: Query, words: Sequence[Sequence[tuple[str, str]]], *, at_most: int
    ) -> Sequence[int]: ...


@dataclass(frozen=True, slots=True)
class _Meant:
    """A word of the index that an unknown word may stand for."""

    language: str
    word: str
    distance: int
    texts: int = 0

    @property
    def terms(self) -> tuple[str, ...]:
        return tuple(terms(self.word, self.language))


def respelled(asked: Asked, words: Words) -> Asked:
    """The question with what was probably meant beside the words that are hardly known."""
    instead: dict[str, dict[str, list[str]]] = {}
    for beginning in asked.typed.begun:
        for clause in asked.clauses:
            instead.setdefault(clause.language, {})[beginning] = _begun(beginning, clause, words)
    meant = asked.query.text
    for typed, texts in _unknown(asked, words):
        found = _probable(typed, asked, words)
        for one in found:
            by_term = instead.setdefault(one.language, {})
            for term in terms(typed, one.language):
                by_term.setdefault(term, []).extend(one.terms)
        if found and not texts:
            meant = _replaced(meant, typed, found[0].word)
    if pairs := _unknown_pairs(asked, words):
        instead.setdefault("zh", {}).update(pairs)
    clauses = tuple(
        replace(
            clause,
            instead={
                word: tuple(dict.fromkeys(some))
                for word, some in instead.get(clause.language, {}).items()
            },
        )
        for clause in asked.clauses
    )
    return replace(asked, clauses=clauses, meant="" if meant == asked.query.text else meant)


def _begun(beginning: str, clause: Clause, words: Words) -> list[str]:
    plain = folded(beginning)
    found = words.words_begun(plain, language=clause.language, limit=_MOST_BEGUN)
    own = terms(beginning, clause.language)
    return [*own, *(term for word in found for term in terms(word, clause.language))]


def _unknown(asked: Asked, words: Words) -> list[tuple[str, int]]:
    """The typed words that hardly any text has, with how many have them."""
    typed = [
        word
        for word in dict.fromkeys(WORDS.findall(asked.typed.loose))
        if not is_han(word) and len(word) >= _SHORTEST and not any(map(str.isdigit, word))
    ][:MOST_WORDS]
    languages = [clause.language for clause in asked.clauses]
    forms = [
        [(code, term) for code in languages for term in query_terms(word, code)] for word in typed
    ]
    counts = words.known(asked.query, forms, at_most=RARE + 1) if typed else ()
    return [(word, texts) for word, texts in zip(typed, counts, strict=True) if texts <= RARE]


def _unknown_pairs(asked: Asked, words: Words) -> dict[str, list[str]]:
    """The pairs of Han characters that hardly any text has, one of them being wrong perhaps, with
    both characters for each: what is right then still counts."""
    pairs = [
        word
        for clause in asked.clauses
        if clause.language == "zh"
        for word in clause.words
        if len(word) == 2 and is_han(word)
    ][:MOST_WORDS]
    forms = [[("zh", pair)] for pair in pairs]
    counts = words.known(asked.query, forms, at_most=RARE + 1) if pairs else ()
    return {pair: list(pair) for pair, texts in zip(pairs, counts, strict=True) if texts <= RARE}


def _probable(typed: str, asked: Asked, words: Words) -> list[_Meant]:
    """What a word may stand for, the most probable first: near, known to the reader, and in the
    reader's language rather than in another of the same script."""
    plain = folded(typed)
    near: list[_Meant] = []
    for language in _languages_of(plain, asked):
        spoken_as = folded(next(iter(spoken(typed, language)), typed))
        near += [
            _Meant(language, word, distance)
            for word in words.words_like(spoken_as, language=language, limit=_CANDIDATES)
            if 0 < (distance := _distance(spoken_as, folded(word))) <= _allowed(spoken_as)
        ]
    if not near:
        return []
    counts = words.known(
        asked.query,
        [[(one.language, term) for term in one.terms] for one in near],
        at_most=1_000,
    )
    seen = [replace(one, texts=texts) for one, texts in zip(near, counts, strict=True) if texts]
    own = asked.query.language
    seen.sort(
        key=lambda one: (one.distance, one.language != own, one.word[0] != plain[0], -one.texts)
    )
    closest = seen[0].distance if seen else 0
    return [one for one in seen if one.distance <= closest + 1][:MOST_MEANT]


def _languages_of(plain: str, asked: Asked) -> Iterable[str]:
    """The languages searched that are written in the word's script, the reader's first."""
    script = {"ar"} if is_arabic(plain) else {"ru"} if is_cyrillic(plain) else {"en", "fr", "es"}
    return [clause.language for clause in asked.clauses if clause.language in script]


def _distance(one: str, other: str) -> int:
    return OSA.distance(one, other, score_cutoff=3)


def _allowed(word: str) -> int:
    """How many slips a word of this length may have."""
    return 1 if len(word) <= 5 else 2 if len(word) <= 11 else 3


def _replaced(text: str, typed: str, word: str) -> str:
    """`text` with a word put in another's place; capitals as they were typed."""
    if typed[:1].isupper():
        word = word[:1].upper() + word[1:]
    return text.replace(typed, word, 1)
