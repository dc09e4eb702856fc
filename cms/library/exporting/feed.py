"""Documents as Atom entries, for the list and for searches."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cms.languages import codes
from cms.languages.fields import text_in
from cms.pages.atom import FeedEntry, atom_feed

from ..models import Document
from ..selectors import canonical_root
from .portrait import subject_names

#: Entries of a feed.
LATEST = 50


def document_feed(
    request: HttpRequest, documents: QuerySet[Document], *, language: str
) -> HttpResponse:
    """The documents of a list that changed last, as a feed of the address that was asked."""
    newest = documents.order_by("-changed_at", "-pk").prefetch_related("subjects")[:LATEST]
    here = request.build_absolute_uri()
    with codes.override(language):
        return atom_feed(
            title=_("Documents"),
            subtitle=_("Documents of the United Nations that were added or changed last."),
            self_url=here,
            link=request.build_absolute_uri(request.path),
            language=language,
            entries=document_entries(newest, language, root_url=canonical_root(request)),
        )


def document_entries(
    documents: Iterable[Document], language: str, *, root_url: str
) -> list[FeedEntry]:
    """Entries of documents for a reader of `language`. `root_url`: before permanent addresses.

    Costs no query where `subjects` were prefetched.
    """
    return [_entry(document, language, root_url) for document in documents]


def _entry(document: Document, language: str, root_url: str) -> FeedEntry:
    title = text_in(document, "title", language)[0]
    issued = datetime.combine(document.date, time(), tzinfo=UTC) if document.date else None
    return FeedEntry(
        title=f"{document.symbol} · {title}",
        url=root_url + document.address_in(language),
        identifier=root_url + document.address,
        published=issued or document.created_at,
        updated=document.changed_at,
        summary=title,
        categories=tuple(name for _subject, name in subject_names(document, language)),
    )
