"""CSV: a header that names the columns, a document a line.

Columns: `symbol` and at least one of `title_ar … title_es` must be there; `date` (ISO), `year`,
`body`, `session`, `document_type`, `distribution`, `subject` (codes), `agenda` (``GA/78/71 (b)``)
and `languages` (codes of the languages in which it was issued) may be. Codes are separated by
blanks, agenda items by semicolons.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.languages import codes
from cms.languages.fields import column
from cms.languages.spreadsheets import FORMULA

from .records import AgendaName, BadRecord, ImportRefused, Place, Record, SubjectName

TITLES = tuple(column("title", code) for code in codes.CODES)
PLAIN = ("date", "year", "body", "session", "document_type", "distribution")
COLUMNS = ("symbol", *PLAIN, "subject", "agenda", "languages", *TITLES)
#: No cell of a library is longer; a quote that is never closed would swallow the file.
LONGEST_CELL = 100_000
LONGEST_LINE = 1_000_000
_NOT_UTF8 = gettext_lazy("it is not in UTF-8: save the file as UTF-8.")
_HALF = re.compile("[\ud800-\udfff]")


def read_csv(stream: BinaryIO) -> Iterator[Record | BadRecord]:
    """The records of a CSV file, read line by line. UTF-8, with or without a byte order mark.

    Raises ImportRefused where the header is wrong; from a place that is no CSV nothing more is
    read, which is the last thing given.
    """
    rows = _rows(stream)
    first = next(rows, None)
    if isinstance(first, BadRecord):
        raise ImportRefused([first])
    names = [name.strip().lower() for name in first[1]] if first else []
    place = Place(1, line=1)
    problems = [BadRecord(place, reason) for reason in _header_problems(names)]
    if problems:
        raise ImportRefused(problems)
    for number, row in enumerate(rows, start=1):
        yield row if isinstance(row, BadRecord) else _record(number, row, names)


def _rows(stream: BinaryIO) -> Iterator[tuple[int, list[str]] | BadRecord]:
    """(number of the line where the row begins, cells), empty rows left out."""
    csv.field_size_limit(LONGEST_CELL)
    line, number = 1, 0
    try:
        reader = csv.reader(_lines(stream), strict=True)
        for cells in reader:
            if any(cell.strip() for cell in cells) or line == 1:
                yield line, cells
                number += 1
            line = reader.line_num + 1
    except csv.Error as error:
        reason = _("this is not CSV (%(error)s).") % {"error": error}
        yield BadRecord(Place(number, line=line), reason)


def _lines(stream: BinaryIO) -> Iterator[str]:
    """The lines; a byte that is no UTF-8 becomes half a character and spoils its own row."""
    is_first = True
    while line := stream.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise csv.Error(f"a line is longer than {LONGEST_LINE} bytes")
        if is_first:
            line, is_first = line.removeprefix(codecs.BOM_UTF8), False
        yield line.decode("utf-8", "surrogateescape")


def _is_text(cells: Iterable[str]) -> bool:
    return not any(_HALF.search(cell) for cell in cells)


def _header_problems(names: list[str]) -> Iterator[str]:
    if not _is_text(names):
        yield str(_NOT_UTF8)
        return
    if not any(names):
        yield _("the file is empty: the first line must name the columns.")
        return
    unknown = [name for name in names if name not in COLUMNS]
    if unknown:
        yield _("unknown columns: %(unknown)s. Known are: %(known)s.") % {
            "unknown": ", ".join(name or "“”" for name in unknown),
            "known": ", ".join(COLUMNS),
        }
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        yield _("columns named twice: %(columns)s.") % {"columns": ", ".join(twice)}
    if "symbol" not in names:
        yield _("the column “symbol” is missing.")
    if not set(TITLES) & set(names):
        yield _("there is no title in any language: name at least one of %(columns)s.") % {
            "columns": ", ".join(TITLES)
        }


def _record(number: int, row: tuple[int, list[str]], names: list[str]) -> Record | BadRecord:
    line, cells = row
    place = Place(number, line=line)
    if not _is_text(cells):
        return BadRecord(place, str(_NOT_UTF8))
    if len(cells) != len(names):
        reason = _("it has %(cells)s cells, the header names %(columns)s.")
        return BadRecord(place, reason % {"cells": len(cells), "columns": len(names)})
    cell = {name: _plain(value) for name, value in zip(names, cells, strict=True)}
    titles = {code: cell[name] for code in codes.CODES if (name := column("title", code)) in cell}
    subjects, languages, agenda = cell.get("subject"), cell.get("languages"), cell.get("agenda")
    return Record(
        place=place,
        symbol=cell["symbol"],
        titles=titles,
        **{name: cell.get(name) for name in PLAIN},  # type: ignore[arg-type]
        subjects=None if subjects is None else _once(map(SubjectName, subjects.split())),
        languages=None if languages is None else _once(languages.split()),
        agenda=None if agenda is None else _once(map(_agenda, agenda.split(";"))),
    )


def _plain(cell: str) -> str:
    """A cell without the apostrophe by which exports keep spreadsheets from computing it."""
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:].startswith(FORMULA) else text


def _agenda(text: str) -> AgendaName | None:
    """ "GA/78/71 (b)"; with anything missing it is refused when it is checked."""
    parts = [part.strip() for part in text.strip().split("/", 2)]
    return AgendaName(*parts, *[""] * (3 - len(parts))) if text.strip() else None


def _once(found: Iterator | list) -> tuple:
    return tuple(dict.fromkeys(one for one in found if one))
