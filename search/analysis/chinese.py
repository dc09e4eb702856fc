"""Chinese: traditional made simplified, then single characters and pairs of neighbours.

A run ``人权法`` gives ``人 人权 权 权法 法``: in this order a quoted phrase is found by its terms
standing next to each other, at the ends of a run too.

Characters are converted one by one. A converter that looks at phrases (``乾`` stays in ``乾隆``)
is right for readers and wrong here, where only one thing counts: that text and query agree.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from opencc import OpenCC

from search.analysis.words import word_set

STOPWORDS = word_set(
    "的 了 和 与 及 或 在 是 之 其 于 以 为 而 等 对 由 并 也 都 这 那 有 个 所 则 该 各"
)
"""Single characters that join others; a pair of characters is always worth looking up."""


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=32_768)
def simplified(character: str) -> str:
    """The simplified form of one character (of one character always one)."""
    plain = unicodedata.normalize("NFKC", character)
    found: str = _converter().convert(plain)
    return found if len(found) == 1 else plain[:1]


def runs(run: str) -> Iterator[tuple[str, int, int]]:
    """Terms of a run of Han characters with their places in it."""
    characters = [simplified(character) for character in run]
    for place, character in enumerate(characters):
        yield character, place, place + 1
        if place + 1 < len(characters):
            yield character + characters[place + 1], place, place + 2


@lru_cache(maxsize=100_000)
def terms(run: str) -> tuple[str, ...]:
    """Terms of a run of Han characters, in order."""
    return tuple(term for term, _, _ in runs(run))
