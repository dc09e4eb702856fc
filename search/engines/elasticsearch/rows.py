"""What is kept of an object: one row, with a field for each language's terms.

The terms are those of `search.engines.rows`, put together by language, and so each text is ranked
among the texts of its language, by their lengths. Every term carries its language, as there.
"""

from __future__ import annotations

from typing import Any

from elasticsearch.dsl import ComposableIndexTemplate, Mapping

from search.analysis import LANGUAGES, VERSION
from search.documents import IndexedObject, Tombstone
from search.engines.elasticsearch.address import Address
from search.engines.rows import GONE, ROOT, object_and_language, rows_of, word_key, word_row
from search.holdings import kept
from search.results import DEEPEST

LAYOUT = 1
"""Grows with every change of `_map`, of this module's rows or of `search.engines.rows`."""

OBJECT, TEXTS, STORED = "object", "texts", "stored"
"""The role of an object's row; the languages of its texts; what is shown of each of them."""

BY_LANGUAGE = ("words", "title")
"""Fields of terms that are kept apart by language."""

Row = dict[str, Any]

WHILE_SERVING: dict[str, Any] = {
    "auto_expand_replicas": "0-1",
    "refresh_interval": "5s",  # Each batch shows itself at once; this is for what was cut off.
    "translog.durability": "request",
}
WHILE_FILLED: dict[str, Any] = {
    "auto_expand_replicas": "false",
    "number_of_replicas": 0,
    "refresh_interval": "-1",
    "translog.durability": "async",
}
"""Settings of an index that nobody sees yet; what is lost of it is filled again."""

_FOR_ALL = ("audience", "newest", "oldest", "order", "version")
_LONGEST_ORDER = 500
_WHITESPACE: dict[str, Any] = {"analyzer": "whitespace"}
_LOOKED_UP: dict[str, Any] = {"doc_values": False}


def field_for(field: str, term: str) -> str:
    """The field that holds a term: that of its language, where languages are kept apart."""
    return f"{field}_{term.partition(':')[0]}" if field in BY_LANGUAGE else field


def object_row(item: IndexedObject) -> Row:
    """The row of an object in all its languages."""
    rows = rows_of(item)
    leaves = [row for row in rows if row["role"] != ROOT]
    row: Row = {name: leaves[0][name] for name in _FOR_ALL}
    row |= {"role": OBJECT, "key": item.key, TEXTS: [], STORED: {}, "held": kept(item).decode()}
    row["order"] = _shortened(row["order"])
    row["facet"] = {
        name: list(dict.fromkeys(values))
        for name, values in item.documents[0].all_facets.items()
        if any(values)
    }
    for leaf in leaves:
        _, language = object_and_language(leaf["place"])
        row[TEXTS].append(language)
        row[STORED][language] = leaf["stored"].decode()
        for field, values in (("words", leaf["words"]), ("title", [leaf["title"]])):
            for value in filter(None, values):
                name = field_for(field, value)
                if value not in row.setdefault(name, []):  # Subjects' names come with each text.
                    row[name].append(value)
        for name in ("symbol", "cited", "codes", "starts"):
            row.setdefault(name, []).extend(leaf[name])
    return row


def gone_row(tombstone: Tombstone) -> Row:
    """The row that remembers which version an object was deleted with; nothing can find it."""
    return {"role": GONE, "key": tombstone.key, "version": tombstone.version}


def spelling_row(language: str, word: str) -> Row:
    """The row of a word that occurs, by which it is found when it was mistyped."""
    row = word_row(language, word)
    return {**row, STORED: {"word": row["stored"].decode()}}


def spelling_id(language: str, word: str) -> str:
    """What a word's row is known by."""
    return word_key(language, word)


def template(address: Address) -> ComposableIndexTemplate:
    """The template of every index of ours."""
    made = ComposableIndexTemplate(
        f"{address.prefix}.index", f"{address.prefix}.index-*", priority=500
    )
    made.settings(
        number_of_shards=1,  # Scores and facets are exact in one, which holds millions of rows.
        max_result_window=DEEPEST + 200,
        similarity={"default": {"type": "BM25", "k1": 1.2, "b": 0.75}},
        **WHILE_SERVING,
    )
    # Not handed in as an `Index`: the library copies that, and leaves out all but the fields.
    _map(made.get_or_create_mapping())
    return made


def about(*, whole: bool) -> dict[str, int]:
    """What an index says of itself; `whole` false where it was begun without a rebuild."""
    return {"layout": LAYOUT, "analysis": VERSION, "whole": int(whole)}


def alias_of(address: Address) -> str:
    """The alias by which processes of this version read and write."""
    return f"{address.prefix}.serving-{LAYOUT}-{VERSION}"


def _map(mapping: Mapping) -> None:
    """Say what the fields are."""
    mapping.meta("dynamic", "strict")
    # The terms can't be shown and are made anew when an object is: only what is shown is kept.
    mapping.meta("_source", {"includes": ["key", "version", f"{STORED}.*"]})
    mapping.meta(
        "dynamic_templates",
        [{"facets": {"path_match": "facet.*", "mapping": {"type": "keyword"}}}],
    )
    for name in ("role", "key", "audience", "order", TEXTS):
        mapping.field(name, "keyword")
    for language in LANGUAGES:
        mapping.field(f"words_{language}", "text", **_WHITESPACE)
        mapping.field(f"title_{language}", "text", index_options="freqs", **_WHITESPACE)
    for name in ("symbol", "cited", "codes", "starts"):
        mapping.field(name, "keyword", **_LOOKED_UP)
    mapping.field("pieces", "text", index_options="freqs", **_WHITESPACE)
    for name in ("newest", "oldest", "version"):
        mapping.field(name, "long")
    mapping.field("facet", "object", dynamic=True)
    mapping.field("held", "keyword", index=False)
    mapping.field(STORED, "object", enabled=False)


def _shortened(order: str) -> str:
    """The order of an object, its end kept: that tells objects of the same order apart."""
    return order if len(order) <= _LONGEST_ORDER else order[: _LONGEST_ORDER - 20] + order[-20:]
