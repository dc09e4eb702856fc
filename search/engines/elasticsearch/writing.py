"""Writing whole objects, each in one step, to the index that serves or to one beside it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from search.documents import Document, Tombstone, objects_of
from search.engines.base import EngineError, Rebuilding, Writing
from search.engines.elasticsearch.indexes import Indexes
from search.engines.elasticsearch.leases import Lease
from search.engines.elasticsearch.rows import (
    alias_of,
    gone_row,
    object_row,
    spelling_id,
    spelling_row,
)
from search.engines.elasticsearch.server import WRITING, Server, ServerAway
from search.engines.rows import words_of

_LARGEST_BULK = 8_000_000
_MOST_IN_BULK = 2_000
_TRIES = 4
_OLDER_THAN_THERE = 409
_MOST_WORDS_REMEMBERED = 500_000

Operation = tuple[str, str]
"""A line that says what to do, and the row to do it with, both as JSON."""


class ElasticsearchWriting(Writing):
    """Writing to the index that serves, or to one being filled."""

    def __init__(self, server: Server, *, lease: Lease, words: Words, filled: str = "") -> None:
        """`filled` names the index that is being filled; without it, the one that serves."""
        self._server = server
        self._lease = lease
        self._words = words
        self._index = filled or alias_of(server.address)
        self._is_alias = not filled

    def apply(
        self, *, upserts: Iterable[Document] = (), tombstones: Iterable[Tombstone] = ()
    ) -> None:
        """See `Writing.apply`. Each object is one row, so it is replaced in one step, and the
        server refuses what is older than its row. Where this raises, some objects of the batch
        may have been written: they are right, and applying the batch again changes nothing."""
        objects = objects_of(upserts)
        gone = {tombstone.key: tombstone for tombstone in tombstones}
        rows: dict[str, tuple[dict[str, Any], int]] = {
            key: (gone_row(tombstone), tombstone.version) for key, tombstone in gone.items()
        }
        for key, item in objects.items():
            if key not in gone or item.version > gone[key].version:
                rows[key] = (object_row(item), item.version)
        documents = [one for item in objects.values() for one in item.documents]
        self._write(rows, documents, refresh=True)

    def put(self, documents: Iterable[Document]) -> None:
        """Write objects to an index that nobody sees yet."""
        objects = objects_of(documents)
        rows = {key: (object_row(item), item.version) for key, item in objects.items()}
        every = [one for item in objects.values() for one in item.documents]
        self._write(rows, every, refresh=False)

    def _write(
        self,
        rows: dict[str, tuple[dict[str, Any], int]],
        documents: Iterable[Document],
        *,
        refresh: bool,
    ) -> None:
        new = self._words.new(words_of(documents))
        operations = [_replacing(key, row, version) for key, (row, version) in rows.items()]
        operations += [_adding(spelling_id(*word), spelling_row(*word)) for word in sorted(new)]
        for some in _bulks(operations):
            self._lease.confirm()
            self._send(some, refresh=refresh)
        self._words.remember(new)

    def _send(self, operations: list[Operation], *, refresh: bool) -> None:
        """Send a bulk; what the server had no room for just now is sent again, a little later."""
        pause = 0.1
        for attempt in range(_TRIES):
            refused = self._refused(operations, refresh=refresh)
            if not refused:
                return
            status, reason = next(iter(refused.values()))
            if not all(one == 429 for one, _ in refused.values()):
                break
            operations = [operations[number] for number in refused]
            if attempt < _TRIES - 1:
                time.sleep(pause)
                pause *= 3
        kind = ServerAway if status in (429, 503) else EngineError
        raise kind(
            f"Elasticsearch at {self._server.address.shown} did not take {len(refused)} of the "
            f"rows ({status}: {reason}). They are sent again with the next batch; look at the "
            "server's log and at its disk's free space."
        )

    def _refused(self, operations: list[Operation], *, refresh: bool) -> dict[int, tuple[int, str]]:
        """Send a bulk; the operations that failed: {number: (status, reason)}."""
        lines: list[Any] = [line for operation in operations for line in operation]
        with self._server.asking(WRITING) as client:
            answer = client.bulk(
                index=self._index,
                require_alias=self._is_alias,  # No index is ever made by writing to it.
                operations=lines,
                refresh=refresh,
                filter_path="errors,items.*.status,items.*.error.type,items.*.error.reason",
            )
        if not answer["errors"]:
            return {}
        refused = {}
        for number, item in enumerate(answer["items"]):
            (one,) = item.values()
            if one["status"] >= 300 and one["status"] != _OLDER_THAN_THERE:
                error = one.get("error", {})
                refused[number] = (
                    int(one["status"]),
                    f"{error.get('type')}: {error.get('reason')}"[:300],
                )
        return refused


class Words:
    """The words that an index is known to hold, so that they are not sent each time."""

    def __init__(self) -> None:
        self._known: set[tuple[str, str]] = set()

    def new(self, words: set[tuple[str, str]]) -> set[tuple[str, str]]:
        """Those that the index may not hold yet."""
        return words - self._known

    def remember(self, words: set[tuple[str, str]]) -> None:
        """The index holds these now."""
        if len(self._known) > _MOST_WORDS_REMEMBERED:
            self._known.clear()
        self._known |= words


class ElasticsearchRebuilding(Rebuilding):
    """A new index being filled."""

    def __init__(self, indexes: Indexes, *, index: str, lease: Lease) -> None:
        self._indexes = indexes
        self._server = indexes.server
        self._index = index
        self._lease = lease
        self._words = Words()
        self._open = True

    def add(self, documents: Iterable[Document]) -> None:
        """See `Rebuilding.add`."""
        self._writing().put(documents)

    @contextmanager
    def swapping(self) -> Iterator[Writing]:
        """See `Rebuilding.swapping`. The old index is shut by the server itself, so that not even
        a writer that was held up for long can change it unseen."""
        writing = self._writing()
        self._open = False
        self._indexes.finish(self._index)
        with Lease(self._server, "writing").held(timeout=60.0) as lease:
            old = [one.name for one in self._indexes.serving()]
            try:
                for name in old:
                    self._indexes.shut(name)
                yield writing
                self._lease.confirm()
                lease.confirm()
                self._indexes.activate(self._index)
            except BaseException:
                for name in old:
                    with suppress(EngineError):
                        self._indexes.open(name)
                raise

    def _writing(self) -> ElasticsearchWriting:
        if not self._open:
            raise EngineError("This rebuild has been swapped in already; begin another.")
        return ElasticsearchWriting(
            self._server, lease=self._lease, words=self._words, filled=self._index
        )


def _replacing(key: str, row: dict[str, Any], version: int) -> Operation:
    action = {"index": {"_id": key, "version": version, "version_type": "external_gte"}}
    return json.dumps(action), json.dumps(row, ensure_ascii=False)


def _adding(key: str, row: dict[str, Any]) -> Operation:
    return json.dumps({"create": {"_id": key}}), json.dumps(row, ensure_ascii=False)


def _bulks(operations: Iterable[Operation]) -> Iterator[list[Operation]]:
    some: list[Operation] = []
    size = 0
    for operation in operations:
        length = len(operation[1])
        if some and (size + length > _LARGEST_BULK or len(some) >= _MOST_IN_BULK):
            yield some
            some, size = [], 0
        some.append(operation)
        size += length
    if some:
        yield some
