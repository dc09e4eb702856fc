"""Documents in the shared index, and what follows a change of one.

The index and the search page know sites by code; a document belongs to none. It carries the
directory's: that is the main host, the documents are part of what was www.un.int, and "this site"
there includes them, while every other site finds them under "all sites". Its address is the same
on every host, so the hit may be opened anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models.signals import post_delete, post_save

from cms.access.audiences import NOBODY
from cms.access.kinds import register_kind_label
from cms.languages import codes
from cms.languages.fields import text_in
from cms.pages.sites import touch_all_sites
from search.documents import Document as IndexDocument
from search.outbox import enqueue
from search.registry import register_builder

from .facets import facets_of, keywords_of
from .harvesting.entries import follow
from .models import Document, LanguageVersion, Subject
from .selectors import SITE
from .texts import texts_of, with_text

PREFIX = "document"
KIND = "document"


def key_of(document_id: int) -> str:
    """The index's key of a document."""
    return f"{PREFIX}:{document_id}"


class DocumentBuilder:
    """Builds the index's documents: one for each language that has a title or a text."""

    def all_ids(self) -> Iterable[str]:
        ids = Document.objects.order_by("pk").values_list("pk", flat=True)
        return (str(pk) for pk in ids.iterator())

    def documents(self, ids: Sequence[str]) -> Iterable[IndexDocument]:
        found = Document.objects.filter(pk__in=[int(pk) for pk in ids]).prefetch_related(
            "subjects__labels", "versions"
        )
        have_text = with_text([document.pk for document in found])
        for document in found:
            if document.audience != NOBODY:
                texts = texts_of(document.pk) if document.pk in have_text else {}
                yield from _documents_of(document, texts)


def _documents_of(document: Document, texts: Mapping[str, str]) -> Iterable[IndexDocument]:
    """One for each language that has a title or a text; a text without a title has the best."""
    found_in = {*document.languages, *texts}
    exists_in = found_in | {version.language for version in document.versions.all()}
    for code in (code for code in codes.CODES if code in found_in):
        with codes.override(code):
            words = [document.symbol, document.body_name, document.get_document_type_display()]
        yield IndexDocument(
            key=key_of(document.pk),
            language=code,
            site=SITE,
            kind=KIND,
            audience=document.audience,
            url=document.address_in(code),
            title=text_in(document, "title", code)[0],
            body="\n".join(filter(None, (" · ".join(filter(None, words)), texts.get(code, "")))),
            date=_moment(document),
            symbol=document.symbol,
            languages=tuple(code for code in codes.CODES if code in exists_in),
            keywords=keywords_of(document),
            facets=facets_of(document),
            order=document.order_key,
        )


def _moment(document: Document) -> datetime | None:
    day = document.date or (date(document.year, 1, 1) if document.year else None)
    return datetime.combine(day, time(), tzinfo=UTC) if day else None


def documents_changed(ids: Iterable[int]) -> None:
    """Index these documents again, tell harvesters, and refresh what was rendered. Call it inside
    the transaction."""
    numbers = list(ids)
    enqueue([key_of(pk) for pk in numbers])
    follow(numbers)
    touch_all_sites()


def _document_changed(sender: type, instance: Document, **kwargs: Any) -> None:
    documents_changed([instance.pk])


def _version_changed(sender: type, instance: LanguageVersion, **kwargs: Any) -> None:
    """With a version go its files, and their text."""
    documents_changed([instance.document_id])


def _subject_changed(sender: type, instance: Subject, **kwargs: Any) -> None:
    if not kwargs.get("created"):
        documents_changed(instance.documents.values_list("pk", flat=True))


def register() -> None:
    """Fill the registry and listen (from AppConfig.ready)."""
    register_builder(PREFIX, DocumentBuilder())
    register_kind_label(KIND, Document._meta.verbose_name)
    for signal in (post_save, post_delete):
        signal.connect(_document_changed, sender=Document)
        signal.connect(_version_changed, sender=LanguageVersion)
    post_save.connect(_subject_changed, sender=Subject)
