"""The text of a PDF, by PDFium (the library of Chromium)."""

from __future__ import annotations

import ctypes
import re
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw

from .bidi import Letter, in_reading_order
from .faults import LONGEST_TEXT, MOST_PAGES, Unreadable
from .tidy import tidied

_FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
#: Where readers look for the end of a file; what has none was cut off.
_TAIL = 8192


def read(path: Path) -> tuple[str, int]:
    """(text, pages). Raises Unreadable."""
    with path.open("rb") as stream:
        stream.seek(max(path.stat().st_size - _TAIL, 0))
        if b"%%EOF" not in stream.read():
            raise Unreadable("damaged")
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        asks = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise Unreadable("encrypted" if asks else "damaged") from error
    pages = len(document)
    if pages > MOST_PAGES:
        raise Unreadable("too_many_pages")
    parts: list[str] = []
    length = unread = 0
    for number in range(pages):
        try:
            part = _page_text(document[number])
        except pypdfium2.PdfiumError:
            unread += 1
            continue
        parts.append(part)
        length += len(part)
        if length > LONGEST_TEXT:
            break
    if pages == 0 or unread == pages:
        raise Unreadable("damaged")
    text = tidied("\n".join(parts), broken_lines=True)[:LONGEST_TEXT]
    if not text:
        raise Unreadable("no_text")
    return text, pages


def _page_text(page: pypdfium2.PdfPage) -> str:
    try:
        layer = page.get_textpage()
        text = layer.get_text_range()
        if _FROM_RIGHT.search(text) and len(text) < LONGEST_TEXT:
            text = _from_right(layer)
        return text
    finally:
        page.close()


def _from_right(layer: pypdfium2.PdfTextPage) -> str:
    lines: list[str] = []
    line: list[Letter] = []
    left, right, bottom, top = (ctypes.c_double() for _corner in range(4))
    corners = [ctypes.byref(each) for each in (left, right, bottom, top)]
    for index in range(layer.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(layer, index))
        if letter in "\r\n":
            if line:
                lines.append(in_reading_order(line))
                line = []
            continue
        raw.FPDFText_GetCharBox(layer, index, *corners)  # leaves the last one's, if it has none
        line.append(Letter(letter, left.value, right.value))
    if line:
        lines.append(in_reading_order(line))
    return "\n".join(lines)
