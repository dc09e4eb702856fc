"""Documents that are like a document, found by the index and read from the database.

The database has the last word: a page is kept once it was rendered, and the index follows a change
by a moment.
"""

from __future__ import annotations

from collections.abc import Collection

from cms.access.audiences import Reader, audiences_of
from cms.access.reading import related_as
from cms.languages.fields import text_in

from .indexing import KIND, key_of
from .models import Document
from .selectors import documents_for

MOST = 5


def related_documents(
    document: Document, *, user: Reader, language: str, without: Collection[int] = ()
) -> list[Document]:
    """What shares a subject and words of the title with a document, the likest first; `without`:
    ids of documents that are named beside it already. Its subjects should be prefetched. One query
    of the database."""
    hits = related_as(
        user,
        keys=[key_of(pk) for pk in {document.pk, *without}],
        text=text_in(document, "title", language)[0],
        language=language,
        sharing={"subject": [subject.code for subject in document.subjects.all()]},
        kinds=(KIND,),
        size=MOST,
    )
    places = {hit.key: place for place, hit in enumerate(hits)}
    ids = [int(key.partition(":")[2]) for key in places]
    found = documents_for(audiences_of(user)).filter(pk__in=ids) if ids else ()
    return sorted(found, key=lambda one: places[key_of(one.pk)])
