"""Which MARC field says what, as the United Nations libraries use them.

Sources: the UNBIS Reference Manual for Bibliographic Description (un.org/depts/dhl/unbisref_manual:
fields 089, 191, 245, 269, 650, 991), its list of content codes, the Dag Hammarskjöld Library's
profile of the fields (its public `dlx-rest`: 041, 089, 091, 191, 245, 246, 269), and MARC 21 itself
for 008, 242, 546 and 880. docs/howto/import-documents.md has the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pymarc import Field
from pymarc import Record as MarcRecord

from cms.languages import codes

from ..models import Distribution, DocumentType
from .records import AgendaName, Place, Record, SubjectName

#: MARC's codes of the six languages (ISO 639-2/B).
LANGUAGES = {"ar": "ara", "zh": "chi", "en": "eng", "fr": "fre", "ru": "rus", "es": "spa"}
_CODES = {marc: code for code, marc in LANGUAGES.items()} | {"zho": "zh", "fra": "fr"}
_NAMES = {
    "arabic": "ar",
    "chinese": "zh",
    "english": "en",
    "french": "fr",
    "russian": "ru",
    "spanish": "es",
}
#: Content codes (089 $b) and what they make of a document; the first that is known says it.
CONTENT = {
    "B01": DocumentType.RESOLUTION,
    "B02": DocumentType.DRAFT,
    "B03": DocumentType.RECORD,
    "B04": DocumentType.REPORT,
    "B14": DocumentType.REPORT,
    "B16": DocumentType.REPORT,
    "B17": DocumentType.STATEMENT,
    "B18": DocumentType.LETTER,
    "B21": DocumentType.STATEMENT,
}
#: Distribution (091 $a); provisional documents (PRO) are as general as their final text.
DISTRIBUTIONS = {
    "GEN": Distribution.GENERAL,
    "GER": Distribution.GENERAL,
    "PRO": Distribution.GENERAL,
    "LTD": Distribution.LIMITED,
    "PAR": Distribution.RESTRICTED,
    "RES": Distribution.RESTRICTED,
}
#: Series symbols (191 $b) of the bodies that have a code of their own here.
BODIES = {"GA": "A/", "SC": "S/", "ECOSOC": "E/", "TC": "T/", "ST": "ST/"}
BODIES |= {f"C.{number}": f"A/C.{number}/" for number in range(1, 7)}
_SERIES = {series: code for code, series in BODIES.items()}
#: The organs of agendas by the first part of the agenda's symbol (991 $a).
ORGANS = {"A": "GA", "S": "SC", "E": "ECOSOC", "T": "TC"}
#: The thesaurus; a concept's code is the last part of its address.
THESAURUS = "http://metadata.un.org/thesaurus/"
_CONCEPT = re.compile(r"^https?://metadata\.un\.org/thesaurus/([0-9]{3,10})/?$")
_SCRIPTS = (
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("zh", re.compile("[\u3400-\u9fff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
)
_TITLE_PARTS = ("a", "b", "n", "p")


def record_of(marc: MarcRecord, place: Place) -> Record:
    """The neutral record of a MARC record; what it does not say stays None."""
    symbol = marc.get("191")
    day = _text(marc.get("269"), "a")
    return Record(
        place=place,
        symbol=_text(symbol, "a").removesuffix("***"),
        titles=_titles(marc),
        **_dates(day or _written_year(marc)),
        body=_body(_text(symbol, "b")),
        session=_text(symbol, "c") or None,
        document_type=_first(marc, "089", "b", CONTENT),
        distribution=_first(marc, "091", "a", DISTRIBUTIONS),
        languages=_languages(marc),
        subjects=_subjects(marc),
        agenda=_agenda(marc),
    )


def _text(field: Field | None, *names: str) -> str:
    """The subfields of these names, one blank between them."""
    if field is None or field.control_field:
        return ""
    parts = [part.value.strip() for part in field.subfields if part.code in names]
    return " ".join(part for part in parts if part)


def _title(field: Field) -> str:
    """A title without the marks that cataloguers end its parts with."""
    return re.sub(r"[\s/:;=,]+$", "", _text(field, *_TITLE_PARTS))


def script_language(text: str) -> str | None:
    """The language that the letters of a text give away: ar, zh or ru."""
    return next((code for code, letters in _SCRIPTS if letters.search(text)), None)


def _titles(marc: MarcRecord) -> dict[str, str]:
    """245 in the language of the record; 242 with its $y; 880 and parallel 246 by their script."""
    titles: dict[str, str] = {}

    def note(code: str | None, field: Field) -> None:
        if code and (title := _title(field)):
            titles.setdefault(code, title)

    for field in marc.get_fields("245"):
        note(script_language(_title(field)) or _main_language(marc), field)
    for field in marc.get_fields("242"):
        note(_CODES.get(_text(field, "y").lower()), field)
    for field in marc.get_fields("880"):
        if _text(field, "6").startswith("245"):
            note(script_language(_title(field)), field)
    for field in marc.get_fields("246"):
        is_parallel = field.indicators is not None and field.indicators.second == "1"
        if is_parallel:
            note(_NAMES.get(_text(field, "i").rstrip(":. ").lower()), field)
            note(script_language(_title(field)), field)
    return titles


def _main_language(marc: MarcRecord) -> str:
    """The language of 245: that of 008 (35-37), else of a 041 that names one, else English."""
    fixed = marc.get("008")
    found = _CODES.get((fixed.data or "")[35:38].lower()) if fixed is not None else None
    issued = _languages(marc) or ()
    return found or (issued[0] if len(issued) == 1 else "en")


def _languages(marc: MarcRecord) -> tuple[str, ...] | None:
    """041 $a, repeated or run together ("araengfre"), else the names in 546."""
    named: list[str] = []
    for text in _values(marc, "041", "a"):
        bare = re.sub("[^a-z]", "", text.lower())
        named += [bare[start : start + 3] for start in range(0, len(bare), 3)]
    found = [_CODES[name] for name in named if name in _CODES]
    if not found:
        words = re.findall("[a-z]+", " ".join(_values(marc, "546", "a")).lower())
        found = [_NAMES[word] for word in words if word in _NAMES]
    return tuple(code for code in codes.CODES if code in found) or None


def _values(marc: MarcRecord, tag: str, name: str) -> Iterator[str]:
    for field in marc.get_fields(tag):
        yield from (part.value.strip() for part in field.subfields if part.code == name)


def _first(marc: MarcRecord, tag: str, name: str, known: dict[str, Any]) -> str | None:
    return next(
        (str(known[value.upper()]) for value in _values(marc, tag, name) if value.upper() in known),
        None,
    )


def _body(series: str) -> str | None:
    """Our code of a series symbol: "A/" is GA; of one that has none the series itself."""
    return (_SERIES.get(series) or series.strip("/ ")) if series else None


def _dates(day: str) -> dict[str, Any]:
    """269 $a: "2023-10-09", "20231009", "2023-10" or "2023"."""
    digits = re.fullmatch(r"([0-9]{4})-?([0-9]{2})?-?([0-9]{2})?", day)
    if not digits:
        return {"date": day or None}
    year, month, of_month = digits.groups()
    if of_month:
        return {"date": f"{year}-{month}-{of_month}", "year": year}
    return {"year": year}


def _written_year(marc: MarcRecord) -> str:
    """The year in 260 $c or 264 $c ("[2003]")."""
    text = " ".join([*_values(marc, "260", "c"), *_values(marc, "264", "c")])
    found = re.search(r"(?:19|20)[0-9]{2}", text)
    return found.group() if found else ""


def _subjects(marc: MarcRecord) -> tuple[SubjectName, ...] | None:
    """650: the concept's address ($1, $0), else its code or the term."""
    found = []
    for field in marc.get_fields("650"):
        term = re.sub(r"[\s.;]+$", "", _text(field, "a"))
        numbers = [part.value.strip() for part in field.subfields if part.code in ("0", "1")]
        uri = next((number for number in numbers if _CONCEPT.match(number)), "")
        concept = _CONCEPT.match(uri)
        own = next((n for n in numbers if re.fullmatch(r"[A-Za-z0-9_-]{1,64}", n)), "")
        code = concept.group(1) if concept else own
        if term or code:
            found.append(SubjectName(code=code, uri=uri, term=term))
    return tuple(dict.fromkeys(found)) or None


def _agenda(marc: MarcRecord) -> tuple[AgendaName, ...] | None:
    """991: $a the agenda's symbol ("A/78/251"), $b the item, $c its title."""
    found = []
    for field in marc.get_fields("991"):
        parts = _text(field, "a").split("/")
        number = _text(field, "b").rstrip(". ")
        if len(parts) < 2 or not number:
            continue
        session = next((part for part in parts[1:] if part[:1].isdigit()), parts[1])
        body = ORGANS.get(parts[0], parts[0])
        title = re.sub(r"[\s.]+$", "", _text(field, "c"))
        found.append(AgendaName(body=body, session=session, number=number, title=title))
    return tuple(dict.fromkeys(found)) or None
