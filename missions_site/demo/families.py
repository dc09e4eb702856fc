"""Documents of the demo that have files and families.

The Declaration, whose text is free, in six languages and three formats; drafts of the Third
Committee that were revised (facts; the titles are ours, the files are not held); and a family of
our own, `ST/DEMO/1`, that shows what a correction in two languages looks like.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile

from cms.languages import codes
from cms.languages.fields import column
from cms.library.models import AgendaItem, Document, DocumentType, RelationKind
from cms.library.services import relate, replace_file

from .reading import DATA, read
from .written import web_file, word_file

SHOWN = {
    "ar": "وثيقة توضيحية",
    "zh": "示例文件",
    "en": "An illustrative document",
    "fr": "Document donné à titre d’exemple",
    "ru": "Документ для примера",
    "es": "Documento de ejemplo",
}
#: Symbol, articles of the Declaration in its files, languages in which it was issued.
_FAMILY: tuple[tuple[str, slice, tuple[str, ...]], ...] = (
    ("ST/DEMO/1", slice(17, 19), codes.CODES),
    ("ST/DEMO/1/Corr.1", slice(18, 19), ("ar", "ru")),
    ("ST/DEMO/1/Add.1", slice(19, 20), codes.CODES),
    ("ST/DEMO/1/Rev.1", slice(17, 20), codes.CODES),
    ("ST/DEMO/1/Rev.1/Corr.1", slice(19, 20), codes.CODES),
)


def load() -> None:
    """Idempotent: a second call finds everything as it is."""
    declaration = read("declaration.json")
    _load_declaration(declaration)
    _load_drafts(read("committee_sessions.json"))
    _load_family(declaration)


def _document(symbol: str, titles: Mapping[str, str], **values: Any) -> Document:
    named = {column("title", code): title for code, title in titles.items()}
    made, _is_new = Document.objects.get_or_create(symbol=symbol, defaults=named | values)
    return made


def _put(document: Document, language: str, name: str, content: bytes) -> None:
    replace_file(document, language=language, upload=ContentFile(content, name=name))


def _load_declaration(declaration: Mapping[str, Any]) -> None:
    titles = declaration["title"]
    document = _document(
        declaration["symbol"],
        titles,
        date=declaration["adopted"],
        body="GA",
        session="III",
        document_type=DocumentType.RESOLUTION,
    )
    for code in codes.CODES:
        texts = [article["text"][code] for article in declaration["articles"]]
        _put(document, code, "declaration.docx", word_file([titles[code], *texts], code))
        _put(document, code, "declaration.html", web_file(titles[code], texts, code))
        _put(document, code, "declaration.pdf", (DATA / f"declaration/{code}.pdf").read_bytes())


def _load_drafts(sessions: list[dict[str, Any]]) -> None:
    for session in sessions:
        items = {item["key"]: item for item in session["agenda"]}
        for draft in session["drafts"]:
            original, mark, _number = (draft["symbol"] or "").partition("/Rev.")
            if not mark:
                continue
            for symbol in (original, draft["symbol"]):
                document = _document(
                    symbol,
                    draft["title"],
                    date=draft["tabled"] if symbol == draft["symbol"] else None,
                    body=original.split("/")[1],
                    session=str(session["session"]),
                    document_type=DocumentType.DRAFT,
                    distribution="limited",
                )
                item = items.get(draft["item"])
                if item and item["number"]:
                    document.agenda_items.add(_agenda_item(item, str(session["session"])))


def _agenda_item(item: Mapping[str, Any], session: str) -> AgendaItem:
    titles = {column("title", code): title for code, title in item["title"].items()}
    made, _is_new = AgendaItem.objects.get_or_create(
        body="GA", session=session, number=item["number"], defaults=titles
    )
    return made


def _load_family(declaration: Mapping[str, Any]) -> None:
    made: dict[str, Document] = {}
    for symbol, articles, languages in _FAMILY:
        document = made[symbol] = _document(symbol, SHOWN, year=2026, body="ST")
        for code in languages:
            texts = [article["text"][code] for article in declaration["articles"][articles]]
            _put(document, code, "demo.docx", word_file([SHOWN[code], *texts], code))
    relate(
        made["ST/DEMO/1/Corr.1"],
        of=made["ST/DEMO/1"],
        kind=RelationKind.CORRIGENDUM,
        languages=["ar", "ru"],
    )
