"""A text made ready to be taken apart, or refused as no symbol, by its looks alone."""

from __future__ import annotations

import re
from enum import StrEnum

from search.analysis.symbols import without_marks

from .vocabulary import BRACKET_WORDS, MODIFIERS

MAX_LENGTH = 100
"""Signs of a symbol; the longest in use have about fifty."""


class Refusal(StrEnum):
    """Why a text is not a symbol."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    SIGNS = "signs that no symbol has"
    NO_ORGAN = "does not begin with an organ"
    NO_NUMBER = "no number"
    EMPTY_PIECE = "an empty piece"
    SEVERAL = "several symbols"
    REMARK = "a remark that is no part of it"
    BLANK = "a blank inside a piece"


class NotASymbol(ValueError):
    """Raised for a text that can't be a symbol; `reason` says why."""

    def __init__(self, text: str, reason: Refusal) -> None:
        self.reason = reason
        super().__init__(f"{text[:MAX_LENGTH]!r} is not a document symbol: {reason}.")


_ORGAN = re.compile(r"(?=.{1,12}$)[A-Z]+(?:-[A-Z]+)*", re.ASCII)
_SIGNS = re.compile(r"[A-Z0-9./()\[\],*+&; \-]*", re.ASCII)
_SEVERAL = re.compile("[;+&,](?=.*[0-9])| AND |(?<=[0-9])-[A-Z]{1,5}/")
_LEFT_OVER = re.compile("[;+&,]")
_LETTERS = re.compile("[A-Z]+")
#: {capitals: as printed} of the words of symbols that are printed in small letters.
_PRINTED = {
    word: word.capitalize()
    for words in (*MODIFIERS, *BRACKET_WORDS, "SUB", "AGENDA")
    for word in words.split()
}


def tidy(text: str) -> str:
    """The text without what people paste along: marks, blanks around slashes, a full stop.

    One whose organ stands in small letters was typed, and is shown as it would be printed.
    """
    if len(text) > MAX_LENGTH * 4:
        raise NotASymbol(text, Refusal.TOO_LONG)
    plain = " ".join(without_marks(text).replace("\\", "/").split())
    shown = "/".join(piece.strip() for piece in plain.split("/")).rstrip(".,;: ")
    organ = shown.partition("/")[0]
    return shown if organ == organ.upper() else _in_print(shown)


def _in_print(text: str) -> str:
    """A symbol that was typed without capitals, as it is printed: an organ never is without."""
    return _LETTERS.sub(lambda found: _PRINTED.get(found.group(), found.group()), text.upper())


def check(shown: str, pieces: list[str]) -> None:
    """Raise NotASymbol for what can be seen without reading the pieces."""
    capitals = shown.upper()
    if not shown:
        raise NotASymbol(shown, Refusal.EMPTY)
    if len(shown) > MAX_LENGTH:
        raise NotASymbol(shown, Refusal.TOO_LONG)
    if not _SIGNS.fullmatch(capitals):
        raise NotASymbol(shown, Refusal.SIGNS)
    if not _ORGAN.fullmatch(pieces[0].upper()) or len(pieces) < 2:
        raise NotASymbol(shown, Refusal.NO_ORGAN)
    if not all(pieces):
        raise NotASymbol(shown, Refusal.EMPTY_PIECE)
    if not any(sign.isdigit() for sign in shown[len(pieces[0]) :]):
        raise NotASymbol(shown, Refusal.NO_NUMBER)
    if _SEVERAL.search(capitals):
        raise NotASymbol(shown, Refusal.SEVERAL)
    if _LEFT_OVER.search(capitals):
        raise NotASymbol(shown, Refusal.REMARK)
