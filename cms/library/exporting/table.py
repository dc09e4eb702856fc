"""CSV with the columns of the import, so that what goes out can come in again."""

from __future__ import annotations

import csv
import io
from typing import Any

from cms.languages import codes
from cms.languages.fields import column
from cms.languages.spreadsheets import FORMULA

from ..importing.csv_reader import COLUMNS
from ..models import Document
from .portrait import issued_in


def _line(cells: list[Any]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue().encode()


def header() -> bytes:
    """The names of the columns, behind the mark by which spreadsheets know UTF-8."""
    return "\ufeff".encode() + _line(list(COLUMNS))


def row(document: Document) -> bytes:
    """One document; no cell is a formula to a spreadsheet."""
    items = document.agenda_items.all()
    values = {
        "symbol": document.symbol,
        "date": document.date.isoformat() if document.date else "",
        "year": document.year or "",
        "body": document.body,
        "session": document.session,
        "document_type": document.document_type,
        "distribution": document.distribution,
        "subject": " ".join(subject.code for subject in document.subjects.all()),
        "agenda": "; ".join(f"{item.body}/{item.session}/{item.number}" for item in items),
        "languages": " ".join(issued_in(document)),
    }
    values |= {
        column("title", code): getattr(document, column("title", code)) or ""
        for code in codes.CODES
    }
    return _line([_safe(values[name]) for name in COLUMNS])


def _safe(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
