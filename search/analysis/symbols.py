"""Document symbols (``A/C.3/78/L.49``, ``S/RES/1325 (2000)``) named in a text.

Only their looks are known here, enough to look a symbol up, whole or in part: which body, session
or document a symbol stands for is the library's knowledge.

A symbol is also looked up by its *compact* spelling, letters and digits alone, since that is what
is left of it however it is typed: ``a c3 78 l49``, ``A-C.3-78-L.49`` and ``AC378L49`` are one.
Where two numbers meet, the compact spelling says which two documents may be meant only if it keeps
them apart: ``S2005/2`` is ``S/2005/2``, ``S20052`` may be ``S/20052`` as well. Documents are found
by both spellings (`compact_forms`); a query asks for the exact one where it can
(`search.analysis.typed_symbols`).
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_SLASH = "/\u2044\u2215\u29f8\u2571\uff0f"
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe63\uff0d]")
_SLASHES = re.compile(f"[{_SLASH}]")
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_YEAR = re.compile(r"\([0-9IVXLC]+\)$")
_PIECES = re.compile(r"[/()\[\]]+")
_BETWEEN = "\x00"
_APART = re.compile(r"(?<=[0-9])[^A-Z0-9]+(?=[0-9])")
_OTHERS = re.compile(rf"[^A-Z0-9{_BETWEEN}]+")
_OF_ANOTHER = re.compile(r"(?:(?:REV|ADD|CORR|AMEND|SUMMARY|RESUMPTION|PART)[.]?[0-9IVX]*[*]?)+")
"""What says how a document relates to another, and so looks up nothing by itself."""

_LETTER_AND_DIGIT = re.compile(r"[A-Z]+[0-9]|[0-9]+[A-Z]")
_NUMBERS = re.compile(r"[0-9]+/[0-9]")

MOST_PIECES = 10
"""Pieces of a symbol of which the runs are looked up; no symbol in use has more than eight."""

_LETTER = r"A-Za-z\uff21-\uff3a\uff41-\uff5a"
_SIGN = rf"{_LETTER}0-9\uff10-\uff19"
_HEAD = rf"[{_LETTER}][{_SIGN}.\uff0e-]{{0,11}}"
_PART = rf"[{_SIGN}](?:[{_SIGN}.*\uff0e-]{{0,23}}[{_SIGN}*])?"
SYMBOL = re.compile(
    rf"(?<![\w{_SLASH}:.@])[\u200e\u200f\u202a-\u202e\u2066-\u2069]*"
    rf"{_HEAD}(?:[\u200e\u200f\u2066-\u2069]*[{_SLASH}]{_PART}){{1,9}}"
    rf"(?:\s?\(\s?(?:[0-9]{{4}}|[IVXLC]{{1,8}})\s?\))?(?![\w{_SLASH}])"
)
"""Parts joined by slashes, the first begins with a letter; a digit is asked for in `symbols`."""


class Symbol(NamedTuple):
    """A symbol in one spelling and its place in the text: ``text[start:end]``."""

    name: str
    start: int
    end: int


def normalise(symbol: str) -> str:
    """One spelling of a symbol: plain slashes and hyphens, capitals, no blanks.

    >>> normalise("s∕res∕1325 (2000)")
    'S/RES/1325(2000)'
    """
    narrow = _INVISIBLE.sub("", symbol).translate(_WIDE)
    return _DASHES.sub("-", _SLASHES.sub("/", "".join(narrow.split()))).upper()


def symbol_forms(symbol: str) -> tuple[str, ...]:
    """The spellings by which a document of this symbol is looked up, the full one first.

    The year or session in brackets may be left out: ``S/RES/1325(2000)`` answers to
    ``S/RES/1325``. Nothing for a blank symbol.
    """
    name = normalise(symbol)
    if not name:
        return ()
    short = _YEAR.sub("", name)
    return (name,) if short in ("", name) else (name, short)


def symbols(text: str) -> list[Symbol]:
    """Symbols named in a text, in order. At least one digit: ``and/or`` is not a symbol."""
    if not any(slash in text for slash in _SLASH):
        return []
    found = []
    for match in SYMBOL.finditer(text):
        name = normalise(match.group())
        if any(character.isdigit() for character in name):
            found.append(Symbol(name, match.start(), match.end()))
    return found


def compact(symbol: str) -> str:
    """The letters and digits of a symbol, in capitals.

    >>> compact("A/C.3/78/L.49/Rev.1")
    'AC378L49REV1'
    """
    return apart(symbol).replace("/", "")


def apart(symbol: str) -> str:
    """The compact spelling with a slash where two numbers meet; the same where none do.

    >>> apart("S/RES/1325 (2000)")
    'SRES1325/2000'
    """
    return _OTHERS.sub("", _APART.sub(_BETWEEN, plain(symbol).replace(_BETWEEN, ""))).replace(
        _BETWEEN, "/"
    )


def plain(text: str) -> str:
    """`text` in capitals, with plain slashes, hyphens and digits and without invisible marks.

    Compatibility forms become plain too (NFKC), so the length may change.
    """
    return without_marks(text).upper()


def without_marks(text: str) -> str:
    """What `plain` gives, in the letters' own case."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    return _DASHES.sub("-", text.translate(_SAME))


