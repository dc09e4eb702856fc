"""The text of documents, as the index takes it."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from .models import DocumentFile, Extraction, FileFormat

#: Whose text is the cleaner goes first.
_ORDER = (FileFormat.DOCX, FileFormat.HTML, FileFormat.PDF)


def with_text(documents: Collection[int]) -> set[int]:
    """Those of some documents that have a text in any language. One query."""
    found = _read().filter(version__document__in=documents)
    return set(found.order_by().values_list("version__document", flat=True))


def texts_of(document: int) -> dict[str, str]:
    """{language: text} of a document's current files. One query; up to some megabytes."""
    found = _read().filter(version__document=document).order_by()
    texts: dict[str, tuple[int, str]] = {}
    for language, file_format, text in found.values_list("version__language", "format", "text"):
        rank = _ORDER.index(file_format)
        if language not in texts or rank < texts[language][0]:
            texts[language] = (rank, text)
    return {language: text for language, (_rank, text) in texts.items()}


def _read() -> QuerySet[DocumentFile]:
    return DocumentFile.objects.current().filter(extraction=Extraction.DONE)
