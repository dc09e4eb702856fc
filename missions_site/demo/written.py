"""Small DOCX and HTML files of plain paragraphs, for documents of the demo."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from html import escape

from cms.languages import codes

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_LINKS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#: The archive's files carry a day, which must not make the same text another file.
_DAY = (2026, 1, 1, 0, 0, 0)


def word_file(paragraphs: Sequence[str], language: str) -> bytes:
    """The bytes of a DOCX; the same for the same text."""
    from_right = codes.direction(language) == "rtl"
    before = "<w:pPr><w:bidi/></w:pPr>" if from_right else ""
    mark = "<w:rPr><w:rtl/></w:rPr>" if from_right else ""
    body = "".join(
        f"<w:p>{before}<w:r>{mark}<w:t>{escape(text)}</w:t></w:r></w:p>" for text in paragraphs
    )
    document = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _LINKS),
            ("word/document.xml", document),
        ):
            archive.writestr(zipfile.ZipInfo(name, _DAY), text, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def web_file(title: str, paragraphs: Sequence[str], language: str) -> bytes:
    """The bytes of an HTML file."""
    body = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    return (
        f'<!doctype html><html lang="{language}" dir="{codes.direction(language)}"><head>'
        f'<meta charset="utf-8"><title>{escape(title)}</title></head>'
        f"<body><h1>{escape(title)}</h1>{body}</body></html>"
    ).encode()
