"""What an answer must keep of its source: the tags, and what is no prose.

A service gets a fragment without the attributes of its tags: they are ours (ids of pages and
images, addresses) and nobody else's. A tag that had some carries a number, by which they are put
back. The answer must hold the same tags, well nested, and those that make paragraphs and lists in
the same order; links and emphasis may move within a sentence. Placeholders, addresses and document
symbols must come back letter by letter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from html.parser import HTMLParser

from django.utils.translation import gettext_lazy as _

from search.analysis import symbols

from .provider import Kind

_VOID = frozenset({"br", "hr", "embed", "img"})
#: Tags whose order and nesting are the structure of the text.
_STRUCTURE = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "hr", "embed", "img"}
    | {"blockquote", "table", "thead", "tbody", "tr", "td", "th"}
)
#: The editor's own marks, made anew for each text.
_NOISE = frozenset({"data-block-key"})
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\{?\s*[\w.]+\s*\}?\}|\$\{\w+\}")
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+|[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_TRAILING = ".,;:!?)]}'\""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


class Fault(StrEnum):
    """Why an answer is not taken."""

    EMPTY = "empty"
    TAGS = "tags"
    PLACEHOLDERS = "placeholders"
    LENGTH = "length"

    @property
    def label(self) -> str:
        return str(_FAULTS[self])


_FAULTS = {
    Fault.EMPTY: _("The answer was empty."),
    Fault.TAGS: _("Links, emphasis or paragraphs were lost or changed."),
    Fault.PLACEHOLDERS: _("An address, a document symbol or a placeholder was lost or changed."),
    Fault.LENGTH: _("The answer is longer than the field may be."),
}


class BrokenMarkup(ValueError):
    """Raised for an answer that lost something; `fault` says what."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.label)


@dataclass(frozen=True)
class _Piece:
    """A stretch of words (`name` ""), or a tag. `kind`: "open", "close", "void" or "data"."""

    kind: str
    name: str = ""
    text: str = ""
    attributes: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True)
class Protected:
    """A text ready to be sent. `text`: what is sent; `restored`: takes the answer."""

    text: str
    kind: Kind
    _source: str
    _pieces: tuple[_Piece, ...] = ()

    def restored(self, answer: str) -> str:
        """The answer as we keep it. Raises BrokenMarkup."""
        answer = _CONTROL.sub("", answer).strip()
        if self.kind == "html":
            return self._restored_html(answer)
        if "\n" not in self._source:
            answer = " ".join(answer.split())
        if not answer:
            raise BrokenMarkup(Fault.EMPTY)
        _check_placeholders(self._source, answer)
        return answer

    def _restored_html(self, answer: str) -> str:
        pieces = _parse(answer)
        if not _words(pieces).strip():
            raise BrokenMarkup(Fault.EMPTY)
        _check_nesting(pieces)
        ours = [piece for piece in self._pieces if piece.kind in ("open", "void")]
        numbered = dict(enumerate(ours, start=1))
        theirs = [piece for piece in pieces if piece.kind in ("open", "void")]
        if Counter(_mark(piece, numbered) for piece in theirs) != Counter(
            (piece.name, number if _kept(piece) else 0) for number, piece in numbered.items()
        ):
            raise BrokenMarkup(Fault.TAGS)
        if list(_skeleton(pieces)) != list(_skeleton(self._pieces)):
            raise BrokenMarkup(Fault.TAGS)
        _check_placeholders(_words(self._pieces), _words(pieces))
        return "".join(_written(piece, _original(piece, numbered)) for piece in pieces)


def protect(text: str, kind: Kind) -> Protected:
    """A text as it may be sent, with what is needed to take the answer. Raises BrokenMarkup where
    the text itself is no well-formed fragment."""
    if kind == "text":
        return Protected(text=text, kind=kind, _source=text)
    pieces = _parse(text)
    _check_nesting(pieces)
    number = 0
    sent = []
    for piece in pieces:
        if piece.kind in ("open", "void"):
            number += 1
            sent.append(f'<{piece.name} id="{number}">' if _kept(piece) else f"<{piece.name}>")
        else:
            sent.append(_written(piece, ()))
    return Protected(text="".join(sent), kind=kind, _source=text, _pieces=tuple(pieces))


