"""What a typed text names in the library: a document by its symbol, however it is typed."""

from __future__ import annotations

from collections.abc import Collection

from cms.access.answers import Answer, AnswerLink
from cms.languages.fields import text_in

from .families import family
from .indexing import KIND
from .selectors import find_typed
from .symbols import read_symbol

MOST_RELATED = 12


def document_named(text: str, language: str, audiences: Collection[str]) -> Answer | None:
    """The document that a text names, with its revisions, corrigenda, addenda and amendments.

    `cms.access.answers.Answerer`. No query for a text that reads as no symbol.
    """
    if not read_symbol(text):
        return None
    document = find_typed(text, audiences)
    if document is None:
        return None
    title, title_language = text_in(document, "title", language)
    related = [
        AnswerLink(
            text=member.document.symbol,
            url=member.document.address_in(language),
            language=language,
            relation=member.kind_label,
        )
        for member in family(document, audiences).members
        if member.document.pk != document.pk
    ]
    return Answer(
        title=title,
        url=document.address_in(language),
        language=title_language,
        kind=KIND,
        symbol=document.symbol,
        languages={code: document.address_in(code) for code in document.languages},
        related=tuple(related[:MOST_RELATED]),
    )
