"""Marks on the words of the source, from whoever knows something about them (a glossary).

An annotator is asked once a page, with all the pieces joined by empty lines. Registered from
`AppConfig.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup, NavigableString, Tag
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

#: Elements of rich text that are shown (`_SHOWN`); others leave their words behind.
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_INLINE = frozenset({"b", "strong", "i", "em", "sup", "sub", "code", "del", "s"})
_VOID = frozenset({"hr", "br"})
_DROPPED = frozenset({"script", "style", "template"})
_LINES = frozenset({"p", "li", "blockquote", *_VOID, *_HEADINGS})
_SHOWN = frozenset({"ol", "ul", *_LINES, *_INLINE})
_BETWEEN = "\n\n"


@dataclass(frozen=True)
class Mark:
    """A stretch of the source. `start`, `end`: characters of the text that was given; `official`:
    what it is called in the target language, "" where it is not known; `note`: a sentence."""

    start: int
    end: int
    official: str
    note: str = ""


#: (text, source language, target language) → marks.
Annotator = Callable[[str, str, str], list[Mark]]

_annotators: list[Annotator] = []


def register_source_annotator(annotator: Annotator) -> None:
    """Add an annotator, once."""
    if annotator not in _annotators:
        _annotators.append(annotator)


def annotate(texts: Sequence[str], source: str, target: str) -> list[list[Mark]]:
    """The marks of each text, in order and apart: of two that overlap, the longer one."""
    joined = _BETWEEN.join(texts)
    found = [mark for annotator in _annotators for mark in annotator(joined, source, target)]
    result: list[list[Mark]] = []
    start = 0
    for text in texts:
        end = start + len(text)
        own = [m for m in found if start <= m.start < m.end <= end]
        result.append(_apart([replace(m, start=m.start - start, end=m.end - start) for m in own]))
        start = end + len(_BETWEEN)
    return result


def _apart(marks: list[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start - m.end, m.start)):
        if all(mark.end <= other.start or mark.start >= other.end for other in kept):
            kept.append(mark)
    return sorted(kept, key=lambda mark: mark.start)


def text_of(source: str, kind: str) -> str:
    """What annotators are given of a piece, and what their offsets count."""
    if kind != "html":
        return source
    return "".join(text for text, _element in _walk(source))


def shown(source: str, kind: str, marks: Sequence[Mark]) -> SafeString:
    """A piece of the source as HTML, with its marks. Links are shown, not followed: the keyboard
    goes from one piece of the target to the next."""
    if kind != "html":
        return _marked(source, 0, marks)
    parts: list[str] = []
    position = 0
    for text, element in _walk(source):
        parts.append(element if element else _marked(text, position, marks))
        position += len(text)
    return mark_safe("".join(parts))  # noqa: S308  (escaped words, and the elements above)


def _walk(source: str) -> Iterator[tuple[str, str]]:
    """(text, "") for words, ("", element) for a start or end; a line's end counts as a text."""
    yield from _children(BeautifulSoup(source, "html.parser"))


def _children(parent: Tag) -> Iterator[tuple[str, str]]:
    for child in parent.children:
        if type(child) is NavigableString:
            yield str(child), ""
        elif isinstance(child, Tag) and child.name not in _DROPPED:
            yield from _element(child)


def _element(tag: Tag) -> Iterator[tuple[str, str]]:
    start, end = "", ""
    if tag.name in _SHOWN:
        start, end = f"<{tag.name}>", "" if tag.name in _VOID else f"</{tag.name}>"
    elif tag.name == "a":
        start, end = '<span class="pieces__link">', "</span>"
    if start:
        yield "", start
    yield from _children(tag)
    if end:
        yield "", end
    if tag.name in _LINES:
        yield "\n", ""


def _marked(text: str, position: int, marks: Sequence[Mark]) -> SafeString:
    """One stretch of words, `position` characters into its piece."""
    parts: list[str] = []
    done = 0
    for mark in marks:
        start, end = max(mark.start - position, 0), min(mark.end - position, len(text))
        if start >= end:
            continue
        parts.append(conditional_escape(text[done:start]))
        parts.append(format_html('<mark title="{}">{}</mark>', _told(mark), text[start:end]))
        done = end
    parts.append(conditional_escape(text[done:]))
    return mark_safe("".join(parts))  # noqa: S308  (escaped above)


def _told(mark: Mark) -> str:
    return " — ".join(part for part in (mark.official, mark.note) if part)
