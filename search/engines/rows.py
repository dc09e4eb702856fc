"""What the embedded engine puts into its index for one object, as plain field values.

* For each language a *leaf*, by which the object is ranked and shown: its terms are in ``words``.
* Where there are several languages, one *root* with the terms of them all in ``all_words``, by
  which the object is counted, once. An object of one language needs none: its leaf is *alone*
  and counts itself.

Every term carries its language (``fr:droit``), so a clause for one language matches a root if
and only if it matches that language's leaf. Terms are joined by blanks; the engine splits at
blanks. Each text is a value by itself, so that no phrase joins two.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from search.analysis import LANGUAGES, symbol_forms, symbols, terms
from search.documents import Document, IndexedObject, Tombstone
from search.hits import stored
from search.interpretation import scrubbed

ALONE, ROOT, LEAF, GONE = "alone", "root", "leaf", "gone"
"""The roles of rows."""

IndexRow = dict[str, Any]

_LANGUAGE_BITS = 7


def number_of(key: str) -> int:
    """A number for an object's key: a hash of 61 bits, so that no two objects share one.

    The three lowest bits are 0, room for a language.
    """
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest()) & ~_LANGUAGE_BITS


def place_of(key: str, language: str) -> int:
    """One number for an object and a language."""
    return number_of(key) | LANGUAGES.index(language)


def object_and_language(place: int) -> tuple[int, str]:
    """What went into `place_of`."""
    return place & ~_LANGUAGE_BITS, LANGUAGES[place & _LANGUAGE_BITS]


def rows_of(item: IndexedObject) -> list[IndexRow]:
    """The rows of one object: its leaves, and its root where there are several."""
    if len(item.documents) == 1:
        return [_leaf(item, item.documents[0], role=ALONE)]
    leaves = [_leaf(item, document, role=LEAF) for document in item.documents]
    root = _row(item, role=ROOT)
    root["all_words"] = [value for leaf in leaves for value in leaf["words"]]
    for field in ("symbol", "cited"):
        root[f"all_{field}"] = [value for leaf in leaves for value in leaf[field]]
    return [root, *leaves]


def tombstone_row(tombstone: Tombstone) -> IndexRow:
    """The row that remembers which version an object was deleted with; nothing can find it."""
    return {
        "key": tombstone.key,
        "role": GONE,
        "object": number_of(tombstone.key),
        "version": tombstone.version,
    }


def _row(item: IndexedObject, *, role: str) -> IndexRow:
    document = item.documents[0]
    return {
        "key": item.key,
        "role": role,
        "audience": scrubbed(document.audience),
        "site": scrubbed(document.site),
        "kind": scrubbed(document.kind),
        "object": number_of(item.key),
        "version": item.version,
    }


def _leaf(item: IndexedObject, document: Document, *, role: str) -> IndexRow:
    language = document.language
    texts = (document.title, document.body)
    named = {symbol.name for text in texts for symbol in symbols(text)}
    cited = {form for name in named for form in symbol_forms(name)}
    title = _joined(document.title, language)
    words = (_joined(document.symbol, language), title, _joined(document.body, language))
    return _row(item, role=role) | {
        "place": place_of(item.key, language),
        "title": title,
        "words": [value for value in words if value],
        "symbol": [f"{language}:{form}" for form in symbol_forms(scrubbed(document.symbol))],
        "cited": [f"{language}:{form}" for form in sorted(cited)],
        "stored": stored(document),
    }


def _joined(text: str, language: str) -> str:
    return " ".join([f"{language}:{term}" for term in terms(text, language)])
