"""Lines written from right to left, put in the order in which they are read.

A PDF holds letters and their places, in whatever order its program drew them. So the words of a
line are ordered by their place, and the letters of a word: from the right, but numbers and Latin
words from the left.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

_RIGHT, _LEFT = frozenset({"R", "AL"}), frozenset({"L", "EN", "AN"})
_Item = TypeVar("_Item")


class Letter(NamedTuple):
    """A letter and where it stands, in points from the left of the page."""

    text: str
    left: float
    right: float


def is_right_to_left(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in _RIGHT


def _is_left_to_right(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in _LEFT


def in_reading_order(line: Sequence[Letter]) -> str:
    """The text of a line. Left as it came where most of it runs from the left."""
    from_right = sum(is_right_to_left(letter.text) for letter in line)
    letters = sum(letter.text.isalpha() for letter in line)
    words = _words(line)
    if from_right * 2 > letters:
        words.sort(key=lambda word: -max(letter.right for letter in word))
        words = _restored(words, is_left=_runs_from_left, is_right=_runs_from_right)
    return " ".join(_spelled(word) for word in words)


def _words(line: Sequence[Letter]) -> list[list[Letter]]:
    words: list[list[Letter]] = [[]]
    for letter in line:
        if letter.text.isspace():
            words.append([])
        else:
            words[-1].append(letter)
    return [word for word in words if word]


def _runs_from_right(word: Iterable[Letter]) -> bool:
    return any(is_right_to_left(letter.text) for letter in word)


def _runs_from_left(word: Sequence[Letter]) -> bool:
    return not _runs_from_right(word) and any(_is_left_to_right(letter.text) for letter in word)


def _spelled(word: Sequence[Letter]) -> str:
    if not _runs_from_right(word):
        return "".join(letter.text for letter in word)
    placed = sorted(word, key=lambda letter: -(letter.left + letter.right))
    return "".join(
        _restored(
            [letter.text for letter in placed],
            is_left=_is_left_to_right,
            is_right=is_right_to_left,
        )
    )


def _restored(
    items: Sequence[_Item],
    *,
    is_left: Callable[[_Item], bool],
    is_right: Callable[[_Item], bool],
) -> list[_Item]:
    """Items taken from the right, with each run of left-to-right ones turned round again. What is
    neither goes with the run if it stands inside one."""
    out: list[_Item] = []
    run: list[_Item] = []
    held: list[_Item] = []
    for item in items:
        if is_left(item):
            (run if run else out).extend(held)
            held.clear()
            run.append(item)
        elif run and not is_right(item):
            held.append(item)
        else:
            out += [*reversed(run), *held, item]
            run.clear()
            held.clear()
    return [*out, *reversed(run), *held]
