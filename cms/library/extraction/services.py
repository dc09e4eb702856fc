"""Asking for the text of a file, and reading it (in the worker)."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from ..indexing import documents_changed
from ..models import DocumentFile, Extraction, ExtractionFault
from .contained import Reading, read_contained
from .faults import Unreadable

#: Longer than any file takes, and a queue of some dozens of them.
LOST_AFTER = timedelta(hours=1)
MOST_AT_ONCE = 100
#: Faults of the file itself: to try again would be to fail again.
_REFUSED = frozenset(
    {
        ExtractionFault.ENCRYPTED,
        ExtractionFault.TOO_LARGE,
        ExtractionFault.TOO_MANY_PAGES,
        ExtractionFault.HOSTILE,
    }
)


def request_extraction(file: DocumentFile) -> None:
    """Let the text of a file be read when the transaction has ended."""
    from .tasks import extract_text

    transaction.on_commit(lambda: extract_text.enqueue(file_id=file.pk))


@transaction.atomic
def extract_again(files: Iterable[DocumentFile]) -> int:
    """Read files again that were read, failed or were refused; how many."""
    asked = list(files)
    for file in asked:
        file.extraction, file.fault = Extraction.WAITING, ""
        file.save(update_fields=["extraction", "fault"])
        request_extraction(file)
    return len(asked)


def take_up_waiting(now: datetime | None = None) -> int:
    """Ask again for files whose job was lost with its worker; how many."""
    before = (now or timezone.now()) - LOST_AFTER
    waiting = DocumentFile.objects.filter(extraction=Extraction.WAITING, uploaded_at__lt=before)
    found = list(waiting.order_by("uploaded_at")[:MOST_AT_ONCE])
    for file in found:
        request_extraction(file)
    return len(found)


def run_extraction(file_id: int) -> DocumentFile | None:
    """Read the text of a file that waits for it; None where it does not (any more).

    The file says how it went. Safe to do twice at once: both write the same.
    """
    waiting = DocumentFile.objects.filter(pk=file_id, extraction=Extraction.WAITING)
    file = waiting.select_related("version__document").first()
    if file is None:
        return None
    try:
        with _as_path(file) as path:
            reading = read_contained(path, file.format)
    except FileNotFoundError:
        return _note(file, fault=ExtractionFault.MISSING)
    except Unreadable as unreadable:
        return _note(file, fault=_known(unreadable.fault))
    return _note(file, reading=reading)


@transaction.atomic
def _note(
    file: DocumentFile, *, reading: Reading | None = None, fault: ExtractionFault | str = ""
) -> DocumentFile:
    file.extraction = Extraction.DONE if reading else Extraction.FAILED
    if fault in _REFUSED:
        file.extraction = Extraction.REFUSED
    file.fault = fault
    file.text = reading.text if reading else ""
    file.pages = reading.pages if reading else None
    file.detected_language = reading.language if reading else ""
    file.extracted_at = timezone.now()
    file.save(
        update_fields=["extraction", "fault", "text", "pages", "detected_language", "extracted_at"]
    )
    documents_changed([file.version.document_id])
    return file


def _known(fault: str) -> ExtractionFault:
    return ExtractionFault(fault) if fault in ExtractionFault.values else ExtractionFault.CRASHED


@contextmanager
def _as_path(file: DocumentFile) -> Iterator[Path]:
    """The file on this machine: where it lies, else a copy while it is needed."""
    storage, name = file.file.storage, file.file.name
    try:
        path = Path(storage.path(name))
    except NotImplementedError:  # kept elsewhere
        with tempfile.NamedTemporaryFile(suffix=f".{file.format}") as copy:
            with storage.open(name) as kept:
                shutil.copyfileobj(kept, copy)
            copy.flush()
            yield Path(copy.name)
        return
    if not path.is_file():
        raise FileNotFoundError(name)
    yield path
