"""The fields of the embedded index, its version, and trouble with its files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy

from search.analysis import VERSION
from search.engines.base import EngineError
from search.engines.matching import Fields
from search.queries import InvalidQuery

LAYOUT = 4
"""Grows with every change of `make_schema` or of `search.engines.rows`."""

OF_LEAVES = Fields("words", "symbol", "cited", "codes", title="title")
OF_ROOTS = Fields("all_words", "all_symbol", "all_cited", "all_codes")
ORDERS = ("order_1", "order_2", "order_3", "order_4")


def make_schema() -> tantivy.Schema:
    """The fields of `search.engines.rows`."""
    builder = tantivy.SchemaBuilder()
    for name in ("key", "role", "audience"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("facet", tokenizer_name="raw", index_option="basic", fast=True)
    for fields in (OF_LEAVES, OF_ROOTS):
        builder.add_text_field(fields.words, tokenizer_name="whitespace", index_option="position")
        for name in (fields.symbol, fields.cited, fields.codes):
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(OF_LEAVES.title, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("starts", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("pieces", tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field("object", indexed=True, fast=True)
    builder.add_text_field("order", tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("place", "version", "newest", "oldest", *ORDERS):
        builder.add_unsigned_field(name, fast=True)
    for name in ("stored", "held"):
        builder.add_bytes_field(name, stored=True)
    return builder.build()


def about(*, whole: bool) -> dict[str, int]:
    """What a generation says of itself; `whole` false where it was begun without a rebuild."""
    return {"layout": LAYOUT, "analysis": VERSION, "whole": int(whole)}


def same_version(about: dict[str, int]) -> bool:
    """Whether a generation was written by this version of the software."""
    return (about.get("layout"), about.get("analysis")) == (LAYOUT, VERSION)


def opened(generation: Path) -> tantivy.Index:
    """The index of a generation."""
    with damage(generation):
        index = tantivy.Index.open(str(generation))
    index.config_reader("manual")
    return index


def reload(index: tantivy.Index, generation: Path) -> None:
    """See what was last committed."""
    with damage(generation):
        index.reload()


@contextmanager
def damage(generation: Path) -> Iterator[None]:
    """What tantivy says of files that it can't read, with the remedy: ValueError, or what PyO3
    makes of a panic in Rust, which has no name that could be imported and no Exception above."""
    try:
        yield
    except InvalidQuery:
        raise
    except BaseException as error:
        if not isinstance(error, ValueError) and type(error).__name__ != "PanicException":
            raise
        raise EngineError(
            f"The index in {generation} can't be read ({error}). Run manage.py search_rebuild."
        ) from error
