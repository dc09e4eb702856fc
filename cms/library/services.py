"""Changes of the library: the import of documents and of the subjects that they name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction

from cms.languages.fields import column

from .csv_rows import DocumentRow, read_documents
from .indexing import documents_changed
from .models import Document, LanguageVersion, Subject

BATCH = 500

#: report(step: "reading" or "writing", done, total; total 0: not known).
Report = Callable[[str, int, int], None]


@dataclass
class ImportResult:
    """What an import did, counted in documents."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    _changed: list[int] = field(default_factory=list, repr=False)

    @property
    def total(self) -> int:
        return self.created + self.updated + self.unchanged


def import_documents(path: Path, *, report: Report | None = None) -> ImportResult:
    """Load a CSV file of documents (its columns: `csv_rows`), all of it or nothing.

    Idempotent by symbol: what is there is brought up to date, columns that the file lacks are left
    alone, documents that it lacks stay. Raises ImportRefused with every bad row.
    """
    say = report or (lambda step, done, total: None)
    subjects = dict(Subject.objects.values_list("code", "pk"))
    rows = read_documents(path, subjects=subjects, report=lambda lines: say("reading", lines, 0))
    return _write(rows, subjects, say)


@transaction.atomic
def _write(rows: Sequence[DocumentRow], subjects: Mapping[str, int], say: Report) -> ImportResult:
    result = ImportResult()
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        _write_batch(batch, subjects, result)
        say("writing", start + len(batch), len(rows))
    if result._changed:
        documents_changed(result._changed)
    return result


def _write_batch(
    rows: Sequence[DocumentRow], subjects: Mapping[str, int], result: ImportResult
) -> None:
    existing = {
        document.key: document
        for document in Document.objects.filter(key__in=[row.key for row in rows]).prefetch_related(
            "versions", "subjects"
        )
    }
    new = [
        Document(key=row.key, **(row.proposed | row.values))
        for row in rows
        if row.key not in existing
    ]
    for document in new:
        document.fill_in()
    Document.objects.bulk_create(new)
    changed = {row.key: _differs(existing[row.key], row) for row in rows if row.key in existing}
    updated = [existing[key] for key, differs in changed.items() if differs]
    fields = sorted({name for row in rows for name in row.values})
    for document in updated:
        document.fill_in()
    Document.objects.bulk_update(updated, [*fields, "changed_at"])
    written = {document.key: document for document in (*new, *updated)}
    touched = [row for row in rows if row.key in written]
    _write_versions(touched, written)
    _write_subjects(touched, written, subjects)
    result.created += len(new)
    result.updated += len(updated)
    result.unchanged += len(rows) - len(touched)
    result._changed += [document.pk for document in written.values()]


def _differs(document: Document, row: DocumentRow) -> bool:
    """Bring a document up to its row; whether anything was not so before."""
    differs = False
    for name, value in row.values.items():
        if (getattr(document, name) or "") != (value or ""):
            setattr(document, name, value)
            differs = True
    if row.languages is not None:
        differs |= {version.language for version in document.versions.all()} != set(row.languages)
    if row.subjects is not None:
        differs |= {subject.code for subject in document.subjects.all()} != set(row.subjects)
    return differs


def _write_versions(rows: Iterable[DocumentRow], written: Mapping[str, Document]) -> None:
    given = {written[row.key].pk: row.languages for row in rows if row.languages is not None}
    held: dict[int, set[str]] = {}
    for version in LanguageVersion.objects.filter(document_id__in=given):
        held.setdefault(version.document_id, set()).add(version.language)
    for pk, languages in given.items():
        # A version that goes takes its files along, so only those that really go are deleted.
        if gone := held.get(pk, set()) - set(languages):
            LanguageVersion.objects.filter(document_id=pk, language__in=gone).delete()
    LanguageVersion.objects.bulk_create(
        LanguageVersion(document_id=pk, language=language)
        for pk, languages in given.items()
        for language in languages
        if language not in held.get(pk, set())
    )


def _write_subjects(
    rows: Iterable[DocumentRow], written: Mapping[str, Document], subjects: Mapping[str, int]
) -> None:
    through = Document.subjects.through
    given = {written[row.key].pk: row.subjects for row in rows if row.subjects is not None}
    through.objects.filter(document_id__in=given).delete()
    through.objects.bulk_create(
        through(document_id=pk, subject_id=subjects[code])
        for pk, found in given.items()
        for code in found
    )


@transaction.atomic
def import_subjects(entries: Iterable[Mapping[str, Any]]) -> int:
    """Create or rename subjects from ``{"code": …, "name": {"ar": …, "zh": …}}``; how many changed.

    Idempotent by code; subjects that are not named stay.
    """
    changed = 0
    known = {subject.code: subject for subject in Subject.objects.all()}
    for entry in entries:
        subject = known.get(entry["code"]) or Subject(code=entry["code"])
        names = {column("name", code): name for code, name in entry["name"].items()}
        if subject.pk is None or any(getattr(subject, key) != name for key, name in names.items()):
            for key, name in names.items():
                setattr(subject, key, name)
            subject.save()
            changed += 1
    return changed
