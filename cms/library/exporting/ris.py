"""RIS, which reference managers read (EndNote, Zotero, Mendeley): a tag and a text a line."""

from __future__ import annotations

from collections.abc import Iterator

from cms.languages import codes
from cms.languages.fields import text_in
from cms.languages.lines import one_line

from ..models import Document, DocumentType
from .portrait import files_of, issued_in, subject_names, titles_of

PUBLISHER = "United Nations"


def reference(document: Document, *, language: str, root_url: str) -> bytes:
    """One reference. Its title is in `language`, or the best other; further titles are TT."""
    lines = (f"{tag}  - {one_line(text)}" for tag, text in _lines(document, language, root_url))
    return "\r\n".join([*lines, "ER  - ", "", ""]).encode()


def _lines(document: Document, language: str, root_url: str) -> Iterator[tuple[str, str]]:
    title, served = text_in(document, "title", language)
    yield "TY", "RPRT" if document.document_type == DocumentType.REPORT else "GOVDOC"
    yield "TI", title
    for code, other in titles_of(document).items():
        if code != served:
            yield "TT", other
    with codes.override(language):
        body, kind = document.body_name, str(document.get_document_type_display())
    yield "AU", body or PUBLISHER
    yield "PB", PUBLISHER
    if document.date:
        yield "PY", str(document.date.year)
        yield "DA", f"{document.date:%Y/%m/%d}/"
    elif document.year:
        yield "PY", str(document.year)
    yield "M1", document.symbol
    yield "CN", document.symbol
    yield "M3", kind
    if document.session:
        yield "IS", document.session
    for code in issued_in(document):
        yield "LA", code
    for _subject, name in subject_names(document, language):
        yield "KW", name
    yield "UR", root_url + document.address
    for _version, file in files_of(document):
        yield "L1", root_url + file.address
