"""What people type and paste, read as symbols.

`read_symbol` gives keys that a text may mean, best first; whoever asks looks which of them there
are. Half a symbol is completed by the search. What makes a text look like a symbol is the search's
knowledge too (`search.analysis.typed_symbols`): both take the same texts for symbols.
Only here, where what is read must also be held, is more tried: the name of a file, a resolution
without its word (``1325 (2000)``), and whatever is nothing but an organ, codes and numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from search.analysis.symbol_words import Reference, references
from search.analysis.symbols import symbols
from search.analysis.typed_symbols import Atom, in_one_script, looks_like_symbol, runs

from .grammar import parse_symbol, roman_number
from .parsed import ParsedSymbol
from .tidying import NotASymbol
from .vocabulary import (
    BODIES_IN_LETTERS,
    BODY_SERIES,
    IN_OWN_PIECE,
    MAIN_COMMITTEES,
    MODIFIERS,
    NATURES,
    ORGANS,
    YEARS,
)

MOST_KEYS = 8
"""Keys given for one text."""

_FIRST_NUMBERED_SESSION = 31
"""Of the General Assembly: from 1976 on symbols of resolutions name the session."""

_DOTTED = BODY_SERIES | (NATURES.keys() - IN_OWN_PIECE) | MODIFIERS.keys()
_IN_BRACKETS = ("RESUMPTION", "PART")
_SESSIONS = ("ES", "S")
_CODES = BODY_SERIES | NATURES.keys() | MODIFIERS.keys() | BODIES_IN_LETTERS | set(_SESSIONS)
_WORD = re.compile(r"([A-Z]{0,8})([0-9]{0,9})")
_MOST_WORDS = 16
_TRAILING = " .,;:!?\"'»”’)]"
_LEADING = " \"'«“‘(["
_JOINED = re.compile("(?<=[0-9])-(?=[A-Z]{1,5}/)")
_FILE_NAME = re.compile(r"(?P<organ>[A-Z]{1,5})(?:_[A-Z0-9.()-]+)+")
_FILE_ENDING = re.compile(r"(?:-(?:[ACEFRS]|AR|ZH|EN|FR|RU|ES))?\.(?:PDF|DOCX?|HTML?)$")
_WITHOUT_ITS_WORD = re.compile(
    r"\s*[0-9]{1,4}(?: ?[A-Z])? ?\((?:[0-9]{4}|[IVXL]{1,8})\)(?: ?\[?[A-Z]\]?)?\s*"
)
_REMARK = re.compile(r"\([A-Z][A-Z ]{3,}\)")


def read_symbol(text: str) -> tuple[str, ...]:
    """The keys of the symbols that a text may mean, best first; () where it names none whole.

    A resolution of the Security Council named without its year has no key of its own:
    ``S/RES/1325`` stands for it, and is the beginning of ``S/RES/1325(2000)`` (`begins_key`).
    Never raises; only the first 400 signs are read.

    >>> read_symbol("a c3 63 l2")
    ('A/C.3/63/L.2',)
    """
    plain = _JOINED.sub(" ", _from_file_name(in_one_script(text)))
    printed = [key for parsed in _as_printed(plain) for key in _keys_of(parsed)]
    worded = f"RES {plain}" if _WITHOUT_ITS_WORD.fullmatch(plain) else plain
    keys = [key for reference in references(worded) for key in _reference_keys(reference)]
    keys += [key for run in runs(plain) for pieces in _whole(run) for key in _checked(pieces)]
    keys += [key for parsed in _named(plain) for key in _keys_of(parsed)]
    keys += [key for pieces in _with_inf(_in_words(plain)) for key in _checked(pieces)]
    if printed:
        # The end of a symbol may read as another one's: E/1 is none of ST/LEG/SER.E/1.
        organ = f"{printed[0].partition('/')[0]}/"
        keys = [key for key in keys if key.startswith(organ)]
    elif organ := next(filter(None, map(_organ_of, runs(plain))), ""):
        # "a res 217 iii" names its organ, "res 217" in it does not: the Council's comes after.
        keys.sort(key=lambda key: not key.startswith(f"{organ}/"))
    return tuple(dict.fromkeys(printed + keys))[:MOST_KEYS]


def begins_key(key: str) -> str | None:
    """How keys begin that may be meant by one without its year or session, None where it has one.

    >>> begins_key("S/RES/1325")
    'S/RES/1325('
    """
    parts = key.split("/")
    without_session = len(parts) == 3 and parts[1] == "RES" and parts[2].isdigit()
    return f"{key}(" if without_session else None


def _from_file_name(plain: str) -> str:
    """The symbol that the name of a file stands for: ``A_RES_79_1-EN.pdf``; any other text as it
    is."""
    name = _FILE_ENDING.sub("", plain.strip())
    found = _FILE_NAME.fullmatch(name)
    return name.replace("_", "/") if found and found["organ"] in ORGANS else plain


def _as_printed(plain: str) -> Iterator[ParsedSymbol]:
    """The symbol that the whole text is, but for the signs and the remark around it."""
    bare = plain.strip(_LEADING + _TRAILING)
    closed = f"{bare})" if bare.count("(") > bare.count(")") else bare
    for candidate in (plain, closed, _REMARK.sub("", plain)):
        try:
            parsed = parse_symbol(candidate)
        except NotASymbol:
            continue
        if parsed.organ in ORGANS or looks_like_symbol(parsed.key):
            yield parsed
            return


def _named(plain: str) -> Iterator[ParsedSymbol]:
    """The symbols that stand in a text as they are printed."""
    for name, _start, _end in symbols(plain):
        try:
            parsed = parse_symbol(name)
        except NotASymbol:
            continue
        if looks_like_symbol(name):
            yield parsed


def _keys_of(parsed: ParsedSymbol) -> Iterator[str]:
    """The key, that of the first issue of a reissued document, and the other way of parts."""
    yield parsed.key
    if parsed.modifiers and parsed.modifiers[-1].kind == "*":
        parent = parsed.parent()
        if parent:
            yield parent.key
    if len(parsed.part) == 1 and not parsed.modifiers:
        yield from (form for form in _with_part(parsed) if form != parsed.key)


def _with_part(parsed: ParsedSymbol) -> tuple[str, ...]:
    stem = re.sub(rf"\[?{parsed.part}\]?$", "", parsed.key)
    return f"{stem}[{parsed.part}]", f"{stem}{parsed.part}"


def _reference_keys(reference: Reference) -> Iterator[str]:
    """The keys of a resolution or decision that is named in words."""
    number = f"{reference.number}{f'({reference.bracket})' if reference.bracket else ''}"
    parts = [f"[{reference.part}]", reference.part, ""] if reference.part else [""]
    for organ in (reference.organ,) if reference.organ else _organs_of(reference):
        for part in parts:
            stem = (organ, reference.kind, reference.session, f"{number}{part}")
            yield from _checked(tuple(filter(None, stem)))


def _organs_of(reference: Reference) -> tuple[str, ...]:
    """The bodies whose resolutions are numbered so, where none was named."""
    session, bracket = reference.session, reference.bracket
    if not session.isdigit():
        if session:
            return ("A",)
        if bracket.isdigit() or not bracket:
            return ("S",) if reference.kind == "RES" else ()
        return ("A", "E")
    if int(session) in YEARS:
        return ("E",)
    return ("A", "A/HRC") if int(session) >= _FIRST_NUMBERED_SESSION else ("A/HRC",)


def _organ_of(run: Sequence[Atom]) -> str:
    return run[0].text if run[0].text in ORGANS else ""


def _whole(run: Sequence[Atom]) -> Iterator[tuple[str, ...]]:
    """A run as the pieces of whole symbols, where it has an organ or its committee tells it."""
    pieces = _spelled(run)
    glued = any(atom.before == "" for atom in run[1:])
    if _organ_of(run):
        if glued:
            yield from _parted(pieces)
        yield from _with_inf(pieces)
    elif pieces[0] in MAIN_COMMITTEES and len(pieces) > 2 and pieces[1].isdigit():
        yield ("A", *pieces)
    elif pieces[0].startswith("AC.") and all(atom.before == "" for atom in run[1:]):
        yield from _parted(("A", f"C.{pieces[0][3:]}", *pieces[1:]))


def _with_inf(pieces: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """INF/66 is as common as INF.66."""
    yield pieces
    if any(piece.startswith("INF.") for piece in pieces):
        yield tuple("/".join(pieces).replace("INF.", "INF/").split("/"))


def _in_words(plain: str) -> tuple[str, ...]:
    """The pieces of a text that is an organ, codes and numbers and nothing else: ``e cn4 sub2
    1999 4``; () for any other. The treaties' bodies have other short codes too, such as States'."""
    words = [_WORD.fullmatch(word) for word in re.split("[ .-]+", plain.strip())[: _MOST_WORDS + 1]]
    organ = words[0][0] if words[0] else ""
    if organ not in ORGANS or len(words) > _MOST_WORDS:
        return ()
    run = [Atom(organ, "")]
    for word in words[1:]:
        if word is None:
            return ()
        letters, digits = word.groups()
        if letters and letters not in _CODES and (len(organ) < 3 or len(letters) > 3):
            return ()
        run += [Atom(letters, " ")] if letters else []
        run += [Atom(digits, "" if letters else " ")] if digits else []
    return _spelled(run) if len(run) > 2 and run[-1].is_number else ()


def _parted(pieces: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Numbers that were typed without what parts them, taken apart: C.363 is C.3 and 63."""
    for place, piece in enumerate(pieces[1:], start=1):
        before, after = tuple(pieces[:place]), tuple(pieces[place + 1 :])
        if piece[:3] in MAIN_COMMITTEES and len(piece) in (5, 6):
            yield (*before, piece[:3], piece[3:], *after)
        elif piece.isdigit() and all(rest.partition(".")[0] in MODIFIERS for rest in after):
            for both in _session_and_number(pieces[0], piece):
                yield (*before, *both, *after)


