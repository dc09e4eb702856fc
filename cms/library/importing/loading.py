"""The one service behind the command and the admin's form: a file of documents is loaded.

A batch, its problems and how far the file has been read are one transaction: whatever is killed at
whatever moment, the next run of the same file goes on behind the last whole batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ..models import ImportProblem, ImportRun, ImportStatus
from .checking import DocumentRow, check_record
from .records import BadRecord, ImportRefused, Place, Record
from .seen import SeenSymbols
from .sources import Source, source_of
from .subject_names import KnownSubjects
from .writing import Written, write_batch

BATCH = 500
#: Problems that are kept; of more only the number is known.
MOST_PROBLEMS = 10_000
#: Somebody else may have written the same symbol at the same moment: it is then there to be found.
TRIES = 3

#: report(step: "reading" or "writing", done, total), both in bytes of the file.
Report = Callable[[str, int, int], None]


class ImportTaken(RuntimeError):
    """Raised when another process is loading the same file."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("%(name)s is being loaded by another process: wait for it.") % {"name": name}
        )


@dataclass
class ImportResult:
    """What an import did, counted in documents. `bad`: records that were refused; `left_out`:
    what was not taken from others. `run`: its lasting record, None where all went in at once."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    resumed_at: int = 0
    bad: list[BadRecord] = field(default_factory=list)
    left_out: list[BadRecord] = field(default_factory=list)
    run: ImportRun | None = None

    @property
    def total(self) -> int:
        return self.created + self.updated + self.unchanged

    def add(self, written: Written) -> None:
        self.created += written.created
        self.updated += written.updated
        self.unchanged += written.unchanged


def import_documents(
    path: Path,
    *,
    format: str = "",
    all_or_nothing: bool = False,
    create_subjects: bool = False,
    report: Report | None = None,
) -> ImportResult:
    """Load a file of documents: CSV, MARC 21 or MARCXML (`format`, else by its name).

    Idempotent by symbol: what is there is brought up to date, what the file does not say is left
    alone, documents that it lacks stay. Bad records are listed and the others loaded; the same
    file again goes on where an import of it was cut off. `all_or_nothing`: one transaction, and
    ImportRefused with every bad record; an unknown subject then is one.

    Raises ImportRefused where nothing of the file can be read, ImportTaken, and OSError.
    """
    source = source_of(path, format=format)
    say = report or _quietly
    if all_or_nothing:
        return _load_at_once(source, KnownSubjects(create=create_subjects), say)
    unfinished = ImportRun.objects.filter(
        sha256=source.sha256, format=source.format, create_subjects=create_subjects
    ).exclude(status=ImportStatus.DONE)
    run = unfinished.first() or ImportRun.objects.create(
        name=source.name[:255],
        format=source.format,
        sha256=source.sha256,
        size=source.size,
        create_subjects=create_subjects,
    )
    return load_run(run, source, report=say)


def _quietly(step: str, done: int, total: int) -> None:
    pass


# --- in batches ----------------------------------------------------------------------------------


def load_run(run: ImportRun, source: Source, *, report: Report = _quietly) -> ImportResult:
    """Load what an import has not dealt with yet. The run says how it went; faults are raised."""
    loading = _Loading(run, source, report)
    ImportRun.objects.filter(pk=run.pk).update(status=ImportStatus.RUNNING, error="")
    try:
        loading.load()
    except ImportTaken:
        raise
    except ImportRefused as refused:
        _fail(run, str(refused))
        raise
    except BaseException:
        _fail(run, _("It stopped with an error of the software. Import the file again to go on."))
        raise
    ImportRun.objects.filter(pk=run.pk).update(status=ImportStatus.DONE, read=source.size)
    run.refresh_from_db()
    return loading.result


def _fail(run: ImportRun, error: str) -> None:
    ImportRun.objects.filter(pk=run.pk).update(status=ImportStatus.FAILED, error=error)


class _Loading:
    """One process's work on a run."""

    def __init__(self, run: ImportRun, source: Source, report: Report) -> None:
        self.run, self.source, self.report = run, source, report
        self.position = run.position
        self.read = 0
        self.seen = SeenSymbols()
        self.subjects = KnownSubjects(create=run.create_subjects)
        self.result = ImportResult(
            created=run.created,
            updated=run.updated,
            unchanged=run.unchanged,
            refused=run.refused,
            resumed_at=run.position,
            run=run,
        )

    def load(self) -> None:
        records = self._fresh(self.source.records(self._note_read))
        while batch := list(islice(records, BATCH)):
            self._load_batch(batch)
            self.report("writing", self.read, self.source.size)
        if not self.position:
            raise ImportRefused([_nothing(self.source)])

    def _note_read(self, count: int) -> None:
        self.read = count

    def _fresh(self, records: Iterable[Record | BadRecord]) -> Iterator[Record | BadRecord]:
        """The records that are not dealt with; of the others only the symbols are noted."""
        for record in records:
            if record.place.number > self.position:
                yield record
            elif isinstance(record, Record):
                self.seen.note(record)

    def _load_batch(self, batch: list[Record | BadRecord]) -> None:
        rows, bad, left_out = _checked(batch, self.subjects, self.seen)
        last = batch[-1].place.number
        for attempt in range(1, TRIES + 1):
            try:
                written = self._write(rows, bad, left_out, last)
                break
            except IntegrityError:
                if attempt == TRIES:
                    raise
        self.position = last
        self.result.add(written)
        self.result.refused += len(_places(bad))
        self.result.bad += bad[: max(0, MOST_PROBLEMS - len(self.result.bad))]
        self.result.left_out += left_out[: max(0, MOST_PROBLEMS - len(self.result.left_out))]

    @transaction.atomic
    def _write(
        self,
        rows: list[DocumentRow],
        bad: list[BadRecord],
        left_out: list[BadRecord],
        last: int,
    ) -> Written:
        run = ImportRun.objects.select_for_update().get(pk=self.run.pk)
        if run.position != self.position:
            raise ImportTaken(run.name)
        written = write_batch(rows)
        run.position, run.read = last, self.read
        run.created += written.created
        run.updated += written.updated
        run.unchanged += written.unchanged
        run.refused += len(_places(bad))
        run.left_out += len(left_out)
        run.save()
        _keep_problems(run, bad, left_out)
        return written


