"""Finding names and terms in a text, fast, in six languages.

A `Finder` holds many forms and finds, from left to right, the longest that stands at each place:

- words are compared without accents, case and typographic differences, by stem where a form is
  `inflected` ("прав человека" is found by "права человека"), else letter by letter, in Russian
  without the endings of its cases;
- an Arabic word is also tried without the conjunctions and prepositions that are written onto it;
- a word that a form writes with a capital must have one in the text too, in scripts that have them;
- a form reaches over no comma and no end of a sentence or line but its own;
- Chinese is compared character by character, traditional as simplified.

Knows neither where forms come from nor what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from search.analysis import arabic, chinese, terms
from search.analysis.french import ELISION
from search.analysis.words import (
    WORDS,
    elided,
    fold,
    is_arabic,
    is_cyrillic,
    is_han,
    plain,
    word_set,
)

Value = TypeVar("Value")

#: What parts words; a full stop after a short word is an abbreviation's.
_BREAK = re.compile(r"[;:!?…,\n\r\t|«»“”„\"،؛؟。；：！？，、.]")
_ABBREVIATION = 3
_ARTICLES = {
    "en": re.compile(r"^the\s+", re.I),
    "fr": re.compile(r"^(?:l[’']|(?:le|la|les)\s+)", re.I),
    "es": re.compile(r"^(?:el|la|los|las)\s+", re.I),
}
#: Russian names that have no cases ("Перу", "Того"); without endings they were other words.
_INVARIABLE = re.compile(r"[А-ЯЁ].*(?<!ств)(?<![ыиоея])[иуоеэ]")
_NOMINATIVE = re.compile(r"(?<=..)(?:ая|яя|ое|ее|ые|ие|ый|ий|ой|[аяоеыиьй])$")
_FLEETING = re.compile(r"(?<=...)е(т)$")
_CASES = word_set(
    """а я о е и ы у ю ь й ая яя ое ее ые ие ый ий ой ей ую юю ою ею ом ем ам ям ах ях ов ев ым им
    ых их ого его ому ему ами ями ыми ими"""
)
_SHORTEST = 2
_WIDE = str.maketrans("（）　", "() ")


class Form(NamedTuple, Generic[Value]):
    """A way to write something. `value`: what is given back where it is found, None to take the
    words away from shorter forms ("New Mexico"); `inflected`: whether endings may differ."""

    text: str
    value: Value | None
    inflected: bool = False


class Found(NamedTuple, Generic[Value]):
    """`text[start:end]` is a form of `value`."""

    start: int
    end: int
    value: Value


def without_article(name: str, language: str) -> str:
    """A name as it is found in a sentence: "the French Republic" → "French Republic"."""
    pattern = _ARTICLES.get(language)
    return pattern.sub("", name.strip(), count=1) if pattern else name.strip()


@dataclass
class _Node(Generic[Value]):
    next: dict[str, _Node[Value]] = field(default_factory=dict)
    #: (which words have a capital, value), in the order in which forms were given.
    ends: list[tuple[tuple[bool, ...], Value | None]] = field(default_factory=list)


class _Word(NamedTuple):
    start: int
    end: int
    keys: tuple[str, ...]
    capital: bool


class Finder(Generic[Value]):
    """Finds forms in texts of one language. Made once, asked often, from many threads."""

    def __init__(self, forms: Iterable[Form[Value]], language: str) -> None:
        self._language = language
        self._root: _Node[Value] = _Node()
        self._by_first: dict[str, list[tuple[str, Value | None]]] = {}
        for form in forms:
            if language == "zh":
                self._add_characters(form)
            else:
                self._add_words(form)
        for same in self._by_first.values():
            same.sort(key=lambda pair: -len(pair[0]))

    def find(self, text: str) -> list[Found[Value]]:
        """What stands in the text, in order and apart."""
        found = self._characters(text) if self._language == "zh" else self._phrases(text)
        return [Found(start, end, value) for start, end, value in found if value is not None]

    # --- words -----------------------------------------------------------------------------------

    def _add_words(self, form: Form[Value]) -> None:
        words = list(_words(form.text, self._language))
        if not words:
            return
        nodes = [self._root]
        for place, word in enumerate(words):
            joint = _joint(form.text, words, place)
            keys = _form_keys(form, word, self._language)
            nodes = [node.next.setdefault(joint + key, _Node()) for node in nodes for key in keys]
        for node in nodes:
            node.ends.append((tuple(word.capital for word in words), form.value))

    def _phrases(self, text: str) -> Iterator[tuple[int, int, Value | None]]:
        words = list(_words(text, self._language))
        place = 0
        while place < len(words):
            longest = self._longest(text, words, place)
            if longest is None:
                place += 1
                continue
            count, value = longest
            yield words[place].start, words[place + count - 1].end, value
            place += count

    def _longest(
        self, text: str, words: list[_Word], place: int
    ) -> tuple[int, Value | None] | None:
        best: tuple[int, Value | None] | None = None
        nodes = [self._root]
        for count, word in enumerate(words[place:], start=1):
            joint = _joint(text, words, place + count - 1) if count > 1 else ""
            keys = [joint + key for key in word.keys]
            nodes = [node.next[key] for node in nodes for key in keys if key in node.next]
            if not nodes:
                break
            written = [word.capital for word in words[place : place + count]]
            for node in nodes:
                for capitals, value in node.ends:
                    if all(has or not needs for needs, has in zip(capitals, written, strict=True)):
                        best = best if best and best[0] == count else (count, value)
        return best

    # --- characters ------------------------------------------------------------------------------

    def _add_characters(self, form: Form[Value]) -> None:
        text = _simplified(form.text.strip())
        if text:
            self._by_first.setdefault(text[0], []).append((text, form.value))

    def _characters(self, text: str) -> Iterator[tuple[int, int, Value | None]]:
        plain_text = _simplified(text)
        place = 0
        while place < len(plain_text):
            for form, value in self._by_first.get(plain_text[place], ()):
                end = place + len(form)
                if plain_text.startswith(form, place) and not _cuts_a_word(plain_text, place, end):
                    yield place, end, value
                    place = end
                    break
            else:
                place += 1


def _words(text: str, language: str) -> Iterator[_Word]:
    for match in WORDS.finditer(text):
        word, start = match.group(), match.start()
        if language == "fr" and ELISION.match(plain(word)):
            start += elided(word)
            word = text[start : match.end()]
        if word:
            yield _Word(start, match.end(), _keys(word, language), word[0].isupper())


def _form_keys(form: Form[Value], word: _Word, language: str) -> tuple[str, ...]:
    """The keys under which a form's word is kept; several where it changes within ("Египет")."""
    if form.inflected:
        return word.keys[-1:]
    text = form.text[word.start : word.end]
    if not is_cyrillic(text) or _INVARIABLE.fullmatch(text):
        return word.keys[:1]
    stem = _NOMINATIVE.sub("", _bare(text))
    changed = _FLEETING.sub(r"\1", stem)
    return tuple(f"≈{one}" for one in dict.fromkeys((stem, changed)))


