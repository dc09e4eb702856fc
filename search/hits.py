"""What an engine keeps of a document in order to show it, and the hit made of that.

Common to all engines, so that a result looks the same whichever found it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from search.documents import Document
from search.grammar import scrubbed
from search.interpretation import Clause
from search.passages import marked, passage
from search.results import Hit, Suggestion

_SHOWN = (
    "key", "language", "site", "kind", "audience", "url", "title", "body", "symbol", "languages",
    "version",
)  # fmt: skip


def stored(document: Document) -> bytes:
    """The document as UTF-8 JSON."""
    fields: dict[str, Any] = {name: getattr(document, name) for name in _SHOWN}
    fields["date"] = document.date.isoformat() if document.date else None
    return scrubbed(json.dumps(fields, ensure_ascii=False)).encode()


def hit_from(kept: bytes, clauses: Iterable[Clause]) -> Hit:
    """The hit of a document kept by `stored`, marked by the clause of its language."""
    fields = json.loads(kept)
    language = fields["language"]
    marks = next((one.marks for one in clauses if one.language == language), frozenset())
    return Hit(
        key=fields["key"],
        language=language,
        site=fields["site"],
        kind=fields["kind"],
        url=fields["url"],
        date=datetime.fromisoformat(fields["date"]) if fields["date"] else None,
        symbol=fields["symbol"],
        languages=tuple(fields["languages"]),
        title=marked(fields["title"], language=language, marks=marks),
        passage=passage(fields["body"], language=language, marks=marks),
    )


def suggestion_from(kept: bytes) -> Suggestion:
    """The suggestion of a document kept by `stored`."""
    fields = json.loads(kept)
    return Suggestion(
        key=fields["key"],
        language=fields["language"],
        site=fields["site"],
        kind=fields["kind"],
        url=fields["url"],
        title=fields["title"],
        symbol=fields["symbol"],
    )
