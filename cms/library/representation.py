"""A document as the API gives it."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch

from cms.access.audiences import PUBLIC
from cms.languages import codes
from cms.languages.fields import column, text_in

from .models import Document, DocumentFile, DocumentRelation, LanguageVersion
from .models.versions import file_address

#: Where a version's current files stand once they were prefetched.
FILES = "current_files"


def api_form(document: Document, language: str) -> dict[str, Any]:
    """One document for a reader of `language`; `served` says which language the title is in.

    Costs no query where `everything()` was prefetched.
    """
    title, served = text_in(document, "title", language)
    with codes.override(language):
        return {
            "symbol": document.symbol,
            "url": document.address,
            "language": {"asked": language, "served": served, "titles": list(document.languages)},
            "title": title,
            "titles": {
                code: getattr(document, column("title", code)) for code in document.languages
            },
            "date": document.date.isoformat() if document.date else None,
            "year": document.year,
            "body": {"code": document.body, "name": document.body_name},
            "session": document.session,
            "document_type": document.document_type,
            "distribution": document.distribution,
            "subjects": [
                {"code": subject.code, "name": text_in(subject, "name", language)[0]}
                for subject in document.subjects.all()
            ],
            "versions": in_un_order(document),
            "files": _files(document),
            "agenda_items": [
                {
                    "body": item.body,
                    "session": item.session,
                    "number": item.number,
                    "title": text_in(item, "title", language)[0],
                }
                for item in document.agenda_items.all()
            ],
            "relations": _relations(document),
        }


def everything() -> tuple[str | Prefetch, ...]:
    """What to prefetch with documents that are given out whole; eight queries, however many."""
    current = DocumentFile.objects.current()
    return (
        "versions",
        Prefetch("versions__files", current, to_attr=FILES),
        "subjects",
        "agenda_items",
        Prefetch("relations", DocumentRelation.objects.select_related("of")),
        Prefetch("related_documents", DocumentRelation.objects.select_related("document")),
    )


def files_of(document: Document) -> list[tuple[LanguageVersion, DocumentFile]]:
    """Its current files in the UN's order of languages."""
    versions = sorted(document.versions.all(), key=lambda one: codes.CODES.index(one.language))
    found: list[tuple[LanguageVersion, DocumentFile]] = []
    for version in versions:
        held = getattr(version, FILES, None)
        current = version.files.current() if held is None else held
        found += [(version, file) for file in current]
    return found


def _files(document: Document) -> list[dict[str, Any]]:
    return [
        {
            "language": version.language,
            "format": file.format,
            "url": file_address(document, version.language, file.format),
            "size": file.size,
            "pages": file.pages,
            "sha256": file.sha256,
            "uploaded_at": file.uploaded_at.isoformat(),
        }
        for version, file in files_of(document)
    ]


def _relations(document: Document) -> list[dict[str, Any]]:
    """Both ways: what it is of, and what is of it. Never what not everybody may read."""
    ways = [("of", each, each.of) for each in document.relations.all()]
    ways += [("by", each, each.document) for each in document.related_documents.all()]
    shown = [way for way in ways if way[2].audience == PUBLIC]
    return [
        {
            "kind": relation.kind,
            "direction": direction,
            "symbol": other.symbol,
            "url": other.address,
            "languages": [code for code in codes.CODES if code in relation.languages],
        }
        for direction, relation, other in sorted(shown, key=lambda way: (way[0], way[2].order_key))
    ]


def in_un_order(document: Document) -> list[str]:
    """Codes of the languages in which a document was issued, in the UN's order."""
    issued = {version.language for version in document.versions.all()}
    return [code for code in codes.CODES if code in issued]
