"""A record checked: the values for its columns, or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cms.languages import codes
from cms.languages.fields import column

from ..models import AgendaItem, Distribution, Document, DocumentType
from ..symbols import YEARS, clean_symbol, parse_symbol, symbol_key
from .records import AgendaName, BadRecord, Place, Record
from .subject_names import KnownSubjects

#: What no column of text holds: control characters (a null byte PostgreSQL refuses).
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class DocumentRow:
    """One checked record. `values`: the columns of `Document` that the file has; `proposed`: what
    the symbol itself says of a document that is new; `subjects`: keys of rows, None: left alone."""

    place: Place
    key: str
    values: dict[str, object]
    proposed: dict[str, object]
    subjects: tuple[int, ...] | None = None
    languages: tuple[str, ...] | None = None
    agenda: tuple[AgendaName, ...] | None = None


@dataclass(frozen=True)
class Checked:
    """What came of a record: a row or none, what is wrong with it, and what was left out of it."""

    row: DocumentRow | None
    bad: tuple[BadRecord, ...] = ()
    left_out: tuple[BadRecord, ...] = ()


def check_record(record: Record, subjects: KnownSubjects, *, strict: bool = False) -> Checked:
    """Check one record. `strict`: an unknown subject spoils it, else it is left out and told."""
    problems: list[str] = []

    def attempt(check: Callable[..., object], *arguments: object) -> object:
        try:
            return check(*arguments)
        except ValidationError as error:
            problems.extend(error.messages)
            return None

    values: dict[str, object] = {"symbol": attempt(clean_symbol, record.symbol)}
    attempt(_check_titles, record.titles)
    values |= {column("title", code): title for code, title in record.titles.items()}
    for name in ("body", "session"):
        if (text := getattr(record, name)) is not None:
            values[name] = attempt(_within, name, text)
    if record.date is not None:
        values["date"] = attempt(_date, record.date)
    if record.year is not None or values.get("date"):
        values["year"] = attempt(_year, record.year or "", values.get("date"))
    for name, choices in (("document_type", DocumentType), ("distribution", Distribution)):
        if text := getattr(record, name):
            values[name] = attempt(_choice, name, text, choices.values)
    if record.languages:
        attempt(_check_codes, "languages", record.languages, codes.CODES)
    for item in record.agenda or ():
        attempt(_check_agenda, item)
    found, unknown = subjects.find_all(record.subjects)
    left_out = [_("the subject “%(name)s” is unknown here.") % {"name": one} for one in unknown]
    problems += left_out if strict else []
    if problems:
        return Checked(None, bad=_told(record.place, problems))
    symbol = str(values["symbol"])
    row = DocumentRow(
        place=record.place,
        key=symbol_key(symbol),
        values=values,
        proposed=parse_symbol(symbol).proposals(),
        subjects=found,
        languages=record.languages,
        agenda=record.agenda,
    )
    return Checked(row, left_out=_told(record.place, left_out))


def _told(place: Place, reasons: Sequence[str]) -> tuple[BadRecord, ...]:
    return tuple(BadRecord(place, reason) for reason in reasons)


def _check_titles(titles: dict[str, str]) -> None:
    if not any(titles.values()):
        raise ValidationError(_("it has no title in any language."))
    for code, title in titles.items():
        _within("title", title, shown=column("title", code))


def _within(field_name: str, text: str, *, shown: str = "") -> str:
    longest = Document._meta.get_field(field_name).max_length
    if len(text) > longest:
        raise ValidationError(
            _("%(column)s is longer than %(longest)s characters.")
            % {"column": shown or field_name, "longest": longest}
        )
    if _CONTROL.search(text):
        raise ValidationError(
            _("%(column)s holds a control character.") % {"column": shown or field_name}
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


def _check_codes(name: str, given: Sequence[str], known: Collection[str]) -> None:
    unknown = [code for code in given if code not in known]
    if unknown:
        raise ValidationError(
            _("%(column)s “%(unknown)s” is unknown: use one of %(known)s.")
            % {"column": name, "unknown": " ".join(unknown)[:80], "known": ", ".join(known)}
        )


def _check_agenda(item: AgendaName) -> None:
    for name in ("body", "session", "number", "title"):
        text, longest = getattr(item, name), AgendaItem._meta.get_field(name).max_length
        if (not text and name != "title") or len(text) > longest or _CONTROL.search(text):
            raise ValidationError(
                _("“%(item)s” is no agenda item: write it as GA/78/71 (b).")
                % {"item": f"{item.body}/{item.session}/{item.number}"[:60]}
            )
