"""Records in the two formats that are harvested: Dublin Core and MARC 21."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from cms.languages import codes
from cms.languages.fields import column
from cms.languages.lines import one_line

from ..exporting.marc import NAMESPACE as MARC
from ..exporting.marc import record_bytes
from ..exporting.portrait import MEDIA_TYPES, day_of, files_of, issued_in, titles_of
from ..exporting.ris import PUBLISHER
from ..models import Document

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LOCATION = f"{{{XSI}}}schemaLocation"


@dataclass(frozen=True)
class MetadataFormat:
    """A format of records. `write(document, root_url)`: the element below `metadata`."""

    prefix: str
    schema: str
    namespace: str
    write: Callable[[Document, str], etree._Element]


def dublin_core(document: Document, root_url: str) -> etree._Element:
    """Unqualified Dublin Core, titles and subjects in each language that they are known in."""
    names = {"oai_dc": OAI_DC, "dc": DC, "xsi": XSI}
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap=names)
    root.set(_LOCATION, f"{OAI_DC} {SCHEMA_DC}")

    def add(name: str, text: str, language: str = "") -> None:
        if line := one_line(text):
            element = etree.SubElement(root, f"{{{DC}}}{name}")
            element.text = line
            if language:
                element.set(_LANG, language)

    for code, title in titles_of(document).items():
        add("title", title, code)
    with codes.override("en"):
        body, kind = document.body_name, str(document.get_document_type_display())
    add("creator", body)
    for subject in document.subjects.all():
        for code in codes.CODES:
            add("subject", getattr(subject, column("name", code)) or "", code)
    add("publisher", PUBLISHER)
    add("date", day_of(document))
    add("type", kind)
    for media in dict.fromkeys(MEDIA_TYPES[file.format] for _version, file in files_of(document)):
        add("format", media)
    add("identifier", root_url + document.address)
    add("identifier", document.symbol)
    for _version, file in files_of(document):
        add("identifier", root_url + file.address)
    for code in issued_in(document):
        add("language", code)
    return root


def marc21(document: Document, root_url: str) -> etree._Element:
    """The MARC record that the export gives."""
    return etree.fromstring(record_bytes(document, root_url=root_url, alone=True))


SCHEMA_DC = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
SCHEMA_MARC = "http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd"
METADATA_FORMATS = {
    one.prefix: one
    for one in (
        MetadataFormat("oai_dc", SCHEMA_DC, OAI_DC, dublin_core),
        MetadataFormat("marc21", SCHEMA_MARC, MARC, marc21),
    )
}
