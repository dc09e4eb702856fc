"""What a reader typed, taken apart once, before any language or engine is involved.

The grammar is small, and no text breaks it:

* words; ``"as it stands"`` in quotation marks of any language; ``-word`` and ``-"words"`` for
  what must not be there; ``childr*`` for words that begin so;
* document symbols, ``A/C.3/78/L.49``, also as people type them in haste;
* days: ``2019..2021``, ``2023-05..2023-06-15``, ``2020..``, ``..1945`` (ISO 8601, both included).

What is left open (a quotation mark, a star alone, a range that is none) is text like any other;
what other search engines read as a distance or a weight (``"…"~5``, ``word^2``) is passed over.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from search.analysis import symbols, typed_symbols

LONGEST_TEXT = 1_000
"""Characters of a typed text that are looked at."""

MOST_PHRASES = 8

_SURROGATES = re.compile("[\ud800-\udfff]")
_QUOTED = re.compile(
    r"(?P<no>(?<!\S)[-\u2212\uff0d])?(?:"
    '"([^"]*)"|[“„‟”]([^“„‟”]*)[”“]|«([^«»]*)»|「([^「」]*)」|『([^『』]*)』|《([^《》]*)》)'
)
_EXCLUDED = re.compile(r"(?<!\S)[-\u2212\uff0d](?=[^\W_])(\S+)")
_BEGUN = re.compile(r"(?<!\S)([^\W_][\w'\u2019\u0640-\u065f-]*)[*\uff0a](?!\S)")
_WEIGHED = re.compile(r"(?<=[\w\"”“»」』》])[~^]\d*(?:\.\d+)?(?!\S)")
_DAY = r"\d{4}(?:-\d{1,2}(?:-\d{1,2})?)?"
_RANGE = re.compile(rf"(?<!\S)({_DAY})?(?:\.\.|…)({_DAY})?(?!\S)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Typed:
    """A typed text in its parts. `loose`: the words without all the rest; `codes`: spellings of
    the symbol that the whole text may mean, without any sign between."""

    loose: str
    phrases: tuple[str, ...] = ()
    begun: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


def scrubbed(text: str) -> str:
    """`text` without lone surrogates, which no engine can encode; of the same length."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def read(text: str) -> Typed:
    """The parts of a typed text. Never raises, whatever the text is."""
    whole = _WEIGHED.sub("", scrubbed(text[:LONGEST_TEXT]).replace("\x00", " "))
    phrases: list[str] = []
    excluded: list[str] = []
    for match in _QUOTED.finditer(whole):
        passage = next(filter(None, match.groups()[1:]), "")
        (excluded if match["no"] else phrases).append(passage)
    loose, since, until = _days(_QUOTED.sub(" ", whole))
    excluded += _EXCLUDED.findall(loose)
    loose = _EXCLUDED.sub(" ", loose)
    codes = typed_symbols(loose)
    begun = _BEGUN.findall(loose)
    loose = _BEGUN.sub(" ", loose)
    named = symbols(loose)
    for symbol in reversed(named):
        loose = f"{loose[: symbol.start]} {loose[symbol.end :]}"
    return Typed(
        loose=loose,
        phrases=tuple(filter(None, phrases))[:MOST_PHRASES],
        begun=tuple(dict.fromkeys(begun))[:MOST_PHRASES],
        excluded=tuple(filter(None, excluded))[:MOST_PHRASES],
        symbols=tuple(dict.fromkeys(symbol.name for symbol in named)),
        codes=codes,
        since=since,
        until=until,
    )


def _days(text: str) -> tuple[str, date | None, date | None]:
    """The text without the first range of days in it, and the range."""
    plain = unicodedata.normalize("NFKC", text) if _RANGE.search(text) else ""
    for match in _RANGE.finditer(plain):
        first, last = (_day(match[1], last=False), _day(match[2], last=True))
        if (first or last) and (not match[1] or first) and (not match[2] or last):
            return f"{plain[: match.start()]} {plain[match.end() :]}", first, last
    return text, None, None


def _day(text: str | None, *, last: bool) -> date | None:
    """The first or last day of a year, month or day; None for what is no date."""
    if not text:
        return None
    year, *rest = (int(part) for part in text.split("-"))
    try:
        month = rest[0] if rest else (12 if last else 1)
        day = rest[1] if rest[1:] else (calendar.monthrange(year, month)[1] if last else 1)
        return date(year, month, day)
    except (ValueError, calendar.IllegalMonthError):
        return None
