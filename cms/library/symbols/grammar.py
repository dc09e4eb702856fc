"""Taking a symbol apart by the published rules: organ, bodies, session, series, number, modifiers.

The rules say what a piece may mean by where it stands; what they do not speak of is kept as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from .parsed import Modifier, ParsedSymbol
from .tidying import NotASymbol, Refusal, check, tidy
from .vocabulary import (
    BODIES_IN_LETTERS,
    BODY_SERIES,
    BRACKET_WORDS,
    IN_OWN_PIECE,
    MODIFIERS,
    NATURES,
    YEARS,
)

_BRACKETS = re.compile(r" ?(?:\(([^()\[\]]*)\)|\[([^()\[\]]*)\])")
_BRACKET = re.compile(
    rf"(?:(?P<word>{'|'.join(sorted(BRACKET_WORDS))})\.? ?(?P<count>[0-9]{{1,3}}|[IVXL]{{1,6}})?"
    r"(?P<letter>(?<=[0-9])[A-Z])?"
    r"|(?P<session>(?:(?:ES|S)-)?[IVXLC]{1,9})|(?P<digits>[0-9]{1,4})|(?P<part>[A-Z](?:-[A-Z])?))"
)
_CODED = re.compile(r"(?P<code>[A-Z]+)(?:\. ?|(?=[0-9]))(?P<number>[0-9]{1,7}|[IVXL]+|[A-Z])")
_NUMBER = re.compile(r"(?P<digits>[0-9]{1,9})(?: ?(?P<part>[A-Z]{1,3}(?:-[A-Z]{1,2})?))?")
_SESSION = re.compile(r"(?P<kind>ES|S|SS)-?(?P<count>[0-9]{1,3}|[IVXLC]{1,8})(?![A-Z0-9.])")
_MODIFIER = re.compile(
    rf"(?P<kind>{'|'.join(MODIFIERS)})(?:\.? ?(?P<number>[0-9]{{1,4}}(?:-[0-9]{{1,4}})?))?\.?"
)
_PIECE = re.compile(r"[A-Z0-9](?:[A-Z0-9.-]*[A-Z0-9])?")
_RANGE = re.compile(r"[0-9]{1,4}-[0-9]{1,4}")
_STARS = re.compile(r" ?\*+$")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@lru_cache(maxsize=8192)
def parse_symbol(text: str) -> ParsedSymbol:
    """Take a symbol apart. Blanks around slashes, invisible marks, slashes and digits of other
    kinds, a full stop at the end and an organ in small letters are put right; nothing else is.

    Raises NotASymbol, whatever the text is.
    """
    shown = tidy(text)
    stars = _STARS.search(shown)
    pieces = (shown[: stars.start()] if stars else shown).split("/")
    check(shown, pieces)
    reading = _Reading(shown, pieces)
    reading.read()
    if stars:
        signs = stars.group().strip()
        reading.modifiers.append(Modifier("*", str(len(signs)), signs))
    return reading.symbol()


def roman_number(text: str) -> int | None:
    """The number of a Roman numeral, None for any other text.

    >>> roman_number("XXV")
    25
    """
    total = highest = 0
    for sign in reversed(text.upper()):
        value = _ROMAN.get(sign, 0)
        if not value:
            return None
        total += value if value >= highest else -value
        highest = max(highest, value)
    return total or None


@dataclass
class _Piece:
    """A piece between slashes. `core`: in capitals, without its brackets; `key`: its key."""

    core: str
    key: str
    brackets: list[re.Match[str]] = field(default_factory=list)


class _Reading:
    """The pieces of one symbol, read from the left; the modifiers are taken off its end first."""

    def __init__(self, shown: str, pieces: list[str]) -> None:
        self.shown = shown
        self.modifiers: list[Modifier] = []
        while len(pieces) > 2 and (modifier := _modifier(pieces[-1])):
            self.modifiers.insert(0, modifier)
            pieces = pieces[:-1]
        self.stem = "/".join(pieces)
        self.organ = pieces[0].upper()
        self.pieces = [self._piece(piece) for piece in pieces[1:]]
        self.bodies: list[str] = []
        self.others: list[str] = []
        self.session = self.series = self.number = self.part = self.siblings = ""
        self.year: int | None = None
        self.key = [self.organ]

    def symbol(self) -> ParsedSymbol:
        return ParsedSymbol(
            stem=self.stem,
            stem_key="/".join(self.key),
            organ=self.organ,
            bodies=tuple(self.bodies),
            session=self.session,
            session_number=_count(self.session.upper().rpartition("-")[2]),
            year=self.year,
            series=self.series,
            number=self.number,
            part=self.part,
            others=tuple(self.others),
            modifiers=tuple(self.modifiers),
            siblings=self.siblings or "/".join(self.key),
        )

    def _piece(self, text: str) -> _Piece:
        brackets: list[re.Match[str]] = []
        key = ""

        def take(match: re.Match[str]) -> str:
            nonlocal key
            found = _bracket(match)
            if not found:
                raise NotASymbol(self.shown, Refusal.REMARK)
            brackets.append(found)
            key += _bracket_key(found)
            return ""

        core = _BRACKETS.sub(take, text).strip().upper()
        if not core and len(brackets) == 1 and brackets[0]["digits"]:
            # Committees on sanctions name the resolution in a piece of its own: (1455).
            return _Piece(core, key, brackets)
        if not _PIECE.fullmatch(core.replace(" ", "")):
            raise NotASymbol(self.shown, Refusal.SIGNS)
        if " " in core and not (_CODED.fullmatch(core) or _NUMBER.fullmatch(core)):
            raise NotASymbol(self.shown, Refusal.BLANK)
        letter = _NUMBER.fullmatch(core)
        if letter and letter["part"] and any(found["session"] for found in brackets):
            # 217 A (III) and 217(III)[A] are two ways to print one.
            return _Piece(core, f"{letter['digits']}{key}[{letter['part']}]", brackets)
        return _Piece(core, _core_key(core) + key, brackets)

    def read(self) -> None:
        plain: list[tuple[int, str]] = []
        for place, piece in enumerate(self.pieces):
            self.key.append(piece.key)
            if not piece.core:
                self.others.append(piece.key)
                continue
            self._take_brackets(piece)
            if piece is self.pieces[-1] and _RANGE.fullmatch(piece.core) and not self.number:
                self._take_range(piece.core, plain)
            elif _is_number(piece.core):
                plain.append((place + 1, piece.core))
            else:
                follower = self.pieces[place + 1].core if place + 1 < len(self.pieces) else ""
                self._take_letters(piece.core, plain, is_body=_is_number(follower))
        self._take_numbers(plain)

    def _take_letters(self, core: str, plain: list[tuple[int, str]], *, is_body: bool) -> None:
        """A body, a series, or something else, by its letters and what is before it. `is_body`:
        numbers follow, and so a working party (WP.29/2024/1) is no working paper."""
        coded = _CODED.fullmatch(core)
        code = coded["code"] if coded else core
        if coded and (code in BODY_SERIES or (code == "WP" and is_body)) and not self.series:
            self.bodies.append(_core_key(core))
        elif code in NATURES and not self.series and (coded is None or code not in IN_OWN_PIECE):
            self.series = code
            if coded:
                self._take_sessions([number for _place, number in plain])
                plain.clear()
                self.number = coded["number"]
                self.siblings = "/".join([*self.key[:-1], f"{code}."])
        elif coded or plain or self.session or self.series:
            self.others.append(core)
        elif code in BODIES_IN_LETTERS or not self.bodies:
            self.bodies.append(code)
        else:
            self.others.append(core)

    def _take_numbers(self, plain: list[tuple[int, str]]) -> None:
        """Session or year, and the number: the last of the pieces that are numbers."""
        if not plain:
            return
        place, last = plain[-1]
        found = _NUMBER.fullmatch(last)
        if self.number or not found:
            self._take_sessions([number for _place, number in plain])
            return
        self._take_sessions([number for _place, number in plain[:-1]])
        self.number = found["digits"]
        self.part = self.part or found["part"] or ""
        self.siblings = "/".join([*self.key[:place], ""])

    def _take_range(self, core: str, plain: list[tuple[int, str]]) -> None:
        """Reports of a State that were due one after the other are often one: CEDAW/C/FRA/7-8."""
        self._take_sessions([number for _place, number in plain])
        plain.clear()
        self.number = core
        self.siblings = "/".join([*self.key[:-1], ""])

    def _take_sessions(self, cores: list[str]) -> None:
        for core in cores:
            self._take_session(core)

    def _take_session(self, core: str) -> None:
        if self.session or self.year:
            self.others.append(core)
        elif core.isdigit() and int(core) in YEARS:
            self.year = int(core)
        else:
            self.session = core

    def _take_brackets(self, piece: _Piece) -> None:
        for found in piece.brackets:
            if found["session"] and not self.session:
                self.session = found["session"]
            elif found["digits"] and int(found["digits"]) in YEARS and not self.year:
                self.year = int(found["digits"])
            elif found["digits"] and not self.session:
                self.session = found["digits"]
            elif found["part"] or found["session"]:
                self.part = found["part"] or found["session"]
            elif found["word"]:
                count = f"{found['count'] or ''}{found['letter'] or ''}"
                self.part = f"{found['word'].capitalize()} {count}".strip()


def _is_number(core: str) -> bool:
    return _NUMBER.fullmatch(core) is not None or _SESSION.fullmatch(core) is not None


def _modifier(text: str) -> Modifier | None:
    """A modifier, with a part of its own in brackets: Add.1, Add.1 (Part II)."""
    brackets = [_bracket(match) for match in _BRACKETS.finditer(text.upper())]
    found = _MODIFIER.fullmatch(_BRACKETS.sub("", text).upper().strip())
    if not found or not all(brackets):
        return None
    part = "".join(_bracket_key(bracket) for bracket in brackets if bracket)
    return Modifier(MODIFIERS[found["kind"]][0], found["number"] or "", f"/{text}", part)


def _core_key(core: str) -> str:
    """Without blanks, and with the full stop between letters and number that people leave out."""
    coded = _CODED.fullmatch(core)
    if coded and coded["code"] in BODY_SERIES | NATURES.keys() - IN_OWN_PIECE:
        return f"{coded['code']}.{coded['number']}"
    return core.replace(" ", "")


def _bracket(match: re.Match[str]) -> re.Match[str] | None:
    """What is inside brackets, None for a remark."""
    return _BRACKET.fullmatch(" ".join((match[1] or match[2] or "").upper().split()))


def _bracket_key(found: re.Match[str]) -> str:
    """Parts of a document stand in square brackets, all else in round ones."""
    if found["part"]:
        return f"[{found['part']}]"
    if found["word"] == "RESUMPTION" and found["count"]:
        return f"(RESUMPTION{_count(found['count'])})"
    return f"({found.group().replace(' ', '').replace('.', '')})"


def _count(text: str) -> int | None:
    return int(text) if text.isdigit() else roman_number(text)
