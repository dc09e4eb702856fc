"""Each language's chain put together: which family treats a word, in which language.

The language of the document decides for its own script. A word of another script is treated by
that script's family, so that an Arabic name inside an English text is found by Arabic spelling
rules; Latin words inside Arabic, Chinese and Russian texts are only folded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from functools import lru_cache

from search.analysis import arabic, chinese, english, french, plain, russian, spanish
from search.analysis.words import (
    FIRST_HAN,
    WORDS,
    Token,
    elided,
    fold,
    is_arabic,
    is_cyrillic,
    is_han,
)
from search.analysis.words import plain as plain_word

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
"""The official languages, in the order of the United Nations."""

_LATIN: dict[str, Callable[[str], str]] = {
    "en": english.term,
    "fr": french.term,
    "es": spanish.term,
}
_STOPWORDS: dict[str, frozenset[str]] = {
    "ar": arabic.STOPWORDS,
    "zh": chinese.STOPWORDS,
    "en": english.STOPWORDS,
    "fr": frozenset(map(fold, french.STOPWORDS)),
    "ru": russian.STOPWORDS,
    "es": frozenset(map(fold, spanish.STOPWORDS)),
}


@lru_cache(maxsize=400_000)
def _term(word: str, language: str) -> str:
    """The term of one word as found (not Han); "" where nothing is left of it."""
    treat: Callable[[str], str]
    if is_arabic(word):
        treat = arabic.term
    elif is_cyrillic(word):
        treat = russian.term
    else:
        treat = _LATIN.get(language, plain.term)
    return treat(plain_word(word))


def terms(text: str, language: str) -> list[str]:
    """All terms of a text in order, as they are indexed."""
    found: list[str] = []
    for word in WORDS.findall(text):
        if word[0] >= FIRST_HAN and is_han(word):
            found.extend(chinese.terms(word))
        elif term := _term(word, language):
            found.append(term)
    return found


def analyse(text: str, language: str) -> Iterator[Token]:
    """All terms of a text in order, with their places in it.

    The place of ``l'homme`` is that of ``homme``: what is marked is what was matched.
    """
    for match in WORDS.finditer(text):
        word, start = match.group(), match.start()
        if is_han(word):
            for term, first, last in chinese.runs(word):
                yield Token(term, start + first, start + last)
        elif term := _term(word, language):
            lead = elided(word) if language == "fr" and _is_elided(word) else 0
            yield Token(term, start + lead, match.end())


def places(text: str, language: str, wanted: Set[str]) -> list[Token]:
    """The places of the `wanted` terms: `analyse` for those alone, some times faster."""
    found = []
    for match in WORDS.finditer(text):
        word = match.group()
        if is_han(word):
            if not wanted.isdisjoint(chinese.terms(word)):
                start = match.start()
                found += [
                    Token(term, start + first, start + last)
                    for term, first, last in chinese.runs(word)
                    if term in wanted
                ]
        elif (term := _term(word, language)) in wanted:
            lead = elided(word) if language == "fr" and _is_elided(word) else 0
            found.append(Token(term, match.start() + lead, match.end()))
    return found


def query_terms(text: str, language: str) -> list[str]:
    """The terms worth looking up: without stop words, unless there is nothing else.

    Documents keep their stop words, so that phrases stay exact. Of a run of Han characters the
    pairs are looked up, and single characters only where they stand alone.
    """
    telling: list[str] = []
    every: list[str] = []
    for word in WORDS.findall(text):
        if is_han(word):
            found = chinese.terms(word)
            every.extend(found)
            if len(found) > 1:
                telling.extend(term for term in found if len(term) > 1)
            elif found[0] not in chinese.STOPWORDS:
                telling.extend(found)
        elif term := _term(word, language):
            every.append(term)
            if not _is_stopword(word, language):
                telling.append(term)
    return telling or every


def _is_elided(word: str) -> bool:
    return french.ELISION.match(plain_word(word)) is not None


def _is_stopword(word: str, language: str) -> bool:
    """Whether a word says nothing by itself in the language of its own script."""
    word = plain_word(word)
    if is_arabic(word):
        return arabic.normalise(word) in arabic.STOPWORDS
    if is_cyrillic(word):
        return word.replace("ё", "е") in russian.STOPWORDS
    return fold(word) in _STOPWORDS[language]
