"""Candidatures from a table: all rows are taken, or none."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from ..models import Candidature, Election, SeatAllocation
from .candidatures import CandidatureRefused, announce, submit

REQUIRED = ("election", "state", "announced_on")
COLUMNS = (*REQUIRED, "nominee", "regional_group", "note_reference", "note_date")

#: (done, total), while rows are taken.
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class RowError:
    """What is wrong in a row. `line`: of the file, from 1; 0 where the file as a whole is meant."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}" if self.line else self.reason


class ImportRefused(ValueError):
    """Raised when a table can't be imported; nothing has been changed. `errors`: every row's."""

    def __init__(self, errors: list[RowError]) -> None:
        self.errors = errors
        lines = "\n".join(f"  {error}" for error in errors)
        super().__init__(f"Nothing was imported. Put this right and try again:\n{lines}")


class RowRefused(ValueError):
    """Raised for a row that says something impossible; the message is the reason."""


def read_candidatures(content: bytes) -> list[tuple[int, dict[str, str]]]:
    """(line, row) of a CSV file in UTF-8 with a header. Raises ImportRefused."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ImportRefused([RowError(line, "the file is not UTF-8")]) from error
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        header = reader.fieldnames or []
        errors = [RowError(1, f"unknown column: {name}") for name in header if name not in COLUMNS]
        errors += [RowError(1, f"missing column: {n}") for n in REQUIRED if n not in header]
        if errors:
            raise ImportRefused(errors)
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        reason = f"this is not well-formed CSV ({error})"
        raise ImportRefused([RowError(reader.line_num, reason)]) from error
    errors = [
        RowError(line, f"the row does not have {len(header)} values")
        for line, row in rows
        if None in row or None in row.values()
    ]
    if errors or not rows:
        raise ImportRefused(errors or [RowError(0, "the file has no rows")])
    return [(line, {key: value.strip() for key, value in row.items()}) for line, row in rows]


@transaction.atomic
def import_candidatures(
    rows: Iterable[tuple[int, dict[str, str]]], *, progress: Progress | None = None
) -> tuple[int, int]:
    """(made, as they were). Rows are taken by the same services as in the admin.

    A candidature that stands already with the same note verbale is left as it is. Raises
    ImportRefused with every bad row, and then nothing is changed.
    """
    rows = list(rows)
    elections = {
        election.slug: election
        for election in Election.objects.select_related("body").prefetch_related("seats")
    }
    errors: list[RowError] = []
    made = 0
    for done, (line, row) in enumerate(rows, start=1):
        try:
            with transaction.atomic():
                made += _take(row, elections)
        except (RowRefused, CandidatureRefused) as error:
            errors.append(RowError(line, str(error)))
        except ValidationError as error:
            errors.append(RowError(line, " ".join(error.messages)))
        if progress:
            progress(done, len(rows))
    if errors:
        raise ImportRefused(errors)
    return made, len(rows) - made


def _take(row: dict[str, str], elections: dict[str, Election]) -> bool:
    election = elections.get(row["election"])
    if election is None:
        raise RowRefused(f"there is no election {row['election'] or '(empty)'}: use its address")
    state, nominee = row["state"].upper(), row.get("nominee", "")
    reference, group = row.get("note_reference", ""), row.get("regional_group", "").upper()
    known = Candidature.objects.filter(election=election, state=state, nominee=nominee)
    if reference and known.filter(note_reference=reference).exists():
        return False
    candidature = announce(
        election,
        state=state,
        nominee=nominee,
        on=_day(row, "announced_on"),
        regional_group=group,
        allocation=_seats(election, group),
    )
    if reference:
        submit(candidature, reference=reference, on=_day(row, "note_date"))
    return True


def _seats(election: Election, group: str) -> SeatAllocation | None:
    """The only seats that the group may stand for; None where there are several or none."""
    open_to = [seats for seats in election.seats.all() if not seats.groups or group in seats.groups]
    return open_to[0] if len(open_to) == 1 else None


def _day(row: dict[str, str], column: str) -> date:
    try:
        return date.fromisoformat(row.get(column, ""))
    except ValueError:
        raise RowRefused(
            f"{column} is “{row.get(column, '')}”: write a date as 2030-01-31"
        ) from None
