"""Symbols in what a reader types: half of one, without its dots, with blanks for slashes, in words.

`typed_symbols` gives compact spellings (see `search.analysis.symbols`) and is careful: words and
plain numbers are never taken for a symbol, since whoever looks for ``peace 2030`` or ``covid-19``
does not mean one. What it looks at is a *run*: an organ, codes of series and numbers in a row, and
how they were joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.analysis.symbol_words import Reference, references
from search.analysis.symbols import apart, plain, symbols
from search.analysis.words import word_set

LONGEST = 400
"""Characters of a typed text that are looked at."""

MOST = 16
"""Spellings given for one text."""

_ORGANS = word_set(
    "A S E T ST TD DP HRI CEDAW CCPR CERD CAT CRC CMW CRPD CED FCCC ICCD UNEP LOS SPLOS"
)
_COMMITTEES = word_set("C AC CN CONF SC GC WG HRC")
_NATURES = word_set("L PV SR CRP INF RES DEC PRST NGO WP BUR R")
_NUMBERED_TWICE = word_set("RES DEC PRST")
_BARE = word_set("SGB AI IC GEN COP B PET")
_RELATIONS = word_set("REV ADD CORR AMEND SUMMARY RESUMPTION PART")
_SESSIONS = word_set("ES S")
_CODES = _COMMITTEES | _NATURES | _BARE | _RELATIONS | _SESSIONS
_ROMAN = re.compile(r"[IVXL]{1,8}")
_GLUED = {organ + code: (organ, code) for organ in _ORGANS for code in _CODES - _RELATIONS} | {
    "AHRCRES": ("A", "HRC", "RES"),
    "AHRC": ("A", "HRC"),
}

_ATOM = re.compile(r"[A-Z]+|[0-9]+")
_JOINT = re.compile(r"[ ./()\[\]-]{0,4}")
_PART_OF_SYMBOL = re.compile(r"/(?:[A-Z]{1,5}\.?)?[0-9]+(?![A-Z0-9])")
_BARE_NUMBERS = re.compile(r"\s*((?:19[4-9]|20[0-9])[0-9]|[3-9][0-9])\s?/\s?([0-9]{1,3})\s*")
_ADDRESS = re.compile(
    r"(?:HTTPS?:/|WWW\.)[^\s?]*?"
    r"(?:/(?:UNDOCS\.ORG|DOCS\.UN\.ORG)/(?:(?:AR|EN|ES|FR|RU|ZH)/)?(?P<symbol>[^\s?#]*)"
    r"|\?(?:\S*&)?SYMBOL=(?P<searched>[^\s&#]*)|(?=\s|$|\?))\S*"
)
_SHORT_ORGANS = re.compile(r"(?<![A-Z0-9/])(?:UN)?(?:GA(?=/RES|/DEC)|SC(?=/RES))")
_CYRILLIC = str.maketrans("АВЕКМНОРСТХ", "ABEKMHOPCTX")


@dataclass(frozen=True, slots=True)
class Atom:
    """Letters or digits of a typed text; `before`: what joins it to the one before it."""

    text: str
    before: str

    @property
    def is_number(self) -> bool:
        return self.text.isdigit()

    @property
    def is_close(self) -> bool:
        """Whether it hangs on what is before it: ``L49``, ``L.49``."""
        return self.before in ("", ".", "-")


def typed_symbols(text: str) -> tuple[str, ...]:
    """The compact spellings of the symbols, whole or half, that a typed text may mean, best first.

    Nothing for words, and nothing for numbers alone. Never raises; at most `MOST` spellings.

    >>> typed_symbols("a c3 63 l2")
    ('AC3/63L2',)
    """
    text = in_one_script(text)
    named = list(references(text))
    found = [form for one in named if one.organ for form in _reference_forms(one)]
    found += [joined(run) for run in runs(text)]
    found += [form for one in named if not one.organ for form in _reference_forms(one)]
    found += [apart(name) for name, _start, _end in symbols(text) if looks_like_symbol(name)]
    if alone := _BARE_NUMBERS.fullmatch(text):
        found.append(f"{alone[1]}/{alone[2]}")
    return tuple(dict.fromkeys(found))[:MOST]


def in_one_script(text: str) -> str:
    """A typed text in capitals and plain signs: addresses of UN documents give their symbols, other
    addresses nothing, Cyrillic letters that look like Latin ones in a symbol are made Latin."""
    text = _SHORT_ORGANS.sub(
        _organ, _ADDRESS.sub(_named_in_address, plain(text[:LONGEST].replace("\\", "/")))
    )
    return text if text.isascii() else " ".join(map(_with_latin_letters, text.split()))


def runs(text: str) -> list[list[Atom]]:
    """The runs of letters and digits that read as symbols, in a text from `in_one_script`."""
    return [run for group in _groups(text) for run in _runs(group, whole_text=text)]


def _named_in_address(match: re.Match[str]) -> str:
    """The symbol in the address of a UN document; nothing of any other address."""
    return match["symbol"] or match["searched"] or " "


def _organ(match: re.Match[str]) -> str:
    """``GA/RES`` is often written for ``A/RES``."""
    return "A" if "G" in match.group() else "S"


def _with_latin_letters(word: str) -> str:
    """A word in which Cyrillic letters stand for Latin ones of the same look, put right."""
    latin = word.translate(_CYRILLIC)
    return latin if latin.isascii() and _ATOM.search(latin) and not latin.isalpha() else word


def looks_like_symbol(name: str) -> bool:
    """Whether what `symbols` drew out can hardly be anything else: COVID-19/HIV can."""
    head, _, rest = name.partition("/")
    is_organ = head in _ORGANS if len(head) == 1 else head.replace("-", "").isalpha()
    return is_organ and _PART_OF_SYMBOL.search(f"/{rest}") is not None


def _reference_forms(reference: Reference) -> Iterator[str]:
    """With the organ and without; with the letter and the year or session in brackets and without.

    Both orders of letter and session are in use: ``217 A (III)``, ``217(III)[A]``.
    """
    if reference.kind == "DEC" and not reference.session:
        return
    number = "/".join(filter(None, (reference.session, reference.number)))
    part, bracket = reference.part, reference.bracket
    endings = [f" ({bracket}) {part}", f" {part} ({bracket})", f" ({bracket})", f" {part}", ""]
    organs = (reference.organ, "") if reference.organ else ("",)
    for organ in organs:
        for ending in endings:
            yield apart(f"{organ}/{reference.kind}/{number}{ending}")


def _groups(text: str) -> Iterator[list[Atom]]:
    """The letters and digits of a text, parted where something other than a joint is between."""
    group: list[Atom] = []
    end = 0
    for match in _ATOM.finditer(text):
        between = text[end : match.start()]
        if group and not _JOINT.fullmatch(between):
            yield group
            group = []
        joint = "/" if "/" in between else between.strip() or between[:1]
        group += _taken_apart(
            match.group(), joint[:1], glued_on=text[match.end() : match.end() + 1]
        )
        end = match.end()
    if group:
        yield group


def _taken_apart(letters: str, before: str, *, glued_on: str) -> list[Atom]:
    """``SPV`` of ``SPV9000`` is an organ and a series."""
    pieces = _GLUED.get(letters) if letters not in _CODES and glued_on.isdigit() else None
    first, *others = pieces or (letters,)
    return [Atom(first, before), *(Atom(other, "") for other in others)]


def _runs(group: list[Atom], *, whole_text: str) -> Iterator[list[Atom]]:
    start = 0
    signs = sum(map(str.isalnum, whole_text))
    while start < len(group):
        end = _end_of_run(group, start)
        run = group[start:end]
        if run and _means_a_symbol(_Run.of(run, is_whole=sum(len(a.text) for a in run) == signs)):
            yield run
            start = end
        else:
            start += 1


def _end_of_run(group: list[Atom], start: int) -> int:
    end, series, has_number = start, "", False
    while end < len(group):
        atom = group[end]
        if atom.is_number:
            if series in _NATURES - _NUMBERED_TWICE and has_number and atom.before != "/":
                break
            has_number = True
        elif not (
            atom.text in _CODES
            or (end == start and atom.text in _ORGANS)
            or (end > start and group[end - 1].is_number and _ends_a_number(atom))
        ):
            break
        elif atom.text in _CODES:
            series, has_number = atom.text, False
        end += 1
    return end


def _ends_a_number(atom: Atom) -> bool:
    """``2131(XX)``, ``141[A]``, ``141A``."""
    if atom.before in ("(", "["):
        return len(atom.text) == 1 or _ROMAN.fullmatch(atom.text) is not None
    return atom.before == "" and len(atom.text) == 1


@dataclass(frozen=True, slots=True)
class _Run:
    """What a run shows. `is_whole`: there is nothing else in the text."""

    atoms: list[Atom]
    is_whole: bool
    organ: str
    committee: bool
    nature: str
    close: int
    session: bool
    relation: bool

    @classmethod
    def of(cls, atoms: list[Atom], *, is_whole: bool) -> _Run:
        pairs = [
            (code, number)
            for code, number in zip(atoms, atoms[1:], strict=False)
            if number.is_number and not code.is_number
        ]
        natures = [
            code.text
            for code, follower in zip(atoms, atoms[1:], strict=False)
            if (code.text in _NUMBERED_TWICE and (follower.is_number or follower.text in _SESSIONS))
            or (code.text in _NATURES and follower.is_number and follower.before != "/")
        ]
        coded = [number for code, number in pairs if code.text in _COMMITTEES | _NATURES]
        return cls(
            atoms=atoms,
            is_whole=is_whole,
            organ=atoms[0].text if atoms[0].text in _ORGANS else "",
            committee=any(code.text in _COMMITTEES for code, _number in pairs),
            nature=natures[0] if natures else "",
            close=sum(number.is_close for number in coded),
            session=any(
                second.is_number
                and len(second.text) > 1
                and (first.is_number or first.text in _ORGANS)
                for first, second in zip(atoms, atoms[1:], strict=False)
            )
            or (atoms[0].is_number and len(atoms[0].text) > 1),
            relation=any(code.text in _RELATIONS for code, _number in pairs),
        )


def _means_a_symbol(run: _Run) -> bool:
    numbers = [atom for atom in run.atoms if atom.is_number]
    if not numbers or len(numbers) == len(run.atoms):
        return False
    if any(atom.before == "/" for atom in run.atoms[1:]):
        if run.organ and run.nature:
            return True
        hangs = any(atom.is_close or atom.before == "/" for atom in run.atoms[1:] if atom.is_number)
        coded = (run.nature and run.close) or run.nature in _NUMBERED_TWICE
        return hangs and bool(run.organ or coded)
    return _reads_anywhere(run, numbers) or (run.is_whole and _reads_alone(run))


def _reads_anywhere(run: _Run, numbers: list[Atom]) -> bool:
    """Whether a run without slashes can hardly be anything but a symbol."""
    if run.committee and run.nature:
        return (
            bool(run.organ or run.close)
            and (bool(run.organ) or len(numbers) > 2)
            or all(atom.before == "" for atom in run.atoms[1:])
        )
    if run.organ and run.nature:
        return (
            run.nature in ("RES", "PRST", "CRP")
            or (run.nature == "PV" and (run.organ == "S" or run.session))
            or (run.nature == "DEC" and len(numbers) > 1)
            or (run.session and run.close > 0)
            or len(run.organ) > 2
        )
    if run.organ and len(numbers) > 1:
        return any(atom.text in ("SGB", "AI", "HRC") for atom in run.atoms)
    return bool(run.nature and run.relation and run.close and not run.organ)


def _reads_alone(run: _Run) -> bool:
    """Whether a run reads as a symbol because nothing else was typed."""
    if run.organ:
        return _whole_reads_alone(run)
    if run.nature in ("PV", "PRST", "CRP") or (run.nature and run.committee):
        return True
    first = run.atoms[0]
    if run.nature and run.nature != "R" and first.is_number and len(first.text) > 1:
        return True
    return run.nature == "L" and run.close == 1 and len(run.atoms) == 2


def _whole_reads_alone(run: _Run) -> bool:
    """The same for a run that begins with an organ: ``s 2005 2 add 1``, ``s12990``."""
    rest = [atom for atom in run.atoms[1:] if atom.text not in _RELATIONS]
    if run.nature or (run.committee and run.close):
        return True
    if rest[0].text in _SESSIONS:
        return len(rest) > 2
    if not rest[0].is_number:
        return False
    if len(rest) == 1:
        return len(rest[0].text) >= (4 if run.organ == "S" else 5)
    both_numbers = rest[1].is_number and len(rest[0].text) > 1 and len(run.organ) < 3
    return both_numbers and (len(rest) == 2 or run.relation)


def joined(run: list[Atom]) -> str:
    """The compact spelling of a run, numbers that meet kept apart."""
    spelled = ""
    for atom in run:
        apart_from_number = atom.is_number and spelled[-1:].isdigit()
        spelled += f"/{atom.text}" if apart_from_number else atom.text
    return spelled
