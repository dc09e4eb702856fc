"""What is looked for, and what should be found: made by chance from a seed.

A *known item* is one that a reader has seen and looks for again: by the words of its title, or by
a few telling words of one place of its text. No other item has all of these words.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from search.analysis import LANGUAGES

from .corpus import Item
from .inflecting import inflected
from .mistakes import (
    loosely_spelled,
    mistyped,
    stretched,
    traditional,
    vocalised,
    without_accents,
)

A_KIND = 60
"""Queries of each language and kind."""

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u064b-\u0652'’])*")
_ELIDED = re.compile(r"\b(?:[ldnscjm]|qu)[’']", re.IGNORECASE)
_WINDOW = 12
_LONGEST_LABEL = 6
_PICKED = (3, 4)


@dataclass(frozen=True)
class KnownItem:
    """A query in a reader's language, and the key of what it should find."""

    text: str
    language: str
    kind: str
    key: str


def known_items(items: list[Item], seed: str, amount: int = A_KIND) -> Iterator[KnownItem]:
    """`amount` of each language and kind, as far as there are so many."""
    for language in LANGUAGES:
        words = _Texts(items, language)
        for kind, change in _changes(language).items():
            rng = random.Random(f"{seed} {language} {kind}")
            made = 0
            for _ in range(amount * 20):
                picked = words.pick(rng)
                typed = change(picked[1], rng) if picked else ""
                if picked and typed and typed != " ".join(picked[1]):
                    yield KnownItem(typed, language, kind, picked[0])
                    made += 1
                if made == amount:
                    break
        yield from _symbols(items, seed, language, amount)


_Change = Callable[[list[str], random.Random], str]


def _changes(language: str) -> dict[str, _Change]:
    """How the words of an item are typed, by kind of query; "" where it can't be done."""
    found: dict[str, _Change] = {}
    if language == "zh":
        found["words"] = lambda words, rng: " ".join(rng.sample(words, len(words)))
        found["traditional"] = lambda words, rng: traditional(" ".join(words))
    else:
        found["inflected"] = lambda words, rng: " ".join(_inflected(words, language, rng))
    if language in ("fr", "es", "ru"):
        found["accents left out"] = lambda words, rng: without_accents(
            " ".join(_inflected(words, language, rng))
        )
    if language == "ar":
        found["vowel marks"] = lambda words, rng: vocalised(" ".join(words), rng)
        found["tatweel"] = lambda words, rng: stretched(" ".join(words), rng)
        found["hamza"] = lambda words, rng: loosely_spelled(" ".join(words), rng)
    found["a typo"] = lambda words, rng: " ".join(mistyped(words, language, rng))
    if language != "zh":
        found["two typos"] = lambda words, rng: " ".join(mistyped(words, language, rng, slips=2))
    return found


def _inflected(words: list[str], language: str, rng: random.Random) -> list[str]:
    return [inflected(word, language, rng) for word in words]


class _Texts:
    """The items that have a text in one language, and how often its words occur."""

    def __init__(self, items: list[Item], language: str) -> None:
        self._language = language
        texts = [(item, _words(item.text(language), language)) for item in items]
        self._texts = [(item, words) for item, words in texts if words and item.kind != "draft"]
        self._sets = {item.key: frozenset(words) for item, words in self._texts}
        self._used_in = Counter(word for words in self._sets.values() for word in words)
        self._labels = [one for one in self._texts if one[0].kind == "unbis"]
        self._long = [one for one in self._texts if one[0].kind != "unbis"]

    def pick(self, rng: random.Random) -> tuple[str, list[str]] | None:
        """An item and the words to find it by; None where they would find others as well."""
        if rng.random() < 0.5:
            item, words = rng.choice(self._labels)
            telling = [word for word in words if len(word) > 3 or self._language == "zh"]
            enough = self._language == "zh" or max(map(len, telling), default=0) >= 5
            if not telling or len(telling) > _LONGEST_LABEL or not enough:
                return None
        else:
            item, words = rng.choice(self._long)
            start = rng.randrange(max(1, len(words) - _WINDOW))
            window = dict.fromkeys(words[start : start + _WINDOW])
            rare = sorted(window, key=lambda word: self._used_in[word])[: rng.choice(_PICKED)]
            telling = [word for word in window if word in rare and len(word) > 1]
            if len(telling) < 2:
                return None
        return (item.key, telling) if self._is_unique(telling) else None

    def _is_unique(self, words: list[str]) -> bool:
        wanted = frozenset(words)
        return sum(wanted <= other for other in self._sets.values()) == 1


def _words(text: str, language: str) -> list[str]:
    """The words of a text in lower case; of Chinese, its stretches of up to four characters."""
    if language == "zh":
        return [
            run[at : at + 4]
            for run in re.findall(r"[\u4e00-\u9fff]+", text)
            for at in range(0, len(run), 4)
            if len(run[at : at + 4]) > 1
        ]
    text = _ELIDED.sub("", unicodedata.normalize("NFC", text).replace("\u0640", ""))
    return [word.lower() for word in _WORD.findall(text)]


def _symbols(items: list[Item], seed: str, language: str, amount: int) -> Iterator[KnownItem]:
    """Symbols as they stand, in haste, and half of them where no other ends so."""
    rng = random.Random(f"{seed} {language} symbols")
    with_symbol = [item for item in items if item.symbol]
    chosen = rng.sample(with_symbol, min(amount, len(with_symbol)))
    drafts = [item for item in with_symbol if item.kind == "draft"]
    for item in chosen:
        yield KnownItem(item.symbol, language, "symbol", item.key)
        yield KnownItem(_hasty(item.symbol, rng), language, "symbol in haste", item.key)
    for item in rng.sample(drafts, min(amount, len(drafts))):
        yield KnownItem(_hasty(item.symbol, rng), language, "symbol in haste", item.key)
        half = "/".join(item.symbol.split("/")[rng.choice((1, 2)) :])
        if "." in half and sum(other.symbol.endswith(f"/{half}") for other in drafts) == 1:
            yield KnownItem(half, language, "half a symbol", item.key)


def _hasty(symbol: str, rng: random.Random) -> str:
    ways: list[Callable[[str], str]] = [
        str.lower,
        lambda one: one.replace(".", "").replace("/", " ").lower(),
        lambda one: one.replace("/", " "),
        lambda one: one.replace(".", ""),
        lambda one: one.replace("/", "\u2215"),
        lambda one: one.replace("/", " / "),
        lambda one: f"\u200f{one}\u200e",
        lambda one: one.replace("/", "-"),
    ]
    if symbol.startswith("S/RES/"):
        ways.append(lambda one: f"resolution {one.removeprefix('S/RES/')}")
        ways.append(lambda one: one.split(" ")[0])
    return rng.choice(ways)(symbol)
