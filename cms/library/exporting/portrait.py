"""What every format asks of a document, in a bounded number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db.models import QuerySet, prefetch_related_objects

from cms.languages.fields import column, text_in

from ..models import Document, Subject
from ..representation import everything, in_un_order
from ..representation import files_of as files_of

#: What each format of files is called on the web, by `FileFormat`.
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
}
#: Documents that are read at once.
CHUNK = 500


def read_whole(documents: Iterable[Document]) -> Iterator[Document]:
    """The same documents with all that hangs on them, some hundred at a time.

    Eight queries a chunk; a queryset is never held in memory whole.
    """
    is_query = isinstance(documents, QuerySet)
    rows = documents.iterator(chunk_size=CHUNK) if is_query else iter(documents)
    while chunk := list(islice(rows, CHUNK)):
        prefetch_related_objects(chunk, *everything())
        yield from chunk


def titles_of(document: Document) -> dict[str, str]:
    """{code: title} of the languages that have one, in the UN's order."""
    return {code: getattr(document, column("title", code)) for code in document.languages}


def issued_in(document: Document) -> list[str]:
    """Codes of the languages in which it was issued."""
    return in_un_order(document)


def subject_names(document: Document, language: str) -> list[tuple[Subject, str]]:
    """Its subjects with their names in a language, or in the best other one."""
    return [
        (subject, text_in(subject, "name", language)[0] or subject.code)
        for subject in document.subjects.all()
    ]


def day_of(document: Document) -> str:
    """ISO 8601: "2023-10-09", "2023" where only the year is known, or ""."""
    if document.date:
        return str(document.date.isoformat())
    return str(document.year) if document.year else ""
