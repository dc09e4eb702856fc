"""What an engine puts into its index for one object, as plain field values.

* For each language a *leaf*, by which the object is ranked and shown: its terms are in ``words``.
* Where there are several languages, one *root* with the terms of them all in ``all_words``, by
  which the object is counted, once. An object of one language needs none: its leaf is *alone*
  and counts itself.

Every term carries its language (``fr:droit``), so a clause for one language matches a root if
and only if it matches that language's leaf. Terms are joined by blanks; the engine splits at
blanks. Each text is a value by itself, so that no phrase joins two.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from search.analysis import (
    LANGUAGES,
    compact_forms,
    starts,
    symbol_forms,
    symbols,
    terms,
    whole_forms,
)
from search.analysis.surface import beginnings, folded, pieces, vocabulary
from search.documents import Document, IndexedObject, Tombstone
from search.engines.matching import facet_term
from search.engines.ranks import newest_rank, oldest_rank, order_pieces
from search.grammar import scrubbed
from search.hits import stored
from search.holdings import kept

ALONE, ROOT, LEAF, GONE, WORD = "alone", "root", "leaf", "gone", "word"
"""The roles of rows."""

_LAST_ORDER = "\U0010ffff"

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
        return [_leaf(item, item.documents[0], role=ALONE) | {"held": kept(item)}]
    leaves = [_leaf(item, document, role=LEAF) for document in item.documents]
    root = _row(item, role=ROOT)
    root["all_words"] = [value for leaf in leaves for value in leaf["words"]]
    for field in ("symbol", "cited", "codes"):
        root[f"all_{field}"] = [value for leaf in leaves for value in leaf[field]]
    root["held"] = kept(item)
    return [root, *leaves]


def tombstone_row(tombstone: Tombstone) -> IndexRow:
    """The row that remembers which version an object was deleted with; nothing can find it."""
    return {
        "key": tombstone.key,
        "role": GONE,
        "object": number_of(tombstone.key),
        "version": tombstone.version,
    }


def words_of(documents: Iterable[Document]) -> set[tuple[str, str]]:
    """The words that occur in some documents: (language, word)."""
    return {
        (document.language, word)
        for document in documents
        for text in (document.title, document.body)
        for word in vocabulary(text, document.language)
    }


def word_key(language: str, word: str) -> str:
    """What a word's row is known by; no object's key looks so."""
    return f"~{language}:{word}"


def word_row(language: str, word: str) -> IndexRow:
    """The row of a word, found by the pieces of its folded form and by its beginnings."""
    plain = folded(word)
    return {
        "key": word_key(language, word),
        "role": WORD,
        "pieces": " ".join(f"{language}:{piece}" for piece in pieces(plain)),
        "starts": [f"{WORD}:{language}:{start}" for start in beginnings(plain, language)],
        "stored": word.encode(),
    }


def _row(item: IndexedObject, *, role: str) -> IndexRow:
    document = item.documents[0]
    number = number_of(item.key)
    order = scrubbed(document.order or document.symbol)
    row = {
        "key": item.key,
        "role": role,
        "audience": scrubbed(document.audience),
        "facet": [
            facet_term(name, value)
            for name, values in document.all_facets.items()
            for value in dict.fromkeys(values)
        ],
        "object": number,
        "newest": newest_rank.of(document.date, number),
        "oldest": oldest_rank.of(document.date, number),
        # What has no symbol comes last.
        "order": f"{order or _LAST_ORDER} {number:020}",
        "version": item.version,
    }
    for place, piece in enumerate(order_pieces(str(row["order"])), 1):
        row[f"order_{place}"] = piece
    return row


def _leaf(item: IndexedObject, document: Document, *, role: str) -> IndexRow:
    language = document.language
    texts = (document.title, document.body)
    named = {symbol.name for text in texts for symbol in symbols(text)}
    cited = {form for name in named for form in symbol_forms(name)}
    symbol = scrubbed(document.symbol)
    title = _joined(document.title, language)
    words = (_joined(document.symbol, language), title, _joined(document.body, language))
    return _row(item, role=role) | {
        "place": place_of(item.key, language),
        "title": title,
        "words": [value for value in (*words, *_keywords(item, document)) if value],
        "symbol": [f"{language}:{form}" for form in symbol_forms(symbol)],
        "cited": [f"{language}:{form}" for form in sorted(cited)],
        "codes": [f"{language}:{code}" for code in _codes(symbol)],
        "starts": [
            f"{language}:{start}"
            for start in (*beginnings(document.title, language), *starts(symbol))
        ],
        "stored": stored(document),
    }


def _keywords(item: IndexedObject, document: Document) -> Iterable[str]:
    present = {one.language for one in item.documents}
    for language, text in document.keywords:
        if language == document.language or language not in present:
            yield _joined(text, language)


def _codes(symbol: str) -> Iterable[str]:
    """The spellings of a symbol, whole or in part; ``$`` before what it ends with, ``=`` before
    the whole."""
    wholes = whole_forms(symbol)
    for form in compact_forms(symbol):
        yield form
        if any(whole.endswith(form) for whole in wholes):
            yield f"${form}"
    for whole in wholes:
        yield f"={whole}"


def _joined(text: str, language: str) -> str:
    return " ".join([f"{language}:{term}" for term in terms(text, language)])
