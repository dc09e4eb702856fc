"""Records of missions from a table: every row is checked first, then all are written or none."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from cms.languages import codes
from cms.languages.fields import column

from ..groups import REGIONAL_GROUPS
from ..host_languages import host_language
from ..models import Mission, MissionStatus, RegionalGroup

#: Columns of the file; those of NAMES stand once for each language ("short_name_fr").
PLAIN = ("code", "iso2", "status", "regional_group", "admitted", "capital", "source_language")
NAMES = ("short_name", "formal_name", "title")
REQUIRED_NAMES = ("short_name", "title")
COLUMNS = (*PLAIN, *(column(name, code) for name in NAMES for code in codes.CODES))
OPTIONAL = frozenset({"capital", "source_language"})

#: (done, total), while rows are written.
Progress = Callable[[int, int], None]
Row = Mapping[str, str]


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


@dataclass(frozen=True)
class ImportResult:
    """How many records were made, changed, and left as they were."""

    created: int
    updated: int
    unchanged: int


def read_csv(content: bytes) -> list[tuple[int, dict[str, str]]]:
    """(line, row) of a CSV file in UTF-8 with a header. Raises ImportRefused."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reason = "the file is not UTF-8: save it again as “CSV UTF-8”"
        raise ImportRefused([RowError(line, reason)]) from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        errors = _header_errors(header)
        if errors:
            raise ImportRefused(errors)
        return _rows(reader, header)
    except csv.Error as error:
        reason = f"this is not well-formed CSV ({error})"
        raise ImportRefused([RowError(reader.line_num, reason)]) from error


def _header_errors(header: list[str]) -> list[RowError]:
    if not any(header):
        return [RowError(0, "the file is empty")]
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        return [RowError(1, "the columns must be separated by commas")]
    errors = []
    if unknown := [name for name in header if name not in COLUMNS]:
        errors.append(RowError(1, f"unknown columns: {', '.join(unknown)}"))
    if twice := sorted({name for name in header if header.count(name) > 1}):
        errors.append(RowError(1, f"columns given twice: {', '.join(twice)}"))
    if missing := [name for name in COLUMNS if name not in header and name not in OPTIONAL]:
        errors.append(RowError(1, f"missing columns: {', '.join(missing)}"))
    return errors


def _rows(reader: Any, header: list[str]) -> list[tuple[int, dict[str, str]]]:
    rows, errors = [], []
    start = reader.line_num + 1
    for values in reader:
        line, start = start, reader.line_num + 1  # a quoted value may hold line breaks
        if not any(value.strip() for value in values):
            continue
        if len(values) != len(header):
            errors.append(RowError(line, f"{len(values)} values for {len(header)} columns"))
            continue
        rows.append((line, {key: value.strip() for key, value in zip(header, values, strict=True)}))
    if errors:
        raise ImportRefused(errors)
    if not rows:
        raise ImportRefused([RowError(0, "the file has a header and no rows")])
    return rows


@transaction.atomic
def import_missions(
    rows: Iterable[tuple[int, Row]], *, progress: Progress | None = None
) -> ImportResult:
    """Write missions by code: new ones are made, known ones changed where the row says otherwise.

    `rows`: (line, {column: text}), columns as in COLUMNS. Raises ImportRefused, naming every bad
    row, before anything is written.
    """
    rows = list(rows)
    groups = ensure_regional_groups()
    known = {mission.code: mission for mission in Mission.objects.all()}
    checked, errors = [], []
    seen: dict[str, int] = {}
    for line, row in rows:
        code = row.get("code", "").upper()
        if code in seen:
            errors.append(RowError(line, f"the code {code} stands in line {seen[code]} already"))
            continue
        seen[code] = line
        mission = known.get(code) or Mission(code=code)
        before = _values(mission) if mission.pk else None
        errors += [RowError(line, reason) for reason in _fill(mission, row, groups)]
        checked.append((line, mission, before))
    errors += _shared_two_letter_codes(checked)
    if errors:
        raise ImportRefused(sorted(errors, key=lambda error: error.line))
    return _write(checked, progress)


def ensure_regional_groups() -> dict[str, RegionalGroup]:
    """{code: group} of the regional groups; the five of the Organization are made on first call."""
    groups = {group.code: group for group in RegionalGroup.objects.all()}
    for code, names in REGIONAL_GROUPS.items():
        if code not in groups:
            columns = {column("name", language): name for language, name in names.items()}
            groups[code] = RegionalGroup.objects.create(code=code, **columns)
    return groups


def _fill(mission: Mission, row: Row, groups: Mapping[str, RegionalGroup]) -> list[str]:
    """Put a row's values into a mission; the reasons why some can't be."""
    reasons = []
    mission.iso2 = row.get("iso2", "").upper()
    mission.status = row.get("status", "").lower() or MissionStatus.MEMBER
    if mission.status not in MissionStatus.values:
        reasons.append(f"the status {mission.status} is none of {', '.join(MissionStatus.values)}")
    group = row.get("regional_group", "").upper()
    if group and group not in groups:
        reasons.append(f"the regional group {group} is none of {', '.join(sorted(groups))}")
    mission.regional_group = groups.get(group)
    try:
        admitted = row.get("admitted", "")
        mission.admitted = date.fromisoformat(admitted) if admitted else None
    except ValueError:
        reasons.append(f"the date {admitted} is not of the form 1945-10-24")
    mission.capital = row.get("capital", "")
    mission.source_language = row.get("source_language", "") or host_language(mission.code)
    for name in NAMES:
        for code in codes.CODES:
            setattr(mission, column(name, code), row.get(column(name, code), ""))
        if name in REQUIRED_NAMES and not any(row.get(column(name, code)) for code in codes.CODES):
            reasons.append(f"{name} is missing: give it in one language at least")
    return reasons + _invalid_fields(mission)


def _invalid_fields(mission: Mission) -> list[str]:
    checked = {"code", "iso2", "capital", "source_language"}
    others = {field.name for field in Mission._meta.get_fields()} - checked
    names = {column(name, code) for name in NAMES for code in codes.CODES}
    try:
        mission.clean_fields(exclude=others - names)
    except ValidationError as error:
        return [f"{name}: {' '.join(texts)}" for name, texts in error.message_dict.items()]
    return []


def _shared_two_letter_codes(
    checked: list[tuple[int, Mission, dict[str, Any] | None]],
) -> list[RowError]:
    codes_in_file = [mission.code for _line, mission, _before in checked]
    holders = dict(Mission.objects.exclude(code__in=codes_in_file).values_list("iso2", "code"))
    errors = []
    for line, mission, _before in checked:
        holder = holders.setdefault(mission.iso2, mission.code)
        if mission.iso2 and holder != mission.code:
            errors.append(RowError(line, f"the two-letter code {mission.iso2} is {holder}'s"))
    return errors


def _values(mission: Mission) -> dict[str, Any]:
    names = [column(name, code) for name in NAMES for code in codes.CODES]
    plain = ("iso2", "status", "regional_group_id", "admitted", "capital", "source_language")
    return {name: getattr(mission, name) or "" for name in (*plain, *names)}


def _write(
    checked: list[tuple[int, Mission, dict[str, Any] | None]], progress: Progress | None
) -> ImportResult:
    created = updated = 0
    for done, (_line, mission, before) in enumerate(checked, start=1):
        if before is None:
            mission.save()
            created += 1
        elif before != _values(mission):
            mission.save()
            updated += 1
        if progress:
            progress(done, len(checked))
    return ImportResult(created, updated, len(checked) - created - updated)
