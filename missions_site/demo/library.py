"""The demo's documents: real resolutions by symbol, most of them titled in six languages, and some
with files and families."""

from __future__ import annotations

from collections.abc import Callable

from cms.library.models import Document
from cms.library.services import import_documents, import_subjects

from . import families
from .reading import DATA, read


def load(report: Callable[[str, int, int], None]) -> None:
    """Load subjects and documents; a second call finds them as they are."""
    import_subjects(read("document_subjects.json"))
    loaded = import_documents(DATA / "documents.csv", all_or_nothing=True)
    report("Documents", 0, loaded.total)
    families.load()
    total = Document.objects.count()
    report("Documents", total, total)
