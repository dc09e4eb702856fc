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
from search.grammar import LONGEST_TEXT, scrubbed
from search.interpretation import Asked, Clause
from search.queries import Query

RARE = 5
"""A word in more texts than this is taken as it was typed."""

MOST_WORDS = 12
"""Words of a query whose spelling is looked at."""

MOST_MEANT = 8
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
    meant = looked_at = scrubbed(asked.query.text[:LONGEST_TEXT])
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
    return replace(asked, clauses=clauses, meant="" if meant == looked_at else meant)


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
    for languages in _languages_of(folded(typed), asked):
        if seen := _seen(_near(typed, languages, words), asked, words):
            own, first = asked.query.language, folded(typed)[0]
            seen.sort(
                key=lambda one: (
                    one.distance,
                    one.language != own,
                    folded(one.word)[0] != first,
                    -one.texts,
                )
            )
            closest = seen[0].distance
            return [one for one in seen if one.distance <= closest + 1][:MOST_MEANT]
    return []


def _near(typed: str, languages: Iterable[str], words: Words) -> list[_Meant]:
    """The words of the index that are few slips away."""
    near: list[_Meant] = []
    for language in languages:
        spoken_as = folded(next(iter(spoken(typed, language)), typed))
        near += [
            _Meant(language, word, distance)
            for word in words.words_like(spoken_as, language=language, limit=_CANDIDATES)
            if 0 < (distance := _distance(spoken_as, folded(word))) <= _allowed(spoken_as)
        ]
    return near


def _seen(near: list[_Meant], asked: Asked, words: Words) -> list[_Meant]:
    """Those of some words that the reader may see a text with, and in how many."""
    if not near:
        return []
    forms = [[(one.language, term) for term in one.terms] for one in near]
    counts = words.known(asked.query, forms, at_most=1_000)
    return [replace(one, texts=texts) for one, texts in zip(near, counts, strict=True) if texts]


def _languages_of(plain: str, asked: Asked) -> list[list[str]]:
    """The languages searched that are written in the word's script: the reader's, and where that
    has nothing like it the others."""
    script = {"ar"} if is_arabic(plain) else {"ru"} if is_cyrillic(plain) else {"en", "fr", "es"}
    searched = [clause.language for clause in asked.clauses if clause.language in script]
    own = [code for code in searched if code == asked.query.language]
    others = [code for code in searched if code != asked.query.language]
    return [some for some in (own, others) if some]


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
