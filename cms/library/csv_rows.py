"""A CSV file of documents, read and checked whole before anything is written.

Columns: `symbol` and at least one of `title_ar … title_es` must be there; `date` (ISO), `year`,
`body`, `session`, `document_type`, `distribution`, `subject` (codes) and `languages` (codes of the
languages in which it was issued) may be. Several codes are separated by blanks.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.languages import codes
from cms.languages.fields import column

from .models import Distribution, Document, DocumentType
from .symbols import clean_symbol, symbol_key

TITLES = tuple(column("title", code) for code in codes.CODES)
PLAIN = ("body", "session")
COLUMNS = (
    "symbol",
    "date",
    "year",
    *PLAIN,
    "document_type",
    "distribution",
    "subject",
    "languages",
    *TITLES,
)
#: Resolutions date from 1946; a year beyond the century is a slip of the finger.
YEARS = range(1945, 2101)


@dataclass(frozen=True, order=True)
class BadRow:
    """What is wrong with one line of a file (counted from 1, the header's line included)."""

    line: int
    reason: str

    def __str__(self) -> str:
        return _("line %(line)s: %(reason)s") % {"line": self.line, "reason": self.reason}


class ImportRefused(ValueError):
    """Raised when a file has bad rows: nothing of it was loaded. `bad_rows` lists every one."""

    def __init__(self, bad_rows: Iterable[BadRow]) -> None:
        self.bad_rows = sorted(bad_rows)
        count = len(self.bad_rows)
        summary = ngettext(
            "Nothing was loaded: the file has %(count)s bad row. Correct it and import again.",
            "Nothing was loaded: the file has %(count)s bad rows. Correct them and import again.",
            count,
        ) % {"count": count}
        super().__init__("\n".join([summary, *map(str, self.bad_rows)]))


@dataclass(frozen=True)
class DocumentRow:
    """One checked line. `values`: the columns of `Document` that the file has; `proposed`: what
    the symbol itself says of a document that is new."""

    line: int
    key: str
    values: dict[str, object]
    proposed: dict[str, object]
    subjects: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None


@dataclass
class _Reading:
    known_subjects: Collection[str]
    rows: dict[str, DocumentRow] = field(default_factory=dict)
    bad: list[BadRow] = field(default_factory=list)


def read_documents(
    path: Path, *, subjects: Collection[str], report: Callable[[int], None] | None = None
) -> list[DocumentRow]:
    """The rows of a file, in order. `subjects`: codes that exist; `report(lines read)`.

    Raises ImportRefused with every bad row, and OSError where the file can't be read.
    """
    reading = _Reading(subjects)
    lines = _lines(path, reading.bad)
    header = next(lines, (1, []))[1]
    names = [name.strip().lower() for name in header]
    reading.bad.extend(BadRow(1, reason) for reason in _header_problems(names))
    if reading.bad:
        raise ImportRefused(reading.bad)
    for line, cells in lines:
        if any(cell.strip() for cell in cells):
            _check_row(line, names, cells, reading)
        if report and line % 500 == 0:
            report(line)
    if not reading.rows and not reading.bad:
        reading.bad.append(BadRow(2, _("there is no document below the header.")))
    if reading.bad:
        raise ImportRefused(reading.bad)
    return list(reading.rows.values())


def _lines(path: Path, bad: list[BadRow]) -> Iterator[tuple[int, list[str]]]:
    """(number of the line where the row begins, cells); what can't be read goes to `bad`."""
    line = 1
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            for cells in reader:
                yield line, cells
                line = reader.line_num + 1
    except UnicodeDecodeError:
        bad.append(BadRow(line, _("the file is not UTF-8 from about here: save it as UTF-8.")))
    except csv.Error as error:
        bad.append(BadRow(line, _("this is not CSV (%(error)s).") % {"error": error}))


def _header_problems(names: list[str]) -> Iterator[str]:
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


def _check_row(line: int, names: list[str], cells: list[str], reading: _Reading) -> None:
    def refuse(reason: str) -> None:
        reading.bad.append(BadRow(line, reason))

    if len(cells) != len(names):
        refuse(
            _("it has %(cells)s cells, the header names %(columns)s.")
            % {"cells": len(cells), "columns": len(names)}
        )
        return
    cell = {name: value.strip() for name, value in zip(names, cells, strict=True)}
    try:
        values, subjects, languages = _values(cell, reading.known_subjects)
    except ValidationError as error:
        for message in error.messages:
            refuse(message)
        return
    symbol = str(values["symbol"])
    key = symbol_key(symbol)
    if key in reading.rows:
        refuse(
            _("%(symbol)s stands in line %(line)s already.")
            % {"symbol": symbol, "line": reading.rows[key].line}
        )
        return
    reading.rows[key] = DocumentRow(line, key, values, _read_off(symbol), subjects, languages)


_Checked = tuple[dict[str, object], tuple[str, ...] | None, tuple[str, ...] | None]


def _values(cell: dict[str, str], known_subjects: Collection[str]) -> _Checked:
    problems: list[str] = []

    def attempt(check: Callable[..., object], *arguments: object) -> object:
        try:
            return check(*arguments)
        except ValidationError as error:
            problems.extend(error.messages)
            return None

    values: dict[str, object] = {"symbol": attempt(clean_symbol, cell["symbol"])}
    titles = {name: cell[name] for name in TITLES if name in cell}
    attempt(_check_titles, titles)
    values |= titles
    for name in PLAIN:
        if name in cell:
            values[name] = attempt(_within, name, cell[name])
    if "date" in cell:
        values["date"] = attempt(_date, cell["date"])
    if "year" in cell or values.get("date"):
        values["year"] = attempt(_year, cell.get("year", ""), values.get("date"))
    for name, choices in (("document_type", DocumentType), ("distribution", Distribution)):
        if cell.get(name):
            values[name] = attempt(_choice, name, cell[name], choices.values)
    subjects = languages = None
    if "subject" in cell:
        subjects = attempt(_codes, "subject", cell["subject"], known_subjects)
    if "languages" in cell:
        languages = attempt(_codes, "languages", cell["languages"], codes.CODES)
    if problems:
        raise ValidationError(problems)
    return values, subjects, languages  # type: ignore[return-value]


def _check_titles(titles: dict[str, str]) -> None:
    if not any(titles.values()):
        raise ValidationError(_("it has no title in any language."))
    for name, title in titles.items():
        _within("title", title, shown=name)


def _within(field_name: str, text: str, *, shown: str = "") -> str:
    longest = Document._meta.get_field(field_name).max_length
    if len(text) > longest:
        raise ValidationError(
            _("%(column)s is longer than %(longest)s characters.")
            % {"column": shown or field_name, "longest": longest}
        )
    if "\x00" in text:
        raise ValidationError(
            _("%(column)s holds a null character.") % {"column": shown or field_name}
        )
    return text


def _date(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        raise ValidationError(
            _("“%(text)s” is not a date: write it as 2024-12-31.") % {"text": text[:40]}
        ) from None
    if day and day.year not in YEARS:
        raise ValidationError(_("%(date)s is no date of a document.") % {"date": day})
    return day


def _year(text: str, day: date | None) -> int | None:
    if not text:
        return day.year if day else None
    if not (text.isascii() and text.isdigit() and int(text[:9]) in YEARS):
        raise ValidationError(_("“%(text)s” is not a year.") % {"text": text[:40]})
    if day and day.year != int(text):
        raise ValidationError(
            _("the year %(year)s and the date %(date)s disagree.") % {"year": text, "date": day}
        )
    return int(text)


def _choice(name: str, text: str, choices: Collection[str | Promise]) -> str:
    if text not in choices:
        raise ValidationError(
            _("%(column)s “%(text)s” is unknown: use one of %(known)s.")
            % {"column": name, "text": text[:40], "known": ", ".join(map(str, choices))}
        )
    return text


def _codes(name: str, text: str, known: Collection[str]) -> tuple[str, ...]:
    given = tuple(dict.fromkeys(text.split()))
    unknown = [code for code in given if code not in known]
    if unknown:
        raise ValidationError(
            _("%(column)s “%(unknown)s” is unknown: use one of %(known)s.")
            % {"column": name, "unknown": " ".join(unknown)[:80], "known": ", ".join(known)}
        )
    return given


_TYPE_MARKS = (
    ("/L.", DocumentType.DRAFT),
    ("/RES/", DocumentType.RESOLUTION),
    ("/DEC/", DocumentType.DECISION),
    ("/PV.", DocumentType.RECORD),
    ("/SR.", DocumentType.RECORD),
)


def _read_off(symbol: str) -> dict[str, object]:
    """Type and distribution by the parts of a symbol that say so (/L. limited, /R. restricted)."""
    distribution = Distribution.LIMITED if "/L." in symbol else Distribution.GENERAL
    return {
        "document_type": next(
            (kind for mark, kind in _TYPE_MARKS if mark in symbol), DocumentType.OTHER
        ),
        "distribution": Distribution.RESTRICTED if "/R." in symbol else distribution,
    }
