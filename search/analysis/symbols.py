"""Document symbols (``A/C.3/78/L.49``, ``S/RES/1325 (2000)``) named in a text.

Only their looks are known here, enough to look a symbol up whole: which body, session or document
a symbol stands for is the library's knowledge.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_SLASH = "/\u2044\u2215\u29f8\u2571\uff0f"
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe63\uff0d]")
_SLASHES = re.compile(rf"\s*[{_SLASH}]\s*")
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_YEAR = re.compile(r"\s*\(\s*([0-9IVXLC]+)\s*\)$")

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
    plain = _INVISIBLE.sub("", symbol).translate(_WIDE)
    plain = _DASHES.sub("-", _SLASHES.sub("/", plain))
    return "".join(plain.split()).upper()


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


_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
