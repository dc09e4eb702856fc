"""What the page about a document says beyond its title: files, family, corrigenda, agenda items."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from cms.languages import codes
from cms.languages.fields import text_in

from .exporting.portrait import files_of
from .families import Member, family
from .models import Document, RelationKind


def files_told(document: Document) -> list[dict[str, Any]]:
    """A row a language that has files: code, name, dir, files [{label, url, size (bytes)}].

    No query where the document was read whole (`exporting.portrait.read_whole`).
    """
    rows: dict[str, dict[str, Any]] = {}
    for version, file in files_of(document):
        language = codes.get(version.language)
        row = rows.setdefault(
            language.code,
            {"code": language.code, "name": language.name, "dir": language.direction, "files": []},
        )
        row["files"].append(
            {"label": file.get_format_display(), "url": file.address, "size": file.size}
        )
    return list(rows.values())


def family_told(
    document: Document, *, reader: str, served: str, audiences: Collection[str]
) -> dict[str, Any]:
    """`newer` (a row or None), `corrigenda` and `family` (rows; [] for a document that is alone),
    `family_ids`.

    A row: symbol, url, title, lang, dir, kind (a value of RelationKind), kind_label, languages
    (names), depth, current. Corrigenda are those that a reader of the language needs; titles are in
    the page's language. Some four queries.
    """
    found = family(document, audiences)
    newer = found.newer_revision
    rows = [_row(member, document, reader=reader, served=served) for member in found.members]
    by_symbol = {row["symbol"]: row for row in rows}
    return {
        "newer": by_symbol.get(newer.symbol) if newer else None,
        "corrigenda": [by_symbol[each.symbol] for each in found.corrigenda_for(reader)],
        "family": rows if len(rows) > 1 else [],
        "family_ids": [member.document.pk for member in found.members],
    }


def _row(member: Member, page_of: Document, *, reader: str, served: str) -> dict[str, Any]:
    title, language = text_in(member.document, "title", served)
    return {
        "symbol": member.document.symbol,
        "url": member.document.address_in(reader),
        "title": title,
        "lang": language,
        "dir": codes.direction(language),
        "kind": member.kind,
        "kind_label": RelationKind(member.kind).label if member.kind else "",
        "languages": [codes.get(code).name for code in member.languages],
        "depth": member.depth,
        "current": member.document.pk == page_of.pk,
    }


def agenda_told(document: Document, served: str) -> list[dict[str, Any]]:
    """The agenda items: body, session, number, title, lang, dir. No query where read whole."""
    rows = []
    for item in document.agenda_items.all():
        title, language = text_in(item, "title", served)
        rows.append(
            {
                "session": item.session,
                "number": item.number,
                "title": title,
                "lang": language,
                "dir": codes.direction(language),
            }
        )
    return rows
