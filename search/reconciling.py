"""Comparing the index with the database, and repairing what differs.

Everything that the builders give now is compared with what the index holds. What differs is looked
at again: an object whose row waits in the outbox is merely late, one that was written in between is
on its way, and neither is drift. What remains is drift, and can be nobody's intention: a lost file,
a restored backup, a change that forgot to enqueue. It is repaired by enqueueing the object.

In bounded memory: the index's inventory goes through a temporary table on disk, and objects are
built some hundreds at a time. Needs no right to write and hinders nobody.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from itertools import islice
from typing import NamedTuple, TypeVar

from django.db import transaction

from search.building import Built, build
from search.documents import objects_of
from search.engines.base import Engine
from search.holdings import Held, held_of
from search.models import OutboxEntry
from search.outbox import enqueue
from search.registry import builders

T = TypeVar("T")

BATCH = 200
_LOOKS = 2


class Kind(StrEnum):
    """How an object in the index differs from the database."""

    MISSING = "missing"
    EXTRA = "extra"
    STALE = "stale"
    AUDIENCE = "audience"
    BROKEN = "broken"


class Drift(NamedTuple):
    """One object that differs; `detail` says in what, or is ""."""

    kind: Kind
    key: str
    detail: str = ""


Progress = Callable[[str, int], None]
"""Called with a builder's prefix and how many of its objects were just compared."""


def drifts(engine: Engine, *, progress: Progress | None = None) -> Iterator[Drift]:
    """What differs, one after the other.

    A broken object (it can't be built) is drift only while no row of the outbox tries it again.
    Raises `IndexMissing` or `IndexOutdated` where there is nothing to compare: rebuild then.
    """
    with _on_disk(engine.inventory()) as inventory:
        for prefix, builder in builders().items():
            for ids in _batches(builder.all_ids()):
                keys = [f"{prefix}:{identity}" for identity in ids]
                yield from _confirmed(engine, _differing(keys, inventory.taken(keys)))
                if progress:
                    progress(prefix, len(ids))
        for keys in _batches(inventory.left()):
            yield from _confirmed(engine, keys)


def repair(some: Iterable[Drift]) -> Iterator[Drift]:
    """The same, each enqueued before it is given."""
    for batch in _batches(some):
        with transaction.atomic():
            enqueue(one.key for one in batch)
        yield from batch


def _differing(keys: Sequence[str], digests: Mapping[str, str]) -> list[str]:
    """Those whose digest is not what it should be, and those that can't be built."""
    built = build(keys)
    expected = {key: held.digest for key, held in _expected(built).items() if held}
    return [key for key in keys if key in built.broken or expected.get(key) != digests.get(key)]


def _expected(built: Built) -> dict[str, Held | None]:
    """What the index should hold of each object, None for nothing; broken ones are left out."""
    documents = objects_of(built.all_documents)
    return {key: held_of(item) for key, item in documents.items()} | dict.fromkeys(built.absent)


def _confirmed(engine: Engine, keys: Sequence[str]) -> Iterator[Drift]:
    """Those of some objects that differ however often one looks."""
    found: list[Drift] = []
    for _ in range(_LOOKS):
        found = list(_looked_at(engine, keys))
        keys = [one.key for one in found]
        if not keys:
            break
    yield from found


def _looked_at(engine: Engine, keys: Sequence[str]) -> Iterator[Drift]:
    """Those that differ without a change being on its way.

    Rows and index are read before the objects and again after them: a change made meanwhile is
    then seen as a row that waits, or as a version that was written meanwhile.
    """
    if not keys:
        return
    late = _waiting(keys)
    before = engine.held(keys)
    built = build(keys)
    late |= _waiting(keys)
    after = engine.held(keys)
    expected = _expected(built)
    for key in keys:
        held = after.get(key)
        if key in late or before.get(key) != held:
            continue
        if key in built.broken:
            yield Drift(Kind.BROKEN, key, built.broken[key])
        elif drift := _between(key, held, expected[key]):
            yield drift


def _between(key: str, held: Held | None, expected: Held | None) -> Drift | None:
    if held is None:
        return Drift(Kind.MISSING, key) if expected else None
    if expected is None:
        return Drift(Kind.EXTRA, key)
    if held.audience != expected.audience:
        return Drift(Kind.AUDIENCE, key, f"{held.audience} instead of {expected.audience}")
    if held.languages != expected.languages:
        there, wanted = ", ".join(held.languages), ", ".join(expected.languages)
        return Drift(Kind.STALE, key, f"in {there} instead of {wanted}")
    return Drift(Kind.STALE, key) if held.digest != expected.digest else None


def _waiting(keys: Sequence[str]) -> set[str]:
    rows = OutboxEntry.objects.filter(applied__isnull=True, key__in=keys)
    return set(rows.values_list("key", flat=True))


class _Inventory:
    """Keys and digests in a temporary file of SQLite's, which goes with the connection."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def taken(self, keys: Sequence[str]) -> dict[str, str]:
        """The digests of these objects, which are then struck off."""
        marks = ", ".join("?" * len(keys))
        rows = f"FROM held WHERE key IN ({marks})"
        found = dict(self._database.execute(f"SELECT key, digest {rows}", keys))
        self._database.execute(f"DELETE {rows}", keys)
        return found

    def left(self) -> Iterator[str]:
        """The objects that were not struck off."""
        for row in self._database.execute("SELECT key FROM held ORDER BY key"):
            yield row[0]


@contextmanager
def _on_disk(inventory: Iterable[Held]) -> Iterator[_Inventory]:
    database = sqlite3.connect("", isolation_level=None)
    try:
        database.execute("CREATE TABLE held (key TEXT PRIMARY KEY, digest TEXT) WITHOUT ROWID")
        database.execute("BEGIN")
        database.executemany(
            "INSERT OR REPLACE INTO held VALUES (?, ?)",
            ((one.key, one.digest) for one in inventory),
        )
        yield _Inventory(database)
    finally:
        database.close()


def _batches(values: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(values)
    while some := list(islice(rest, BATCH)):
        yield some