def whole_forms(symbol: str) -> tuple[str, ...]:
    """The compact spellings of the whole symbol, with and without its year, the exact one first.

    >>> whole_forms("S/RES/1325 (2000)")
    ('SRES1325/2000', 'SRES13252000', 'SRES1325')
    """
    spellings = symbol_forms(symbol)
    both = (form for name in spellings for form in (apart(name), compact(name)))
    return tuple(dict.fromkeys(form for form in both if form))


def compact_forms(symbol: str) -> tuple[str, ...]:
    """The compact spellings by which a document of this symbol is found, `whole_forms` first.

    Half of a symbol is one of them too: every run of consecutive pieces, wherever it stands
    (``C378L49``, ``L49REV1``, ``78L49``), unless it says nothing alone (``REV1``, ``78``, ``RES``).
    At most `MOST_PIECES` * (`MOST_PIECES` + 1) + 4.
    """
    pieces = [piece for piece in _PIECES.split(normalise(symbol)) if piece][:MOST_PIECES]
    forms = list(whole_forms(symbol))
    for length in range(len(pieces), 0, -1):
        for start in range(len(pieces) - length + 1):
            forms += _run_forms(pieces[start : start + length])
    return tuple(dict.fromkeys(forms))


def _run_forms(pieces: list[str]) -> tuple[str, ...]:
    run = "/".join(pieces)
    exact = apart(run)
    if not any(sign.isdigit() for sign in exact) or _OF_ANOTHER.fullmatch(run.replace("/", "")):
        return ()
    if not any(sign.isalpha() for sign in exact):
        return (exact,) if len(pieces) > 1 else ()
    return exact, exact.replace("/", "")


def starts(symbol: str) -> tuple[str, ...]:
    """What is typed on the way to a symbol: A, AC, AC3…

    Also on the way to its second half (``C3``, ``C37`` …, ``L4``, ``L49``), from a letter and a
    digit on: less says nothing, and no more does ``REV1``. Two numbers keep the slash between them
    (``70/1``, ``70/13``), or they would be one.
    """
    whole = compact(symbol)
    found = [whole[:end] for end in range(1, len(whole) + 1)]
    pieces = [piece for piece in _PIECES.split(normalise(symbol)) if piece][:MOST_PIECES]
    for first in range(1, len(pieces)):
        half = "/".join(pieces[first:])
        if not _OF_ANOTHER.fullmatch(half.replace("/", "")):
            for spelling, enough in ((compact(half), _LETTER_AND_DIGIT), (apart(half), _NUMBERS)):
                ends = range(2, len(spelling) + 1)
                found += [spelling[:end] for end in ends if enough.match(spelling[:end])]
    return tuple(dict.fromkeys(found))


def begun_symbols(text: str) -> tuple[str, ...]:
    """The spellings among `starts` that a text typed so far may mean; none for no text."""
    return tuple(dict.fromkeys(code for code in (compact(text), apart(text)) if code))


_SAME = {ord(slash): "/" for slash in _SLASH} | {
    base + value: str(value) for base in (0x0660, 0x06F0) for value in range(10)
}
_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
