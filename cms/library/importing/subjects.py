"""Subjects from a thesaurus: names in six languages, other labels, broader and related subjects."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cms.languages import codes
from cms.languages.fields import column

from ..indexing import documents_changed
from ..models import DocumentSubject, Subject, SubjectLabel
from .records import BadRecord, ImportRefused, Place

BATCH = 500
#: Columns of a thesaurus file by what they say; several values are separated by "|".
CODE = ("code", "id")
BROADER = ("broader", "microthesauri")
RELATED = ("related", "related_or_broader_or_narrower")
_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_LONGEST = 200


@dataclass(frozen=True)
class SubjectsResult:
    """What an import of subjects did. `unknown`: links to subjects that there are none of."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    unknown: int = 0


@dataclass(frozen=True)
class _Entry:
    """A subject as a file says it; None: it says nothing, what is there is left alone."""

    code: str
    names: dict[str, str]
    uri: str | None = None
    labels: frozenset[tuple[str, str]] | None = None
    broader: frozenset[str] | None = None
    related: frozenset[str] | None = None


def import_subjects(entries: Iterable[Mapping[str, Any]]) -> int:
    """Create or change subjects from ``{"code": …, "name": {"ar": …, "zh": …}}``, each with `uri`,
    `labels` ({"fr": [...]}), `broader` and `related` (codes) if it likes; how many changed.

    Idempotent by code; subjects that are not named stay. All or nothing.
    """
    result = load_subjects([_entry_of(one) for one in entries])
    return result.created + result.updated


def import_subjects_file(path: Path) -> SubjectsResult:
    """Load a thesaurus in CSV (docs/howto/import-documents.md has the columns), all or nothing.

    Raises ImportRefused with every bad row, and OSError.
    """
    bad: list[BadRecord] = []
    entries = {}
    for place, cells in _rows(path, bad):
        entry = _entry_of_row(cells)
        problem = _problem(entry, entries)
        if problem:
            bad.append(BadRecord(place, problem))
        else:
            entries[entry.code] = entry
    if bad or not entries:
        reason = _("there is no subject below the header.")
        raise ImportRefused(bad or [BadRecord(Place(1, line=2), reason)])
    return load_subjects(list(entries.values()))


def _entry_of(told: Mapping[str, Any]) -> _Entry:
    labels = told.get("labels")
    return _Entry(
        code=told["code"],
        names=dict(told["name"]),
        uri=told.get("uri"),
        labels=None
        if labels is None
        else frozenset((code, text) for code, texts in labels.items() for text in texts),
        **{
            name: None if told.get(name) is None else frozenset(told[name])
            for name in ("broader", "related")
        },
    )


def _rows(path: Path, bad: list[BadRecord]) -> Iterator[tuple[Place, dict[str, str]]]:
    line = 1
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True, restval="")
            names = {name.strip().lower() for name in reader.fieldnames or ()}
            if not names & set(CODE) or not any(_name_of(names, code) for code in codes.CODES):
                reason = _("name the columns “code” and at least one of name_ar … name_es.")
                bad.append(BadRecord(Place(1, line=1), reason))
                return
            for number, row in enumerate(reader, start=1):
                line = reader.line_num
                cells = {(key or "").strip().lower(): value for key, value in row.items()}
                yield (
                    Place(number, line=line),
                    {key: value.strip() for key, value in cells.items() if isinstance(value, str)},
                )
    except UnicodeDecodeError:
        reason = _("the file is not UTF-8 from about here: save it as UTF-8.")
        bad.append(BadRecord(Place(line, line=line), reason))
    except csv.Error as error:
        reason = _("this is not CSV (%(error)s).") % {"error": error}
        bad.append(BadRecord(Place(line, line=line), reason))


def _name_of(names: Iterable[str], code: str) -> str | None:
    return next((name for name in (column("name", code), code) if name in names), None)


def _several(cells: Mapping[str, str], names: Sequence[str]) -> frozenset[str] | None:
    found = [cells[name] for name in names if name in cells]
    parts = (part.strip() for text in found for part in text.split("|"))
    return frozenset(part for part in parts if part) if found else None


def _entry_of_row(cells: Mapping[str, str]) -> _Entry:
    labels: set[tuple[str, str]] | None = None
    for code in codes.CODES:
        texts = _several(cells, (f"labels_{code}", f"alt_{code}"))
        if texts is not None:
            labels = (labels or set()) | {(code, text) for text in texts}
    return _Entry(
        code=next((cells[name] for name in CODE if cells.get(name)), ""),
        names={code: cells[name] for code in codes.CODES if (name := _name_of(cells, code))},
        uri=cells.get("uri"),
        labels=None if labels is None else frozenset(labels),
        broader=_several(cells, BROADER),
        related=_several(cells, RELATED),
    )