def _keep_problems(run: ImportRun, bad: list[BadRecord], left_out: list[BadRecord]) -> None:
    told = [(one, True) for one in bad] + [(one, False) for one in left_out]
    room = MOST_PROBLEMS - run.problems.count() if told else 0
    ImportProblem.objects.bulk_create(
        ImportProblem(
            run=run,
            number=one.place.number,
            place=str(one.place),
            reason=_printable(one.reason)[:1000],
            is_refused=is_refused,
        )
        for one, is_refused in sorted(told)[: max(0, room)]
    )


def _printable(text: str) -> str:
    """What a file said, fit to be kept: PostgreSQL holds no null character."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


def _places(bad: Iterable[BadRecord]) -> set[int]:
    """Numbers of the records, each of which may have several faults."""
    return {one.place.number for one in bad}


def _nothing(source: Source) -> BadRecord:
    reason = (
        _("there is no document below the header.")
        if source.format == "csv"
        else _("there is no record in the file.")
    )
    return BadRecord(Place(1, line=2 if source.format == "csv" else 1), reason)


def _checked(
    batch: Iterable[Record | BadRecord],
    subjects: KnownSubjects,
    seen: SeenSymbols,
    *,
    strict: bool = False,
) -> tuple[list[DocumentRow], list[BadRecord], list[BadRecord]]:
    """(rows, bad records, what is left out of the rows)."""
    rows: list[DocumentRow] = []
    bad: list[BadRecord] = []
    left_out: list[BadRecord] = []
    for record in batch:
        if isinstance(record, BadRecord):
            bad.append(record)
            continue
        checked = check_record(record, subjects, strict=strict)
        bad += checked.bad
        if checked.row is not None:
            twice = seen.note(record)
            if twice is None:
                rows.append(checked.row)
                left_out += checked.left_out
            else:
                reason = _("%(symbol)s stands in %(place)s already.")
                values = {"symbol": checked.row.values["symbol"], "place": twice}
                bad.append(BadRecord(record.place, reason % values))
    return rows, bad, left_out


# --- all or nothing ------------------------------------------------------------------------------


def _load_at_once(source: Source, subjects: KnownSubjects, say: Report) -> ImportResult:
    """Read and check the whole file, then read it again and write it in one transaction."""
    with transaction.atomic():
        seen, bad, count = SeenSymbols(), [], 0
        for batch in _batches(source, "reading", say):
            found = _checked(batch, subjects, seen, strict=True)[1]
            bad += found[: MOST_PROBLEMS - len(bad)]
            count += len(batch)
        if bad or not count:
            raise ImportRefused(bad or [_nothing(source)])
        result, seen = ImportResult(), SeenSymbols()
        for batch in _batches(source, "writing", say):
            rows, bad, _left_out = _checked(batch, subjects, seen, strict=True)
            if bad:
                raise ImportRefused(bad)  # the file was changed between the two readings
            result.add(write_batch(rows))
    return result


def _batches(source: Source, step: str, say: Report) -> Iterator[list[Record | BadRecord]]:
    done = 0

    def told(count: int) -> None:
        nonlocal done
        done = count

    records = source.records(told)
    while batch := list(islice(records, BATCH)):
        yield batch
        say(step, done, source.size)
