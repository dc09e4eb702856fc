"""Finding words in a text, and making the plain form of one word.

Words are found in the *original* text, so that a term's place is exact without any bookkeeping;
each word is then made plain by itself, and remembered, since a language has few words.

Everything here is common to the six languages: compatibility forms (NFKC), bidirectional and
zero-width marks, soft hyphens, typographic apostrophes, letter case, digits of other scripts.
Hyphens of every kind end a word, so they are alike without being touched.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

FIRST_HAN = "\u3005"
"""No word that begins before this character is a run of Han characters."""

LONGEST_WORD = 64
"""Characters kept of one word; what is longer is a pasted address or noise."""

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_IGNORED = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_MARKS = "\u0300-\u034e\u0350-\u036f\u0483-\u0487\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
_APOSTROPHES = "'\u2018\u2019\u201b\u02bc\u02b9\u00b4`\u2032\uff07"

_PIECE = rf"[^\W_{_HAN}]+(?:[{_MARKS}{_IGNORED}]+[^\W_{_HAN}]*)*"
WORDS = re.compile(rf"[{_HAN}]+|{_PIECE}(?:[{_APOSTROPHES}]{_PIECE})*")
"""A run of Han characters, or a word of any other script with its marks and inner apostrophes."""

_DROPPED = re.compile(f"[{_IGNORED}]")
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
_ACCENTS = re.compile("[\u0300-\u036f]")
_DIGITS = {base + value: str(value) for base in (0x0660, 0x06F0) for value in range(10)}
_LETTERS_WITHOUT_DECOMPOSITION = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ß": "ss", "þ": "th", "ð": "d"}
)


class Token(NamedTuple):
    """A term and its place in the text it was found in: ``text[start:end]``."""

    term: str
    start: int
    end: int


def is_han(word: str) -> bool:
    """Whether a match of `WORDS` is a run of Han characters (one such character decides)."""
    first = word[0]
    return (
        "\u4e00" <= first <= "\u9fff"
        or "\u3400" <= first <= "\u4dbf"
        or "\uf900" <= first <= "\ufaff"
        or first >= "\U00020000"
        or first in "\u3005\u3007"
    )


def is_arabic(word: str) -> bool:
    """Whether the word is written in Arabic script, presentation forms included."""
    first = word[0]
    return (
        "\u0600" <= first <= "\u06ff"
        or "\u0750" <= first <= "\u077f"
        or "\u08a0" <= first <= "\u08ff"
        or "\ufb50" <= first <= "\ufdff"
        or "\ufe70" <= first <= "\ufeff"
    )


def is_cyrillic(word: str) -> bool:
    """Whether the word is written in Cyrillic script."""
    return "\u0400" <= word[0] <= "\u052f"


def plain(word: str) -> str:
    """The word without differences that nobody searches for, lower case, accents still on."""
    if not word.isascii():
        word = unicodedata.normalize("NFKC", _APOSTROPHE.sub("'", word))
        # A few ligatures (``ﷺ``) stand for several words: they are one all the same.
        word = "".join(_DROPPED.sub("", word).split()).translate(_DIGITS)
    return word.lower()[:LONGEST_WORD]


def fold(word: str) -> str:
    """The word without accents: ``liberté`` and ``liberte`` are one."""
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word.translate(_LETTERS_WITHOUT_DECOMPOSITION))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", apart))


def elided(word: str) -> int:
    """How many characters of `word` come before the last apostrophe, it included; else 0."""
    last = 0
    for match in _APOSTROPHE.finditer(word):
        last = match.end()
    return last


def word_set(words: str) -> frozenset[str]:
    """The words of a list that is written as text."""
    return frozenset(words.split())
