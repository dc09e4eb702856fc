"""What an index says of an object it holds, so that it can be compared with the database.

Common to all engines: an engine keeps the bytes of `kept` with the object, and gives back what
`held_from` makes of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields as dataclass_fields
from hashlib import blake2b
from typing import Any, NamedTuple

from search.documents import Document, IndexedObject
from search.grammar import scrubbed


class Held(NamedTuple):
    """An object in an index: who may find it, in which languages, and a digest of all that its
    documents say but for their version."""

    key: str
    audience: str
    languages: tuple[str, ...]
    digest: str
    version: int


def held_of(item: IndexedObject) -> Held:
    """What an index that holds this object says of it."""
    return Held(
        key=item.key,
        audience=scrubbed(item.documents[0].audience),
        languages=tuple(sorted(document.language for document in item.documents)),
        digest=_digest(item.documents),
        version=item.version,
    )


def kept(item: IndexedObject) -> bytes:
    """What `held_of` gives, as UTF-8 JSON."""
    return json.dumps(held_of(item)).encode()


def held_from(stored: bytes | str) -> Held:
    """What was kept by `kept`."""
    key, audience, languages, digest, version = json.loads(stored)
    return Held(key, audience, tuple(languages), digest, version)


def _digest(documents: Iterable[Document]) -> str:
    """The same for the same contents, in whichever order they were given."""
    contents = sorted((_plain(document) for document in documents), key=lambda one: one["language"])
    told = json.dumps(contents, sort_keys=True, separators=(",", ":"))
    return blake2b(told.encode(), digest_size=12).hexdigest()


def _plain(document: Document) -> dict[str, Any]:
    # Not `asdict`: its deep copies were a fifth of the time that indexing takes.
    fields = {one.name: getattr(document, one.name) for one in dataclass_fields(document)}
    del fields["version"]
    fields["date"] = document.date.timestamp() if document.date else None
    fields["keywords"] = sorted(document.keywords)
    fields["facets"] = {name: sorted(values) for name, values in document.facets.items()}
    return fields
