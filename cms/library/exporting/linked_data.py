"""What search engines of others read in a document's page: schema.org as JSON-LD."""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from cms.languages import codes
from cms.languages.fields import column

from ..models import Document, DocumentType
from .portrait import MEDIA_TYPES, day_of, files_of, issued_in, titles_of

_TYPES = {
    DocumentType.RESOLUTION: "Legislation",
    DocumentType.DECISION: "Legislation",
    DocumentType.REPORT: "Report",
}
#: What would end the script element, or begin a comment in it.
_ESCAPES = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


def described(document: Document, *, root_url: str) -> dict[str, Any]:
    """A document in schema.org's words, its names and subjects each in its language.

    Costs no query where it was read whole (`portrait.read_whole`).
    """
    kind = _TYPES.get(document.document_type, "CreativeWork")
    with codes.override("en"):
        body = document.body_name
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": root_url + document.address,
        "url": root_url + document.address,
        "identifier": document.symbol,
        "name": [_text(title, code) for code, title in titles_of(document).items()],
        "inLanguage": issued_in(document) or list(document.languages),
        "publisher": {"@type": "Organization", "name": "United Nations"},
        "datePublished": day_of(document),
        "isPartOf": _series(body, document.session),
        "about": [_subject(subject) for subject in document.subjects.all()],
        "encoding": [
            {
                "@type": "MediaObject",
                "contentUrl": root_url + file.address,
                "encodingFormat": MEDIA_TYPES[file.format],
                "inLanguage": version.language,
                "contentSize": str(file.size),
            }
            for version, file in files_of(document)
        ],
    }
    if kind == "Legislation":
        told["legislationIdentifier"] = document.symbol
    return {name: value for name, value in told.items() if value}


def as_script(told: dict[str, Any]) -> SafeString:
    """JSON for the inside of a script element: nothing in it can end the element."""
    text = json.dumps(told, ensure_ascii=False)
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return mark_safe(text)  # noqa: S308  (what could be read as HTML is escaped above)


def _text(value: str, language: str) -> dict[str, str]:
    return {"@value": value, "@language": language}


def _series(body: str, session: str) -> dict[str, Any] | None:
    name = ", ".join(part for part in (body, session) if part)
    return {"@type": "CreativeWorkSeries", "name": name} if name else None


def _subject(subject: Any) -> dict[str, Any]:
    names = [
        _text(name, code)
        for code in codes.CODES
        if (name := getattr(subject, column("name", code)))
    ]
    told = {"@type": "DefinedTerm", "termCode": subject.code, "name": names}
    return told | ({"@id": subject.uri} if subject.uri else {})
