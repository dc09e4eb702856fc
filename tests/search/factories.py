"""Documents for tests, and results in a form that reads well in an assertion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from search.documents import Document
from search.queries import Query
from search.results import Fragment, Results


def document(key: str = "page:1", language: str = "en", **fields: Any) -> Document:
    """A public document of the site "fra", unless told otherwise."""
    defaults: dict[str, Any] = {
        "site": "fra",
        "kind": "news",
        "audience": "public",
        "url": f"/{language}/{key.partition(':')[2]}/",
        "title": "Untitled",
        "languages": (language,),
        "version": 1,
    }
    return Document(key=key, language=language, **{**defaults, **fields})


def translated(key: str, bodies: dict[str, str], **fields: Any) -> list[Document]:
    """An object in several languages, with a text in each."""
    return [
        document(key, language, body=body, languages=tuple(bodies), **fields)
        for language, body in bodies.items()
    ]


def query(text: str, language: str = "en", **fields: Any) -> Query:
    """A query of the public, unless told otherwise."""
    return Query(text=text, language=language, **fields)


def keys(results: Results) -> list[str]:
    """The found objects in order."""
    return [hit.key for hit in results.hits]


def marks(fragments: Iterable[Fragment]) -> list[str]:
    """The marked pieces."""
    return [fragment.text for fragment in fragments if fragment.marked]


def shown(fragments: Iterable[Fragment]) -> str:
    """The text with what is marked in brackets."""
    return "".join(f"[{text}]" if marked else text for text, marked in fragments)
