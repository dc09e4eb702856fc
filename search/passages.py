"""Titles and passages with what was searched for marked, from the places of the terms.

Done here and not by the engines: the terms come from our analysis, so only it knows that
``droits`` was matched by ``droit``; and marks are pieces of text, not HTML, so that a template
escapes everything and right-to-left text stays in its order.
"""

from __future__ import annotations

import re
from collections.abc import Set

from search.analysis import places
from search.results import Fragment

PASSAGE = 240
"""Characters of a passage, about; fewer for Chinese, which says more in one."""

_CHARACTERS = {"zh": 120}
_CHUNK = 20_000
_LEAD = 60
_BLANKS = re.compile(r"\s+")
_CONTROLS = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)
_STARTS = re.compile(r"[.!?。！？؟…]\s*")


def marked(text: str, *, language: str, marks: Set[str]) -> tuple[Fragment, ...]:
    """The whole text, with what matches `marks` marked; nothing for a blank text."""
    if not text.strip():
        return ()
    return _fragments(text, spans=_spans(text, language=language, marks=marks))


def passage(text: str, *, language: str, marks: Set[str]) -> tuple[Fragment, ...]:
    """The part of the text that shows most of the marks, else its beginning.

    Cut at words, with an ellipsis where text is left out.
    """
    length = _CHARACTERS.get(language, PASSAGE)
    start = _best_start(text, language=language, marks=marks, length=length)
    start, end = _cut(text, start=start, length=length)
    fragments = marked(text[start:end], language=language, marks=marks)
    if not fragments:
        return ()
    before = (Fragment("… "),) if text[:start].strip() else ()
    after = (Fragment(" …"),) if text[end:].strip() else ()
    return (*before, *fragments, *after)


def _spans(text: str, *, language: str, marks: Set[str]) -> list[tuple[int, int]]:
    """Places of the marks in order, those that touch put together."""
    spans: list[tuple[int, int]] = []
    for token in places(text, language, marks):
        if spans and token.start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], token.end))
        else:
            spans.append((token.start, token.end))
    return spans


def _fragments(text: str, *, spans: list[tuple[int, int]]) -> tuple[Fragment, ...]:
    fragments = []
    place = 0
    for start, end in spans:
        fragments.append(Fragment(_shown(text[place:start])))
        fragments.append(Fragment(_shown(text[start:end]), marked=True))
        place = end
    fragments.append(Fragment(_shown(text[place:])))
    return tuple(fragment for fragment in fragments if fragment.text)


def _shown(text: str) -> str:
    """Single blanks, no control characters: none may turn the direction of what follows."""
    return _BLANKS.sub(" ", _CONTROLS.sub("", text))


def _best_start(text: str, *, language: str, marks: Set[str], length: int) -> int:
    """Where the stretch of `length` characters begins that holds the most different marks.

    Looks at the text chunk by chunk and stops at the first stretch that holds them all.
    """
    best, start = 0, 0
    for chunk in range(0, len(text), _CHUNK):
        found = places(text[chunk : chunk + _CHUNK], language, marks)
        first = 0
        for last, token in enumerate(found):
            while token.end - found[first].start > length - _LEAD:
                first += 1
            kinds = len({one.term for one in found[first : last + 1]})
            if kinds > best:
                best, start = kinds, chunk + found[first].start
        if best == len(marks):
            break
    return start


def _cut(text: str, *, start: int, length: int) -> tuple[int, int]:
    """Bounds of the passage: a little before the first mark, at a sentence or between words."""
    begin = max(0, start - _LEAD)
    if begin:
        lead = text[begin:start]
        sentences = list(_STARTS.finditer(lead))
        blank = lead.find(" ")
        if sentences:
            begin += sentences[-1].end()
        elif blank >= 0:
            begin += blank + 1
    end = min(len(text), begin + length)
    if end < len(text):
        blank = text.rfind(" ", max(start, end - 30), end)
        end = blank if blank > start else end
    return begin, end
