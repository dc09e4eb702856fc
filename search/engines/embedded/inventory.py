"""All that a snapshot of the embedded index holds, object by object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import tantivy

from search.engines.embedded.rendering import rendered
from search.engines.matching import AllOf, Between, Node, one_of
from search.engines.rows import ALONE, ROOT
from search.holdings import Held, held_from

_AT_ONCE = 10_000
_HIGHEST = (1 << 64) - 1
_OBJECTS = one_of("role", [ROOT, ALONE])


def every_held(schema: tantivy.Schema, searcher: tantivy.Searcher) -> Iterator[Held]:
    """Each object once, some thousands of them in memory."""
    last = -1
    while True:
        beyond = AllOf((_OBJECTS, Between("object", last + 1, _HIGHEST)))
        found = searcher.search(
            rendered(beyond, schema),
            limit=_AT_ONCE,
            count=False,
            order_by_field="object",
            order=tantivy.Order.Asc,
        ).hits
        yield from _held(searcher, [address for _, address in found])
        if len(found) < _AT_ONCE:
            return
        last = int(found[-1][0])


def held_among(
    schema: tantivy.Schema, searcher: tantivy.Searcher, keys: Sequence[str]
) -> Iterator[Held]:
    """Those of some objects that are held."""
    some: Node = AllOf((_OBJECTS, one_of("key", keys)))
    found = searcher.search(rendered(some, schema), limit=len(keys), count=False).hits
    return _held(searcher, [address for _, address in found])


def _held(searcher: tantivy.Searcher, places: Iterable[tantivy.DocAddress]) -> Iterator[Held]:
    for place in places:
        yield held_from(bytes(searcher.doc(place).get_first("held") or b""))
