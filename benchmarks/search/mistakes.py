"""What happens between a reader's head and the query: slips, things left out, other spellings."""

from __future__ import annotations

import random
import re
import unicodedata

from opencc import OpenCC

_ALPHABETS = {
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "en": "abcdefghijklmnopqrstuvwxyz",
    "fr": "abcdefghijklmnopqrstuvwxyz",
    "es": "abcdefghijklmnopqrstuvwxyz",
    "ru": "абвгдежзийклмнопрстуфхцчшщыьэюя",
}
_SHORTEST = 5
_TRADITIONAL = OpenCC("s2t")
_HARAKAT = "\u064e\u064f\u0650\u0652"
_SPELLINGS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"})


def mistyped(words: list[str], language: str, rng: random.Random, *, slips: int = 1) -> list[str]:
    """The words with one slip in each of `slips` words of five letters or more: a letter that is
    another, one left out, one too many, or two that changed places. Of Chinese, a wrong
    character. Nothing where no word is long enough."""
    if language == "zh":
        return _wrong_character(words, rng)
    long = [at for at, word in enumerate(words) if len(word) >= _SHORTEST]
    if len(long) < slips:
        return []
    chosen = set(rng.sample(long, slips))
    return [
        _slip(word, _ALPHABETS[language], rng) if at in chosen else word
        for at, word in enumerate(words)
    ]


def _slip(word: str, alphabet: str, rng: random.Random) -> str:
    while True:
        at = rng.randrange(len(word))
        match rng.randrange(4):
            case 0:
                changed = word[:at] + rng.choice(alphabet) + word[at + 1 :]
            case 1:
                changed = word[:at] + word[at + 1 :]
            case 2:
                changed = word[:at] + rng.choice(alphabet) + word[at:]
            case _:
                at = min(at, len(word) - 2)
                changed = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        if changed != word:
            return changed


def _wrong_character(words: list[str], rng: random.Random) -> list[str]:
    """One character of all is another, one that is often used."""
    text = " ".join(words)
    places = [at for at, one in enumerate(text) if "\u4e00" <= one <= "\u9fff"]
    if len(places) < 4:
        return []
    at = rng.choice(places)
    wrong = rng.choice("国人大中上地出年会时要发成事作用于民部工机力提利应场形组性统原好部员系电")
    return (text[:at] + wrong + text[at + 1 :]).split()


def without_accents(text: str) -> str:
    """As typed on a keyboard without accents."""
    apart = unicodedata.normalize("NFD", text.replace("ё", "е"))
    kept = "".join(one for one in apart if not "\u0300" <= one <= "\u036f" or one == "\u0306")
    return unicodedata.normalize("NFC", kept)


def vocalised(text: str, rng: random.Random) -> str:
    """With a vowel mark after most letters."""
    return "".join(
        one + (rng.choice(_HARAKAT) if one.isalpha() and rng.random() < 0.6 else "") for one in text
    )


def stretched(text: str, rng: random.Random) -> str:
    """With tatweel inside words, as it is set in print."""
    return re.sub(
        r"(?<=[\u0620-\u064a])(?=[\u0620-\u064a])",
        lambda _: "ـ" * rng.randrange(1, 4) if rng.random() < 0.25 else "",
        text,
    )


def loosely_spelled(text: str, rng: random.Random) -> str:
    """Hamza, ya and ta marbuta as many write them."""
    return text.translate(_SPELLINGS)


def traditional(text: str) -> str:
    """In traditional characters."""
    return str(_TRADITIONAL.convert(text))