# --- reading a fragment --------------------------------------------------------------------------


class _Reader(HTMLParser):
    """Takes a fragment apart. What only a document has (comments, declarations) breaks it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[_Piece] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = "void" if tag in _VOID else "open"
        self.pieces.append(_Piece(kind, tag, attributes=tuple(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.pieces.append(_Piece("close", tag))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self.pieces.append(_Piece("close", tag))

    def handle_data(self, data: str) -> None:
        self.pieces.append(_Piece("data", text=data))

    def handle_comment(self, data: str) -> None:
        raise BrokenMarkup(Fault.TAGS)

    def handle_decl(self, decl: str) -> None:
        raise BrokenMarkup(Fault.TAGS)

    def handle_pi(self, data: str) -> None:
        raise BrokenMarkup(Fault.TAGS)

    def unknown_decl(self, data: str) -> None:
        raise BrokenMarkup(Fault.TAGS)


def _parse(fragment: str) -> list[_Piece]:
    reader = _Reader()
    reader.feed(fragment)
    reader.close()
    return reader.pieces


def _words(pieces: Iterable[_Piece]) -> str:
    """The words; a blank where a tag of structure stands, so that words of two paragraphs don't
    become one."""
    return "".join(piece.text or (" " if piece.name in _STRUCTURE else "") for piece in pieces)


def _check_nesting(pieces: Iterable[_Piece]) -> None:
    inside: list[str] = []
    for piece in pieces:
        if piece.kind == "open":
            inside.append(piece.name)
        elif piece.kind == "close" and (not inside or inside.pop() != piece.name):
            raise BrokenMarkup(Fault.TAGS)
    if inside:
        raise BrokenMarkup(Fault.TAGS)


def _check_placeholders(source: str, answer: str) -> None:
    if _fixed(source) != _fixed(answer):
        raise BrokenMarkup(Fault.PLACEHOLDERS)


def _fixed(text: str) -> Counter[str]:
    """What must come back as it is: placeholders, addresses, symbols."""
    found = Counter("".join(match.split()) for match in _PLACEHOLDER.findall(text))
    found.update(match.rstrip(_TRAILING) for match in _ADDRESS.findall(text))
    found.update(symbol.name for symbol in symbols(_ADDRESS.sub(" ", text)))
    return found


# --- tags and their numbers ----------------------------------------------------------------------


def _kept(piece: _Piece) -> tuple[tuple[str, str | None], ...]:
    return tuple((name, value) for name, value in piece.attributes if name not in _NOISE)


def _number(piece: _Piece) -> int:
    value = dict(piece.attributes).get("id") or ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 0


def _mark(piece: _Piece, numbered: dict[int, _Piece]) -> tuple[str, int]:
    """(name, number) of a tag of an answer; number 0 where it is none of ours."""
    number = _number(piece)
    return piece.name, number if number in numbered else 0


def _original(piece: _Piece, numbered: dict[int, _Piece]) -> tuple[tuple[str, str | None], ...]:
    ours = numbered.get(_number(piece)) if piece.kind != "close" else None
    return _kept(ours) if ours and ours.name == piece.name else ()


def _skeleton(pieces: Iterable[_Piece]) -> Iterable[tuple[str, str]]:
    return ((piece.kind, piece.name) for piece in pieces if piece.name in _STRUCTURE)


def _written(piece: _Piece, attributes: Iterable[tuple[str, str | None]]) -> str:
    if piece.kind == "data":
        return escape(piece.text, quote=False)
    if piece.kind == "close":
        return f"</{piece.name}>"
    written = "".join(
        f' {name}="{escape(value)}"' if value is not None else f" {name}"
        for name, value in attributes
    )
    return f"<{piece.name}{written}{'/' if piece.kind == 'void' else ''}>"
