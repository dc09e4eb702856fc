"""By what documents are narrowed in a search, and by which further words they are found."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.languages import codes
from cms.languages.fields import column, text_in
from search.facets import LONGEST_VALUE, Facet, register_facet

from .models import BODIES, Document, DocumentType, Subject


def facets_of(document: Document) -> dict[str, tuple[str, ...]]:
    """The values of a document, by facet. Its subjects should be prefetched."""
    return {
        "body": _one(document.body),
        "session": _one(document.session),
        "type": _one(document.document_type),
        "subject": tuple(sorted(subject.code for subject in document.subjects.all())),
    }


def keywords_of(document: Document) -> tuple[tuple[str, str], ...]:
    """(language, words) of its subjects in all six languages, and their other labels.

    Its subjects and their labels should be prefetched.
    """
    words = []
    for subject in document.subjects.all():
        names = [(code, getattr(subject, column("name", code)) or "") for code in codes.CODES]
        labels = [(label.language, label.text) for label in subject.labels.all()]
        words += [(code, text) for code, text in (*names, *labels) if text]
    return tuple(words)


def _one(value: str) -> tuple[str, ...]:
    return (value[:LONGEST_VALUE],) if value else ()


def _bodies(values: Collection[str], language: str) -> Mapping[str, str]:
    with codes.override(language):
        return {value: str(BODIES[value]) for value in values if value in BODIES}


def _types(values: Collection[str], language: str) -> Mapping[str, str]:
    with codes.override(language):
        return {value: str(DocumentType(value).label) for value in values if value in DocumentType}


def _sessions(values: Collection[str], language: str) -> Mapping[str, str]:
    return {value: value for value in values}


def _subjects(values: Collection[str], language: str) -> Mapping[str, str]:
    found = Subject.objects.filter(code__in=values)
    return {one.code: text_in(one, "name", language)[0] or one.code for one in found}


def register() -> None:
    """Declare them (from `AppConfig.ready`)."""
    register_facet(
        Facet(name="body", label=pgettext_lazy("UN body", "Body"), labels=_bodies, position=30)
    )
    register_facet(Facet(name="session", label=_("Session"), labels=_sessions, position=40))
    register_facet(Facet(name="subject", label=_("Subject"), labels=_subjects, position=50))
    register_facet(
        Facet(name="type", label=pgettext_lazy("of a document", "Type"), labels=_types, position=60)
    )
