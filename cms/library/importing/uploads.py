"""Files that were uploaded in the admin: kept until they are loaded, in a job, and then removed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import ImportRun, ImportStatus
from .loading import ImportResult, load_run
from .records import ImportRefused
from .sources import Source, source_of

#: How long a file waits for somebody to go on with an import that was cut off.
KEPT = timedelta(days=14)


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


def sweep_uploads(now: datetime | None = None) -> int:
    """Remove the files that nobody has gone on with for `KEPT`, and end their imports; how many.

    Safe at any time. What is in the folder and no upload is left alone.
    """
    before = (now or timezone.now()) - KEPT
    forgotten = [path for path in _uploads() if _last_touched(path) < before]
    open_ones = (ImportStatus.WAITING, ImportStatus.RUNNING)
    ImportRun.objects.filter(pk__in=[path.name for path in forgotten], status__in=open_ones).update(
        status=ImportStatus.FAILED, error=_("It was stopped before its end: ask for it again.")
    )
    for path in forgotten:
        path.unlink(missing_ok=True)
    return len(forgotten)


def _uploads() -> list[Path]:
    folder = Path(settings.IMPORTS_ROOT)
    return [path for path in folder.iterdir() if _is_upload(path)] if folder.is_dir() else []


def _is_upload(path: Path) -> bool:
    try:
        return str(UUID(path.name)) == path.name and path.is_file()
    except ValueError:
        return False


def _last_touched(path: Path) -> datetime:
    """When the import of an upload wrote its last batch; of a file without one, when it came."""
    run = ImportRun.objects.filter(pk=path.name).first()
    if run is not None:
        return run.updated_at
    return datetime.fromtimestamp(path.stat().st_mtime, tz=timezone.get_default_timezone())
