"""Whether what was looked for comes first: the mean reciprocal rank among ten, by kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from search.engines.base import Engine
from search.queries import Query

from .corpus import Item
from .known_items import KnownItem

BATCH = 500

TARGETS = {"a typo": 0.85, "two typos": 0.85, "symbol": 1.0, "symbol in haste": 1.0}
ARABIC, INFLECTED, HALF = 0.92, 0.95, 1.0


@dataclass
class Score:
    """The mean reciprocal rank of some queries, and those that did not find theirs first."""

    ranks: list[float] = field(default_factory=list)
    failures: list[tuple[KnownItem, float, tuple[str, ...]]] = field(default_factory=list)

    @property
    def mean(self) -> float:
        """Between 0 and 1."""
        return sum(self.ranks) / len(self.ranks) if self.ranks else 0.0


def fill(engine: Engine, items: Iterable[Item]) -> int:
    """Build the index anew from some items; how many documents went in."""
    documents = 0
    rest = iter(items)
    with engine.rebuilding() as fresh:
        while some := list(islice(rest, BATCH)):
            made = [document for item in some for document in item.documents()]
            fresh.add(made)
            documents += len(made)
        with fresh.swapping():
            pass
    return documents


def scores(engine: Engine, wanted: Iterable[KnownItem]) -> dict[tuple[str, str], Score]:
    """By kind of query and language."""
    found: defaultdict[tuple[str, str], Score] = defaultdict(Score)
    for one in wanted:
        hits = engine.search(Query(text=one.text, language=one.language)).hits
        rank = next((1 / at for at, hit in enumerate(hits, 1) if hit.key == one.key), 0.0)
        score = found[one.kind, one.language]
        score.ranks.append(rank)
        if rank < 1:
            score.failures.append((one, rank, tuple(hit.key for hit in hits[:3])))
    return dict(found)


def target(kind: str, language: str) -> float:
    """What has to be reached, without noise."""
    if kind in TARGETS:
        return TARGETS[kind]
    if kind == "half a symbol":
        return HALF
    return ARABIC if language == "ar" else INFLECTED