def _problem(entry: _Entry, known: Mapping[str, _Entry]) -> str:
    if not _CODE.fullmatch(entry.code):
        return _("“%(code)s” is no code: use letters, digits, “-” and “_”.") % {
            "code": entry.code[:40]
        }
    if entry.code in known:
        return _("the code %(code)s stands in the file already.") % {"code": entry.code}
    if not any(entry.names.values()):
        return _("it has no name in any language.")
    texts = [*entry.names.values(), entry.uri or "", *(text for _c, text in entry.labels or ())]
    if any(len(text) > _LONGEST or "\x00" in text for text in texts):
        return _("a name, label or address is longer than %(longest)s characters.") % {
            "longest": _LONGEST
        }
    return ""


@dataclass
class _Now:
    """What is there: subjects by code, and the labels and links of each by its key."""

    subjects: dict[str, Subject]
    labels: dict[int, set[tuple[str, str]]] = field(default_factory=dict)
    broader: dict[int, set[int]] = field(default_factory=dict)
    related: dict[int, set[int]] = field(default_factory=dict)


@transaction.atomic
def load_subjects(entries: Sequence[_Entry]) -> SubjectsResult:
    """Bring the subjects to what entries say; a bounded number of queries for some hundreds."""
    now = _read_now()
    new = [
        Subject(code=entry.code, uri=entry.uri or "", **_columns(entry))
        for entry in entries
        if entry.code not in now.subjects
    ]
    renamed = [
        now.subjects[entry.code]
        for entry in entries
        if entry.code in now.subjects and _rename(now.subjects[entry.code], entry)
    ]
    Subject.objects.bulk_create(new, batch_size=BATCH)
    Subject.objects.bulk_update(
        renamed, ["uri", *(column("name", code) for code in codes.CODES)], batch_size=BATCH
    )
    now.subjects |= {subject.code: subject for subject in new}
    changed = {subject.pk for subject in renamed} | _write_labels(entries, now)
    unknown = 0
    for name in ("broader", "related"):
        touched, missing = _write_links(entries, now, name)
        changed |= touched
        unknown += missing
    made = {subject.pk for subject in new}
    updated = changed - made
    if updated:
        about = DocumentSubject.objects.filter(subject_id__in=updated)
        documents_changed(about.values_list("document_id", flat=True).distinct())
    return SubjectsResult(len(new), len(updated), len(entries) - len(new) - len(updated), unknown)


def _columns(entry: _Entry) -> dict[str, str]:
    return {column("name", code): name for code, name in entry.names.items()}


def _rename(subject: Subject, entry: _Entry) -> bool:
    wanted = _columns(entry) | ({} if entry.uri is None else {"uri": entry.uri})
    differs = [name for name, text in wanted.items() if (getattr(subject, name) or "") != text]
    for name in differs:
        setattr(subject, name, wanted[name])
    return bool(differs)


def _read_now() -> _Now:
    now = _Now({subject.code: subject for subject in Subject.objects.all()})
    for pk, language, text in SubjectLabel.objects.values_list("subject_id", "language", "text"):
        now.labels.setdefault(pk, set()).add((language, text))
    for name in ("broader", "related"):
        through = Subject._meta.get_field(name).remote_field.through
        held = getattr(now, name)
        for pk, other in through.objects.values_list("from_subject_id", "to_subject_id"):
            held.setdefault(pk, set()).add(other)
    return now


def _write_labels(entries: Sequence[_Entry], now: _Now) -> set[int]:
    made, changed = [], set()
    for entry in entries:
        if entry.labels is None:
            continue
        pk = now.subjects[entry.code].pk
        held = now.labels.get(pk, set())
        for language, text in held - entry.labels:
            SubjectLabel.objects.filter(subject_id=pk, language=language, text=text).delete()
        made += [
            SubjectLabel(subject_id=pk, language=language, text=text)
            for language, text in sorted(entry.labels - held)
        ]
        if held != entry.labels:
            changed.add(pk)
    SubjectLabel.objects.bulk_create(made, batch_size=BATCH)
    return changed


def _write_links(entries: Sequence[_Entry], now: _Now, name: str) -> tuple[set[int], int]:
    """(keys of the subjects whose links changed, links to what there is not)."""
    through = Subject._meta.get_field(name).remote_field.through
    held: dict[int, set[int]] = getattr(now, name)
    wanted: dict[int, set[int]] = {}
    unknown = 0
    for entry in entries:
        told: frozenset[str] | None = getattr(entry, name)
        if told is None:
            continue
        pk = now.subjects[entry.code].pk
        found = {now.subjects[code].pk for code in told if code in now.subjects} - {pk}
        unknown += sum(code not in now.subjects for code in told)
        wanted.setdefault(pk, set()).update(found)
        if name == "related":
            for other in found:  # it goes both ways, whichever of the two the file says
                wanted.setdefault(other, set(held.get(other, ()))).add(pk)
    changed, made = set(), []
    for pk, others in wanted.items():
        has = held.get(pk, set())
        if gone := has - others:
            through.objects.filter(from_subject_id=pk, to_subject_id__in=gone).delete()
        made += [through(from_subject_id=pk, to_subject_id=one) for one in sorted(others - has)]
        if has != others:
            changed.add(pk)
    through.objects.bulk_create(made, batch_size=BATCH)
    return changed, unknown
