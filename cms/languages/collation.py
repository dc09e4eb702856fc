"""Alphabetical order and letters of an index, in each language's own way.

The order is the Unicode Collation Algorithm's (pyuca: the default table of UCA 10, which holds
every letter that the six languages use), tailored as CLDR or the language's own reference works
do it. PyICU would know the tailorings, but has no wheels, and icu4py has no collator.

- English, French: the default table. Accents count after all letters, from the left (as in CLDR's
  `fr`; only Canadian French counts them from the right).
- Spanish: ñ is a letter after n (CLDR `es`; ch and ll are not letters since 1994).
- Russian: ё is е, й is a letter of its own (the default table already says so).
- Arabic: the forms of alef are one letter, hamza on waw or ya is its seat, ة goes with ت and ى with
  ي (CLDR `ar`), and the article ال at the head of a name is passed over, as the lists of Member
  States of the United Nations do.
- Chinese: by pinyin, character by character: syllable, tone, code point (CLDR `zh` puts strokes
  before the code point). Characters come before other scripts, as in CLDR.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from . import codes

SortKey = tuple[Any, ...]

_LATIN = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_ALPHABETS: dict[str, tuple[str, ...]] = {
    "ar": tuple("ابتثجحخدذرزسشصضطظعغفقكلمنهوي"),
    "zh": _LATIN,
    "en": _LATIN,
    "fr": _LATIN,
    "ru": tuple("АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЫЭЮЯ"),
    "es": (*_LATIN[:14], "Ñ", *_LATIN[14:]),
}
#: Where a name begins with no letter of the language's alphabet.
OTHER = "#"

# Private-use characters that stand for tailored letters; given weights in `_collator`.
_ENYE, _CAPITAL_ENYE = "\ue000", "\ue001"
_ARTICLE = "ال"
_ARABIC_LETTERS = str.maketrans("أإآٱؤئىة", "ااااوييت")
_ARABIC_MARKS = frozenset("ـ\u200c\u200d\u200e\u200f\u061c")
#: Readings of characters in the names of places, where the dictionary's first reading is another.
_PLACE_READINGS = {"塞": "sai4", "蒙": "meng3", "鲜": "xian3"}


def alphabet(language: str) -> tuple[str, ...]:
    """The letters of a language's index, in order; for Chinese the initials of pinyin."""
    return _ALPHABETS[codes.get(language).code]


def sort_key(language: str) -> Callable[[str], SortKey]:
    """`sorted(names, key=sort_key("es"))`. Keys of different languages can't be compared."""
    code = codes.get(language).code
    return lambda text: _key(code, text)


def letter(text: str, language: str) -> str:
    """The letter under which an index of the language lists a text; OTHER where there is none."""
    letters = alphabet(language)
    if language == "ar":
        text = _without_article(_without_marks(text))
    first = next((character for character in text if character.isalnum()), "")
    if language == "zh" and _is_han(first):
        first = _readings(text[text.index(first) :])[0][0]
    elif language == "ar":
        first = first.translate(_ARABIC_LETTERS)
    first = first.upper()[:1]
    if first not in letters:
        first = unicodedata.normalize("NFKD", _LIGATURES.get(first, first))[:1].upper()
    return first if first in letters else OTHER


#: Letters that Unicode does not take apart.
_LIGATURES = {"Œ": "O", "Æ": "A", "Ø": "O", "Ł": "L", "Đ": "D", "Ё": "Е"}


@lru_cache(maxsize=8192)
def _key(code: str, text: str) -> SortKey:
    text = unicodedata.normalize("NFC", text)
    if code == "zh":
        return (_pinyin_key(text), text)
    if code == "ar":
        plain = _without_article(_without_marks(text)).translate(_ARABIC_LETTERS)
        return (*_weights(plain), -1, *_weights(text))
    if code == "es":
        text = text.replace("ñ", _ENYE).replace("Ñ", _CAPITAL_ENYE)
    return _weights(text)


def _weights(text: str) -> SortKey:
    return tuple(_collator().sort_key(text))


@cache
def _collator() -> Any:
    # Some megabytes of table: read when something is first sorted, not at every start.
    from pyuca import Collator

    collator = Collator()
    n = collator.collation_elements("n")[0][0]
    for character, tertiary in ((_ENYE, 2), (_CAPITAL_ENYE, 8)):
        collator.table.add([ord(character)], [[n + 0.5, 0x20, tertiary]])
    return collator


def _without_marks(text: str) -> str:
    return "".join(character for character in text if character not in _ARABIC_MARKS)


def _without_article(text: str) -> str:
    text = text.lstrip()
    bare = text.removeprefix(_ARTICLE)
    return bare if bare else text


def _is_han(character: str) -> bool:
    return bool(character) and (
        "\u3400" <= character <= "\u9fff"
        or "\uf900" <= character <= "\ufaff"
        or "\U00020000" <= character <= "\U0003ffff"
    )


def _readings(text: str) -> list[str]:
    """The pinyin of each character with its tone ("zhong1"); others as they are."""
    from pypinyin import Style, lazy_pinyin

    readings = lazy_pinyin(
        text,
        style=Style.TONE3,
        neutral_tone_with_five=True,
        errors=list,  # type: ignore[arg-type]  # the hint says str; a list is taken and needed
    )
    return [
        _PLACE_READINGS.get(character, reading)
        for character, reading in zip(text, readings, strict=True)
    ]


def _pinyin_key(text: str) -> SortKey:
    key: list[tuple[Any, ...]] = []
    for character, reading in zip(text, _readings(text), strict=True):
        if _is_han(character) and reading[-1].isdigit():
            syllable = reading[:-1]  # ü is written v: next to u, whatever follows
            key.append((1, syllable.replace("v", "u"), "v" in syllable, reading[-1], character))
        else:
            group = 2 if character.isalpha() else 0
            key.append((group, "", False, "", _weights(character)))
    return tuple(key)
