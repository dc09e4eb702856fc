"""Files that were uploaded in the admin: kept until they are loaded, in a job, and then removed."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User

from ..models import ImportRun, ImportStatus
from .loading import ImportResult, load_run
from .records import ImportRefused
from .sources import Source, source_of


def request_import(
    upload: Iterable[bytes], *, name: str, format: str, create_subjects: bool, by: User
) -> ImportRun:
    """Keep an uploaded file and load it in a job. Raises ImportRefused for no known format."""
    from .tasks import load_documents

    run = ImportRun(name=name[:255], create_subjects=create_subjects, requested_by=by)
    with run.path.open("xb") as target:
        for piece in upload:
            target.write(piece)
    try:
        source = source_of(run.path, name=name, format=format)
    except ImportRefused:
        run.path.unlink()
        raise
    run.format, run.size, run.sha256 = source.format, source.size, source.sha256
    run.save(force_insert=True)
    load_documents.enqueue(str(run.pk))
    return run


def continue_import(run: ImportRun) -> None:
    """Let a job go on with an import that was cut off."""
    from .tasks import load_documents

    ImportRun.objects.filter(pk=run.pk).update(status=ImportStatus.WAITING, error="")
    load_documents.enqueue(str(run.pk))


def run_import(run: ImportRun) -> ImportResult:
    """Load the uploaded file of a run, then remove it. Raises ImportRefused and OSError.

    A file that is refused goes too; one that was cut off stays, to go on with.
    """
    source = Source(run.path, run.name, run.format, run.size, run.sha256)
    try:
        result = load_run(run, source)
    except ImportRefused:
        run.path.unlink(missing_ok=True)
        raise
    run.path.unlink(missing_ok=True)
    return result
