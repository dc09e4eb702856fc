"""The text of a DOCX, read from its archive: body, headers, footers and notes, in that order.

Read letter by letter and never built up as a tree, so that what is small when packed can't fill
the memory; a document type with entities is refused at its first line.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from lxml import etree

from .faults import LARGEST_PART, LONGEST_TEXT, Unreadable
from .tidy import tidied

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_CHUNK = 65536
#: The encryption of an office file wraps it in this older format.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(path: Path) -> tuple[str, None]:
    """(text, None: pages are not known before it is laid out). Raises Unreadable."""
    with path.open("rb") as stream:
        if stream.read(8) == _COMPOUND:
            raise Unreadable("encrypted")
    sink = _Letters()
    try:
        with zipfile.ZipFile(path) as archive:
            names = sorted(
                (name for name in archive.namelist() if _PARTS.fullmatch(name)),
                key=lambda name: (name != "word/document.xml", name),
            )
            if "word/document.xml" not in names:
                raise Unreadable("damaged")
            for name in names:
                _read_part(archive, name, sink)
    except RuntimeError as error:  # zipfile's, for a member with a password
        raise Unreadable("encrypted") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise Unreadable("damaged") from error
    text = tidied(sink.text())[:LONGEST_TEXT]
    if not text:
        raise Unreadable("no_text")
    return text, None


def _read_part(archive: zipfile.ZipFile, name: str, sink: _Letters) -> None:
    parser = etree.XMLParser(
        target=sink, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    total = 0
    with archive.open(name) as part:
        while chunk := part.read(_CHUNK):
            total += len(chunk)
            if total > LARGEST_PART:
                raise Unreadable("too_large")
            try:
                parser.feed(chunk)
            except etree.XMLSyntaxError as error:
                raise Unreadable("damaged") from error
            if sink.is_full:
                return
    try:
        parser.close()
    except etree.XMLSyntaxError as error:
        raise Unreadable("damaged") from error


class _Letters:
    """What the parser tells of a part; collects the letters of all parts."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._in_text = False
        self._passed_over = 0

    def doctype(self, name: str, public_id: str | None, system: str | None) -> None:
        raise Unreadable("hostile")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == _FALLBACK:
            self._passed_over += 1
        elif tag in (f"{_WORD}t", f"{_STRICT}t"):
            self._in_text = not self._passed_over
        elif tag.endswith(("}tab", "}br", "}cr", "}tc")):
            self._parts.append(" ")

    def end(self, tag: str) -> None:
        if tag == _FALLBACK:
            self._passed_over -= 1
        elif tag in (f"{_WORD}t", f"{_STRICT}t"):
            self._in_text = False
        elif tag in (f"{_WORD}p", f"{_STRICT}p"):
            self._parts.append("\n")

    def data(self, data: str) -> None:
        if self._in_text:
            self._parts.append(data)
            self._length += len(data)

    def close(self) -> None:
        self._in_text = False
        self._passed_over = 0

    @property
    def is_full(self) -> bool:
        return self._length > LONGEST_TEXT or len(self._parts) > 4 * LONGEST_TEXT

    def text(self) -> str:
        return "".join(self._parts)
