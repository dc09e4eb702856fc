"""Words as they stand in a text, unstemmed: for completing what is being typed, and for spelling.

Stems are no use for either: ``securi`` begins ``security`` and not its stem ``secur``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from search.analysis import arabic, chinese
from search.analysis.french import ELISION
from search.analysis.words import WORDS, fold, is_arabic, is_cyrillic, is_han
from search.analysis.words import plain as plain_word

LONGEST_BEGINNING = 16
"""Characters of a word that a reader may type before it is looked for as far as here alone."""

_LONGEST_RUN = 8
_SHORTEST_WORD = 3


@lru_cache(maxsize=200_000)
def folded(word: str) -> str:
    """A word without what people leave out when they type: accents, ё, hamza, tatweel."""
    word = plain_word(word)
    if is_arabic(word):
        return arabic.normalise(word)
    if is_cyrillic(word):
        return word.replace("ё", "е")
    return fold(word).replace("'", "")


def spoken(text: str, language: str) -> Iterator[str]:
    """The words of a text, plain, their accents on, without elided articles; runs of Han whole."""
    for word in WORDS.findall(text):
        yield _spoken(word, language)


@lru_cache(maxsize=200_000)
def _spoken(word: str, language: str) -> str:
    if is_han(word):
        return "".join(map(chinese.simplified, word))
    word = plain_word(word)
    return ELISION.sub("", word) if language == "fr" else word


def vocabulary(text: str, language: str) -> set[str]:
    """The words of a text that are worth knowing for spelling: letters alone, three or more."""
    return {
        word
        for word in {_spoken(found, language) for found in WORDS.findall(text)}
        if len(word) >= _SHORTEST_WORD and word.replace("'", "").isalpha() and not is_han(word)
    }


def beginnings(text: str, language: str) -> list[str]:
    """Every beginning of every word of a text, by which it is found while it is being typed.

    Of a run of Han characters, which has no words, also the runs that begin later in it.
    """
    found: dict[str, None] = {}
    for word in spoken(text, language):
        if is_han(word):
            for start in range(len(word)):
                for end in range(start + 1, min(start + _LONGEST_RUN, len(word)) + 1):
                    found[word[start:end]] = None
        else:
            plain = folded(word)[:LONGEST_BEGINNING]
            for end in range(1, len(plain) + 1):
                found[plain[:end]] = None
    return list(found)


def begun(text: str, language: str) -> list[str]:
    """What `beginnings` has to hold, all of it, for a text to go on as it was begun."""
    parts: list[str] = []
    for word in spoken(text, language):
        if is_han(word):
            parts += [word[at : at + _LONGEST_RUN] for at in range(0, len(word), _LONGEST_RUN)]
        else:
            parts.append(folded(word)[:LONGEST_BEGINNING])
    return [part for part in dict.fromkeys(parts) if part]


def pieces(word: str) -> list[str]:
    """Three letters each of a folded word, its ends marked: words that share many are alike."""
    framed = f"^{word}$"
    return list(dict.fromkeys(framed[at : at + 3] for at in range(len(framed) - 2)))
