"""Writing a generation: whole objects, tombstones, and the words that occur."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import tantivy

from search.analysis import LANGUAGES
from search.documents import Document, IndexedObject, InvalidDocument, Tombstone, objects_of
from search.engines.base import EngineBusy, EngineError, Rebuilding, Writing
from search.engines.directory import IndexDirectory
from search.engines.embedded.schema import opened, reload
from search.engines.rows import (
    IndexRow,
    number_of,
    rows_of,
    tombstone_row,
    word_key,
    word_row,
    words_of,
)

WRITER_BYTES = 50_000_000
_REBUILD_BYTES = 150_000_000


class EmbeddedWriting(Writing):
    """The writer of one generation."""

    def __init__(self, generation: Path, *, heap: int) -> None:
        self.generation = generation
        self._index = opened(generation)
        self._words: set[tuple[str, str]] = set()
        reload(self._index, generation)
        try:
            self._writer = self._index.writer(heap, 1)
        except ValueError as error:
            raise EngineBusy(
                f"Another process keeps {generation} open for writing. One indexer is enough: "
                "stop this one, or the other."
            ) from error

    def apply(
        self, *, upserts: Iterable[Document] = (), tombstones: Iterable[Tombstone] = ()
    ) -> None:
        """See `Writing.apply`."""
        objects = objects_of(upserts)
        gone = {tombstone.key: tombstone for tombstone in tombstones}
        present = self._versions({*objects, *gone})
        with self.whole():
            for tombstone in gone.values():
                if tombstone.version >= present.get(number_of(tombstone.key), 0):
                    self._writer.delete_documents_by_term("key", tombstone.key)
                    self._add(tombstone_row(tombstone))
            for item in objects.values():
                newer = gone[item.key].version if item.key in gone else -1
                if item.version >= present.get(number_of(item.key), 0) and item.version > newer:
                    self.put(item, replace=True)
            self.commit()

    @contextmanager
    def whole(self) -> Iterator[None]:
        """All that is done within, or nothing: a full disk leaves what was committed before."""
        try:
            yield
        except InvalidDocument:
            raise
        except (OSError, ValueError) as error:
            self._words.clear()
            with suppress(ValueError):  # A writer that has died has nothing to forget.
                self._writer.rollback()
            raise EngineError(
                f"Can't write the index in {self.generation} ({error}). Look at the disk's free "
                "space and the directory's owner; nothing of this batch was kept."
            ) from error

    def put(self, item: IndexedObject, *, replace: bool) -> None:
        """Write an object; `replace` false where nothing of it can be there yet."""
        if replace:
            self._writer.delete_documents_by_term("key", item.key)
        for row in rows_of(item):
            self._add(row)
        new = words_of(item.documents) - self._words
        self._words |= new
        for language, word in new - self._written(new) if replace else new:
            self._add(word_row(language, word))

    def _add(self, row: IndexRow) -> None:
        self._writer.add_document(tantivy.Document.from_dict(row, self._index.schema))

    def commit(self) -> None:
        """Make durable what was put since the last time."""
        self._writer.commit()
        self._index.reload()

    def close(self) -> None:
        """Let merging finish, and let go of the writer; what was not committed is forgotten."""
        with suppress(ValueError):  # Nothing is left to merge in a generation that was replaced.
            self._writer.wait_merging_threads()

    def _written(self, words: set[tuple[str, str]]) -> set[tuple[str, str]]:
        """Those of some words that have a row already."""
        searcher = self._index.searcher()
        return {word for word in words if searcher.doc_freq("key", word_key(*word))}

    def _versions(self, keys: set[str]) -> dict[int, int]:
        """The version of each of the objects that is in the index."""
        if not keys:
            return {}
        searcher = self._index.searcher()
        query = tantivy.Query.term_set_query(self._index.schema, "key", sorted(keys))
        rows = len(keys) * (len(LANGUAGES) + 1)
        places = [place for _, place in searcher.search(query, limit=rows, count=False).hits]
        numbers = searcher.fast_field_values("object", places)
        versions = searcher.fast_field_values("version", places)
        return {int(n or 0): int(v or 0) for n, v in zip(numbers, versions, strict=True)}


class EmbeddedRebuilding(Rebuilding):
    """A new generation being filled."""

    def __init__(self, directory: IndexDirectory, generation: Path) -> None:
        self._directory = directory
        self._generation = generation
        self._writing: EmbeddedWriting | None = EmbeddedWriting(generation, heap=_REBUILD_BYTES)

    def add(self, documents: Iterable[Document]) -> None:
        """See `Rebuilding.add`."""
        if self._writing is None:
            raise EngineError("This rebuild has been swapped in already; begin another.")
        objects = objects_of(documents)
        with self._writing.whole():
            for item in objects.values():
                self._writing.put(item, replace=False)

    @contextmanager
    def swapping(self) -> Iterator[Writing]:
        """See `Rebuilding.swapping`."""
        if self._writing is None:
            raise EngineError("This rebuild has been swapped in already; begin another.")
        with self._writing.whole():
            self._writing.commit()
        self.close()  # Merging finishes before the others are shut out.
        with self._directory.locked("writing", timeout=60.0):
            self._writing = EmbeddedWriting(self._generation, heap=WRITER_BYTES)
            yield self._writing
            self.close()
            self._directory.activate(self._generation)

    def close(self) -> None:
        """Let go of the writer."""
        writing, self._writing = self._writing, None
        if writing is not None:
            writing.close()
