"""Asking one snapshot of the embedded index; places are valid within it only."""

from __future__ import annotations

from typing import Any

import tantivy

from search.engines.embedded.rendering import rendered
from search.engines.matching import AnyOf, Fixed, Node, Term, pruned

_NOTHING = AnyOf(())


class Asking:
    """Questions to the index at one moment."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self._schema = schema
        self._searcher = searcher

    def _addresses(self, tree: Node, limit: int) -> list[tantivy.DocAddress]:
        """The best `limit` rows that match."""
        found = self._searcher.search(self._rendered(tree), limit, False).hits
        return [address for _, address in found]

    def _matching(self, tree: Node) -> int:
        """How many rows match; not scored, which would take as long again."""
        found: Any = self._searcher.search(self._rendered(Fixed(tree, 0.0)), limit=1, count=True)
        return int(found.count)  # Its stubs leave `count` out.

    def _objects_of(self, addresses: list[tantivy.DocAddress]) -> list[int]:
        """The objects that these rows belong to."""
        numbers = self._searcher.fast_field_values("object", addresses)
        return [int(number or 0) for number in numbers]

    def _stored(self, address: tantivy.DocAddress) -> bytes:
        return bytes(self._searcher.doc(address).get_first("stored") or b"{}")

    def _rendered(self, tree: Node) -> tantivy.Query:
        return rendered(pruned(tree, self._occurs) or _NOTHING, self._schema)

    def _occurs(self, term: Term) -> bool:
        """Whether any text has it. Most words are of one language, and are asked for in six."""
        return self._searcher.doc_freq(term.field, term.value) > 0