@lru_cache(maxsize=100_000)
def _keys(word: str, language: str) -> tuple[str, ...]:
    """By what a word is looked up: itself first, what may be left of it without its clitics or its
    ending, its stem last."""
    if is_han(word):
        return (word,)
    stem = "~" + " ".join(terms(word, language))
    if is_arabic(word):
        return (*(f"={one}" for one in _without_clitics(arabic.normalise(plain(word)))), stem)
    bare = _bare(word)
    if is_cyrillic(word):
        return (f"={bare}", *(f"≈{one}" for one in _without_case(bare)), stem)
    return (f"={bare}", stem)


def _bare(word: str) -> str:
    bare = plain(word).removesuffix("'s").replace("'", "").replace("ё", "е")
    return bare if is_cyrillic(word) else fold(bare)  # й is a letter of its own


def _without_case(word: str) -> list[str]:
    """What a Russian word may have been before its ending, the word itself included."""
    stems = [word]
    for length in (1, 2, 3):
        if len(word) - length >= _SHORTEST and word[-length:] in _CASES:
            stems += [word[:-length], word[:-length].removesuffix("ь")]
    return list(dict.fromkeys(stems))


def _without_clitics(word: str) -> list[str]:
    """An Arabic word and what is left of it without clitics, which may be too little: then no form
    is found by it."""
    found = [word]
    if len(word) > 3 and word[0] in "وف":
        found.append(word[1:])
    for one in list(found):
        if one.startswith("لل") and len(one) > 3:
            found += [f"ال{one[2:]}", one[1:]]
        elif len(one) > 3 and one[0] in "بلك":
            found.append(one[1:])
    return found


def _joint(text: str, words: list[_Word], place: int) -> str:
    """What stands between a word and the one before it: "," where that parts them, else ""."""
    if place == 0:
        return ""
    before, after = words[place - 1], words[place]
    between = text[before.end : after.start]
    if between == " ":
        return ""
    if "." in between and before.end - before.start <= _ABBREVIATION:
        between = between.replace(".", "")
    return "," if _BREAK.search(between) else ""


@lru_cache(maxsize=32)
def _simplified(text: str) -> str:
    """Simplified characters, as many as there were."""
    return "".join(
        simple if len(simple := chinese.simplified(character)) == 1 else character
        for character in text.translate(_WIDE)
    )


def _cuts_a_word(text: str, start: int, end: int) -> bool:
    """Whether a form in Latin letters would begin or end in the middle of a word."""

    def is_latin(place: int) -> bool:
        return 0 <= place < len(text) and text[place].isascii() and text[place].isalnum()

    return (is_latin(start) and is_latin(start - 1)) or (is_latin(end - 1) and is_latin(end))
