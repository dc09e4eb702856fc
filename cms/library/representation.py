"""A document as the API gives it."""

from __future__ import annotations

from typing import Any

from cms.languages import codes
from cms.languages.fields import column, text_in

from .models import Document


def api_form(document: Document, language: str) -> dict[str, Any]:
    """One document for a reader of `language`; `served` says which language the title is in.

    Costs no query where `versions` and `subjects` were prefetched.
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
        }


def in_un_order(document: Document) -> list[str]:
    """Codes of the languages in which a document was issued, in the UN's order."""
    issued = {version.language for version in document.versions.all()}
    return [code for code in codes.CODES if code in issued]
