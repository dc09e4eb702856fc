"""Resolutions and decisions named in words, in the six languages: ``résolution 63/11``.

What is drawn out is only what stands there: ``resolution 63/11`` may be the Assembly's or that of
any other body with numbers of this kind, and no organ is added to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from search.analysis.symbols import plain

ORGANS = ("A", "S", "E", "A/HRC")
"""Beginnings of the symbols of the bodies whose names in words are known here."""

_BODY_WORDS = {
    "A": r"(?:UN\s+)?GENERAL\s+ASSEMBLY(?:'S)?|UNGA|GA|ASSEMBLEE\s+GENERALE|AG|ASAMBLEA\s+GENERAL"
    r"|ГЕНЕРАЛЬН\w*\s+АССАМБЛЕ\w*|ГА|(?:و|ب|ف)?(?:ال|لل)جمعية\s+العامة|(?:联合国|聯合國)?大[会會]",
    "S": r"(?:UN\s+)?SECURITY\s+COUNCIL(?:'S)?|UNSC|SC|CONSEIL\s+DE\s+SECURITE|CS"
    r"|CONSEJO\s+DE\s+SEGURIDAD|СОВЕТ\w*\s+БЕЗОПАСНОСТИ|СБ|(?:و|ب|ل|ف)?مجلس\s+الامن"
    r"|(?:联合国|聯合國)?(?:安理[会會]|安全理事[会會])",
    "E": r"ECONOMIC\s+AND\s+SOCIAL\s+COUNCIL(?:'S)?|ECOSOC|CONSEIL\s+ECONOMIQUE\s+ET\s+SOCIAL"
    r"|CONSEJO\s+ECONOMICO\s+Y\s+SOCIAL|ЭКОНОМИЧЕСК\w*\s+И\s+СОЦИАЛЬН\w*\s+СОВЕТ\w*|ЭКОСОС"
    r"|(?:و|ب|ف)?(?:ال|لل)مجلس\s+الاقتصادي\s+والاجتماعي|(?:经济及社会|經濟及社會|经社|經社)理事[会會]",
    "A/HRC": r"HUMAN\s+RIGHTS\s+COUNCIL(?:'S)?|HRC|CONSEIL\s+DES\s+DROITS\s+DE\s+L'HOMME|CDH"
    r"|CONSEJO\s+DE\s+DERECHOS\s+HUMANOS|СОВЕТ\w*\s+ПО\s+ПРАВАМ\s+ЧЕЛОВЕКА|СПЧ"
    r"|(?:و|ب|ل|ف)?مجلس\s+حقوق\s+الانسان|人[权權]理事[会會]",
}
_RESOLUTION = (
    r"RESOLUTIONS?|RESOLUCION(?:ES)?|RES|РЕЗОЛЮЦИ\w*|РЕЗ|[وبفك]?(?:ال|لل)?قرار(?:ات|ها|ه|ي|ين|ا)?"
)
_DECISION = r"DECISIONS?|DECISION(?:ES)?|DEC|РЕШЕНИ\w*|РЕШ|[وبفك]?(?:ال|لل)?مقرر(?:ات|ها|ه|ي|ين|ا)?"
_HAN = {"决议": "RES", "決議": "RES", "决定": "DEC", "決定": "DEC"}

_WORD = r"(?<![\w/.-])(?:{})(?![^\W\d])"
_KINDS = (
    (re.compile(_WORD.format(_RESOLUTION)), " RES "),
    (re.compile(_WORD.format(_DECISION)), " DEC "),
)
_BODIES = tuple(
    # Han characters are not parted by blanks, words of other scripts are.
    (re.compile(rf"(?<![^\W\u3400-\u9fff])(?:{words})(?![^\W\u3400-\u9fff])"), organ)
    for organ, words in _BODY_WORDS.items()
)
_SHORT = re.compile(r"(?<![\w/.-])UN(SC|GA)R(?![\w/])")
_WITH_HAN = re.compile(
    r"第?\s{0,3}([0-9][0-9A-Z/() -]{0,30}?)\s{0,3}[号號]?\s{0,3}(决议|決議|决定|決定)|"
    r"(决议|決議|决定|決定)"
)
_MARKS = re.compile("[\u0300-\u036f\u064b-\u065f\u0640\u0670]")

_REFERENCE = re.compile(
    r"(?<!\S)(?P<kind>RES|DEC)(?:[\s.,:#°'№-]|(?:OF|THE|DU|DE|LA|DEL|L|DES|رقم|NO?|NUM|NUMERO)"
    r"(?=[\s.°'0-9])){1,12}"
    r"(?P<first>(?:ES|S)\s?-?\s?[0-9]{1,2}(?=\s?/|\s[0-9])|[0-9]{1,5})"
    r"(?:(?P<joint>\s?/\s?|\s|-)(?P<second>[0-9]{1,4}))?(?![0-9])"
    r"(?:\s?\[?(?P<part>[A-Z](?:\s?-\s?[A-Z])?)\]?(?![A-Z0-9]))?"
    r"(?:\s?\((?P<bracket>[0-9]{4}|[IVXL]{1,8}|S-[IVX]{1,4}|ES-[IVX]{1,4})\))?"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A resolution (`kind` "RES") or decision ("DEC") named in words.

    `organ`: one of `ORGANS`, "" where none or several are named. `session` ("63", "2008",
    "ES-11") is "" where numbers run on (1325, 2131); `part`: "A", "A-B"; `bracket`: "2000", "XX".
    """

    kind: str
    organ: str
    session: str
    number: str
    part: str = ""
    bracket: str = ""


def references(text: str) -> Iterator[Reference]:
    """The resolutions and decisions that are named in words in a text, in order."""
    spelled, organ = _in_latin(text)
    for match in _REFERENCE.finditer(spelled):
        first = "".join(match["first"].split())
        second, bracket = match["second"] or "", match["bracket"] or ""
        if second and "/" not in match["joint"] and _is_year(second) and not bracket:
            second, bracket = "", second
        session, number = (first, second) if second else ("", first)
        if session and match["joint"] == "-" and not session.isdigit():
            continue
        part = "".join((match["part"] or "").split())
        yield Reference(
            kind=match["kind"],
            organ=organ,
            session=re.sub(r"(?<=S)(?=[0-9])", "-", session),
            number=number,
            part=part,
            bracket=bracket,
        )


def _in_latin(text: str) -> tuple[str, str]:
    """The text with RES and DEC for the words, and the one body that it names, taken out."""
    spelled = plain(text)
    if not spelled.isascii():
        spelled = unicodedata.normalize(
            "NFC", _MARKS.sub("", unicodedata.normalize("NFD", spelled))
        )
        spelled = _WITH_HAN.sub(_put_before, spelled.replace("\u2019", "'"))
    spelled = _SHORT.sub(lambda match: f" {match[1]} RES ", spelled)
    for pattern, kind in _KINDS:
        spelled = pattern.sub(kind, spelled)
    organs = []
    for pattern, organ in _BODIES:
        spelled, count = pattern.subn(" ", spelled)
        if count:
            organs.append(organ)
    return " ".join(spelled.split()), organs[0] if len(organs) == 1 else ""


def _put_before(match: re.Match[str]) -> str:
    return f" {_HAN[match[2] or match[3]]} {match[1] or ''} "


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and 1946 <= int(digits) <= 2099
