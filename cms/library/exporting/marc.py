"""MARC 21 records (http://www.loc.gov/MARC21/slim), in the fields that the import reads."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pymarc
from pymarc import Field, Indicators, Leader, Record, Subfield

from cms.languages import codes
from cms.languages.fields import column, text_in
from cms.languages.lines import one_line

from ..importing.marc_fields import BODIES, CONTENT, LANGUAGES, ORGANS, THESAURUS
from ..models import Document
from .portrait import day_of, files_of, issued_in, subject_names, titles_of

NAMESPACE = "http://www.loc.gov/MARC21/slim"
HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="{NAMESPACE}">\n'.encode()
TAIL = b"</collection>\n"
#: n: new; a: language material; m: monograph; a: Unicode; 7: minimal level; a: AACR 2.
_LEADER = "00000nam a22000007a 4500"
_DISTRIBUTION = {"general": "GEN", "limited": "LTD", "restricted": "RES"}
_ORGANS = {body: organ for organ, body in ORGANS.items()}
_CONTENT = {"report": "B16", "statement": "B17"} | {
    str(kind): code for code, kind in CONTENT.items() if str(kind) not in ("report", "statement")
}


def record_bytes(document: Document, *, root_url: str, alone: bool = False) -> bytes:
    """A record as MARCXML; `alone`: with its own namespace and schema, else for a collection."""
    node = pymarc.record_to_xml_node(marc_record(document, root_url=root_url), namespace=alone)
    return bytes(ElementTree.tostring(node, encoding="utf-8")) + b"\n"


def marc_record(document: Document, *, root_url: str) -> Record:
    """A document as a MARC record: 245 in English if it can be, the other titles in 242 with
    their language. Costs no query where it was read whole (`portrait.read_whole`)."""
    record = Record(leader=_LEADER, force_utf8=True)
    record.leader = Leader(_LEADER)
    title, language = text_in(document, "title", "en")
    record.add_field(
        Field(tag="001", data=document.key),
        Field(tag="005", data=f"{document.changed_at:%Y%m%d%H%M%S}.0"),
        Field(tag="008", data=_fixed(document, language)),
    )
    issued = [("a", LANGUAGES[code]) for code in issued_in(document)]
    if issued:
        _add(record, "041", "0 " if len(issued) == 1 else "1 ", *issued)
    if code := _CONTENT.get(document.document_type):
        _add(record, "089", "  ", ("b", code))
    _add(record, "091", "  ", ("a", _DISTRIBUTION[document.distribution]))
    series = BODIES.get(document.body, document.body)
    _add(record, "191", "  ", ("a", document.symbol), ("b", series), ("c", document.session))
    for code, other in titles_of(document).items():
        if code != language:
            _add(record, "242", "00", ("a", other), ("y", LANGUAGES[code]))
    _add(record, "245", "00", ("a", title))
    _add(record, "269", "  ", ("a", day_of(document)))
    for subject, name in subject_names(document, "en"):
        is_concept = subject.uri.startswith(THESAURUS)
        source = [("2", "unbist"), ("1", subject.uri)] if is_concept else [("2", "local")]
        _add(record, "650", "17", ("a", name), ("0", subject.code), *source)
    for version, file in files_of(document):
        parts = (("3", codes.get(version.language).name), ("q", file.get_format_display()))
        _add(record, "856", "41", *parts, ("u", root_url + file.address))
    if root_url:
        _add(record, "856", "40", ("u", root_url + document.address))
    for item in document.agenda_items.all():
        agenda = f"{_ORGANS.get(item.body, item.body)}/{item.session}"
        title = getattr(item, column("title", "en")) or text_in(item, "title", "en")[0]
        _add(record, "991", "  ", ("a", agenda), ("b", item.number), ("c", title))
    return record


def _add(record: Record, tag: str, indicators: str, *parts: tuple[str, Any]) -> None:
    """Add a field of the subfields that say something, if any does."""
    subfields = [Subfield(code=code, value=one_line(text)) for code, text in parts if text]
    if subfields:
        record.add_field(Field(tag=tag, indicators=Indicators(*indicators), subfields=subfields))


def _fixed(document: Document, language: str) -> str:
    """008, forty characters: date entered, kind of date, year, place unknown, language."""
    year = document.date.year if document.date else document.year
    dates = f"s{year:04d}    " if year else "nuuuuuuuu"
    return f"{document.created_at:%y%m%d}{dates}xx {'|' * 17}{LANGUAGES[language]}||"
