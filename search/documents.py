"""What the index holds: one document for each object and language.

All documents of one object (one `key`) are written and taken away together, and agree on where
the object belongs and who may read it; they differ in language, address, title and text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from search.analysis import LANGUAGES
from search.facets import InvalidFacet, checked


class InvalidDocument(ValueError):
    """A document that no engine may take; the message names the key and what to change."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """One object in one language, as it can be found.

    `key` is the object's identity, ``"page:12"``: a registered prefix and an id. `site`, `kind`
    and `audience` are opaque to the index; a query names the audiences its reader belongs to
    and sees nothing of any other. `url` is opaque too: it is handed back as it came. `title`
    and `body` are plain text, no markup. `languages` are all those in which the object exists.

    `keywords` are words by which the object is found and that are never shown: (language, text),
    such as the names of its subjects in six languages, so that a French subject term finds what
    exists in English alone. `facets` are the values by which it may be narrowed and counted, by
    the facet's name: ``{"body": ("GA",), "subject": ("peace", "children")}``; site, kind,
    language and year are known without. `order` is what a list by symbol is sorted by, as plain
    text; left out, the symbol itself.

    `version` is set by the indexer, whatever a builder puts there: a later write has a higher
    one, and an engine ignores a document that is older than what it holds.
    """

    key: str
    language: str
    site: str
    kind: str
    audience: str
    url: str
    title: str
    body: str = ""
    date: datetime | None = None
    symbol: str = ""
    languages: tuple[str, ...] = ()
    keywords: tuple[tuple[str, str], ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        prefix, _, identity = self.key.partition(":")
        if not prefix or not identity:
            raise InvalidDocument(
                f"{self.key!r} is not an object's key: write a prefix and an id, as in 'page:12'."
            )
        if self.language not in LANGUAGES:
            raise InvalidDocument(
                f"{self.key}: language {self.language!r} is not one of {', '.join(LANGUAGES)}."
            )
        if not self.audience:
            raise InvalidDocument(
                f"{self.key} ({self.language}) has no audience: say who may find it, "
                "for example 'public'."
            )
        if self.date is not None and getattr(self.date, "tzinfo", None) is None:
            raise InvalidDocument(
                f"{self.key} ({self.language}): the date is {self.date!r}; give a datetime with "
                "its time zone, or None."
            )
        for language, _ in self.keywords:
            if language not in LANGUAGES:
                raise InvalidDocument(
                    f"{self.key}: keywords in {language!r}, not one of {', '.join(LANGUAGES)}."
                )
        try:
            checked(self.facets)
        except InvalidFacet as error:
            raise InvalidDocument(f"{self.key} ({self.language}): {error}") from error

    @property
    def all_facets(self) -> dict[str, tuple[str, ...]]:
        """The values of every facet, those that need no naming included."""
        built_in = {
            "site": (self.site,),
            "kind": (self.kind,),
            "language": self.languages or (self.language,),
            "year": (str(self.date.year),) if self.date else (),
        }
        return {**built_in, **self.facets}


@dataclass(frozen=True, kw_only=True, slots=True)
class Tombstone:
    """An object that is gone, in all its languages, and stays gone for anything older."""

    key: str
    version: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class IndexedObject:
    """All the documents of one object, checked to agree with each other.

    Made by `objects_of`. At most one document a language, at least one document.
    """

    key: str
    version: int
    documents: tuple[Document, ...]

    def __post_init__(self) -> None:
        for name in ("site", "kind", "audience", "date", "symbol", "order", "facets"):
            first, *others = [getattr(document, name) for document in self.documents]
            if any(other != first for other in others):
                raise InvalidDocument(
                    f"{self.key}: its languages differ in {name} ({first!r}, {others!r}). "
                    "An object has one; give another key to what other readers may see."
                )
        languages = [document.language for document in self.documents]
        if len(set(languages)) < len(languages):
            raise InvalidDocument(f"{self.key}: a language is given twice ({languages}).")


def objects_of(documents: Iterable[Document]) -> dict[str, IndexedObject]:
    """The documents put together by key; the version is the highest among an object's documents.

    Raises `InvalidDocument` where the documents of a key do not agree.
    """
    by_key: dict[str, list[Document]] = {}
    for document in documents:
        by_key.setdefault(document.key, []).append(document)
    return {
        key: IndexedObject(
            key=key,
            version=max(document.version for document in group),
            documents=tuple(group),
        )
        for key, group in by_key.items()
    }