def _session_and_number(organ: str, digits: str) -> Iterator[tuple[str, str]]:
    if organ == "A" and len(digits) > 2 and int(digits[:2]) >= _FIRST_NUMBERED_SESSION:
        yield digits[:2], digits[2:]
    if organ in ("S", "E") and len(digits) > 4 and int(digits[:4]) in YEARS:
        yield digits[:4], digits[4:]


def _spelled(run: Sequence[Atom]) -> tuple[str, ...]:
    """The pieces of a run with their full stops: C 3 63 L 2 is C.3, 63, L.2."""
    pieces: list[str] = []
    for place, atom in enumerate(run):
        followed = place + 1 < len(run) and run[place + 1].is_number
        if place and (hanging := _hanging(atom, run[place - 1], pieces, followed=followed)):
            pieces[-1] += hanging
        else:
            pieces.append(atom.text)
    return tuple(piece + ")" if "(" in piece and ")" not in piece else piece for piece in pieces)


def _hanging(atom: Atom, before: Atom, pieces: list[str], *, followed: bool) -> str:
    """What an atom adds to the piece before it; "" where it is a piece of its own."""
    if atom.is_number:
        if before.text in _IN_BRACKETS:
            return atom.text
        if atom.before == "(":
            return f"({atom.text})"
        if before.text in _SESSIONS and len(pieces) > 1:
            return f"-{atom.text}"
        return f".{atom.text}" if before.text in _DOTTED and atom.before != "/" else ""
    if atom.text in _IN_BRACKETS:
        return f"({atom.text}"
    if before.is_number and atom.before in ("(", "["):
        return f"({atom.text})" if roman_number(atom.text) else f"[{atom.text}]"
    if before.is_number and atom.before == "" and len(atom.text) == 1 and not followed:
        return atom.text
    return ""


def _checked(pieces: Iterable[str]) -> Iterator[str]:
    try:
        yield parse_symbol("/".join(pieces)).key
    except NotASymbol:
        return
