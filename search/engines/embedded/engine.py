"""The engine itself: which generation serves, who reads it, who may write it."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import NamedTuple, TypeVar

import tantivy

from search.engines.base import (
    Engine,
    EngineError,
    EngineStatus,
    IndexMissing,
    IndexOutdated,
    InvalidSearchURL,
    Rebuilding,
    Writing,
)
from search.engines.directory import IndexDirectory, Signature
from search.engines.embedded.asking import Asking
from search.engines.embedded.inventory import every_held, held_among
from search.engines.embedded.looking import Looking
from search.engines.embedded.rendering import rendered
from search.engines.embedded.schema import (
    about,
    damage,
    make_schema,
    opened,
    reload,
    same_version,
)
from search.engines.embedded.words import Words
from search.engines.embedded.writing import WRITER_BYTES, EmbeddedRebuilding, EmbeddedWriting
from search.engines.matching import one_of
from search.engines.rows import ALONE, LEAF, ROOT
from search.holdings import Held
from search.interpretation import Asked
from search.queries import Query
from search.results import Results, Suggestion

Kind = TypeVar("Kind", bound=Asking)


def from_url(url: str) -> EmbeddedEngine:
    """The engine for ``embedded:///absolute/path``."""
    path = Path(url.removeprefix("embedded://"))  # As it stands: a path may contain # and %.
    if not path.is_absolute() or path == Path("/") or not _can_be_named(str(path)):
        raise InvalidSearchURL(
            f"SEARCH_URL is {url!r}: an embedded index needs the absolute path of a directory "
            "after three slashes, for example embedded:///var/lib/missions/index."
        )
    return EmbeddedEngine(path)


def _can_be_named(path: str) -> bool:
    """Whether the operating system can have such a path at all."""
    try:
        os.stat(path)
    except (ValueError, UnicodeEncodeError):  # A NUL, a lone surrogate.
        return False
    except OSError as error:
        return error.errno != errno.ENAMETOOLONG
    return True


class _Snapshot(NamedTuple):
    """An opened index at one moment; places of documents are valid within it only."""

    signature: Signature
    schema: tantivy.Schema
    searcher: tantivy.Searcher


class EmbeddedEngine(Engine):
    """An index in a directory. One process writes at a time, any number reads."""

    def __init__(self, root: Path) -> None:
        self._directory = IndexDirectory(root)
        self._opening = threading.Lock()
        self._index: tuple[Path, tantivy.Index] | None = None
        self._snapshot: _Snapshot | None = None
        self._held = False
        self._writing: EmbeddedWriting | None = None

    # Reading

    def find(self, asked: Asked) -> Results:
        """See `Engine.find`."""
        with self._asking(Looking) as looking:
            return looking.results(asked)

    def complete(self, query: Query) -> tuple[Suggestion, ...]:
        """See `Engine.complete`."""
        with self._asking(Words) as words:
            return words.complete(query)

    def words_like(self, word: str, *, language: str, limit: int) -> Sequence[str]:
        """See `Engine.words_like`."""
        with self._asking(Words) as words:
            return words.words_like(word, language=language, limit=limit)

    def words_begun(self, beginning: str, *, language: str, limit: int) -> Sequence[str]:
        """See `Engine.words_begun`."""
        with self._asking(Words) as words:
            return words.words_begun(beginning, language=language, limit=limit)

    def known(
        self, query: Query, words: Sequence[Sequence[tuple[str, str]]], *, at_most: int
    ) -> Sequence[int]:
        """See `Engine.known`."""
        with self._asking(Words) as known:
            return known.known(query, words, at_most=at_most)

    @contextmanager
    def _asking(self, kind: type[Kind]) -> Iterator[Kind]:
        snapshot = self._read()
        with damage(self._directory.root):
            yield kind(snapshot.schema, snapshot.searcher)

    def count(self) -> int:
        """See `Engine.count`."""
        return self._count_roles(ROOT, ALONE)

    def tally(self, facet: str) -> Mapping[str, int]:
        """See `Engine.tally`."""
        with self._asking(Looking) as looking:
            return looking.tally(facet)

    def inventory(self) -> Iterator[Held]:
        """See `Engine.inventory`."""
        snapshot = self._read()
        with damage(self._directory.root):
            yield from every_held(snapshot.schema, snapshot.searcher)

    def held(self, keys: Iterable[str]) -> Mapping[str, Held]:
        """See `Engine.held`."""
        wanted = list(dict.fromkeys(keys))
        if not wanted:
            return {}
        snapshot = self._read()
        with damage(self._directory.root):
            found = held_among(snapshot.schema, snapshot.searcher, wanted)
            return {one.key: one for one in found}

    def version(self) -> int:
        """See `Engine.version`."""
        if self._directory.signature() is None:
            return 0
        searcher = self._read().searcher
        with damage(self._directory.root):
            found = searcher.aggregate(
                tantivy.Query.all_query(), {"version": {"max": {"field": "version"}}}
            )
        return int(found["version"]["value"] or 0)

    def status(self) -> EngineStatus:
        """See `Engine.status`."""
        reason = self.rebuild_reason()
        readable = self._directory.signature() is not None and not self._unreadable()
        return EngineStatus(
            engine="embedded",
            place=str(self._directory.root),
            objects=self.count() if readable else 0,
            documents=self._count_roles(LEAF, ALONE) if readable else 0,
            bytes=self._directory.size(),
            version=self.version() if readable else 0,
            rebuild_reason=reason,
            software=f"tantivy {metadata.version('tantivy')}",
        )

    def reload(self) -> None:
        """See `Engine.reload`."""
        self._snapshot = None

    def close(self) -> None:
        """See `Engine.close`."""
        with self._opening:
            self._snapshot = self._index = None
        self._let_go()

    def _count_roles(self, *roles: str) -> int:
        schema, searcher = self._read()[1:]
        with damage(self._directory.root):
            return int(searcher.search(rendered(one_of("role", roles), schema), limit=1).count)  # type: ignore[attr-defined]

    def _read(self) -> _Snapshot:
        """The index as last committed: a look at one file, and a reload where it changed."""
        snapshot = self._snapshot
        signature = self._directory.signature()
        if snapshot is not None and snapshot.signature == signature:
            return snapshot
        with self._opening:
            for _ in range(5):
                signature = self._directory.signature()
                if signature is None:
                    raise IndexMissing(
                        f"There is no index in {self._directory.root}. Run manage.py "
                        "search_rebuild, or leave manage.py search_index --watch running."
                    )
                try:
                    self._snapshot = snapshot = self._open(signature)
                except (OSError, EngineError):
                    # Swapped and swept between the look and the opening: look again.
                    if self._directory.signature() == signature:
                        raise
                    continue
                return snapshot
        raise EngineError(f"The index in {self._directory.root} changes too fast to be opened.")

    def _open(self, signature: Signature) -> _Snapshot:
        generation = self._directory.current()
        if generation is None:
            raise FileNotFoundError(self._directory.root)
        if self._unreadable():
            raise IndexOutdated(f"{self.rebuild_reason()} Run manage.py search_rebuild.")
        if self._index is None or self._index[0] != generation:
            self._index = (generation, opened(generation))
        index = self._index[1]
        reload(index, generation)
        return _Snapshot(signature, index.schema, index.searcher())

    def _unreadable(self) -> bool:
        generation = self._directory.current()
        return generation is not None and not same_version(self._directory.about(generation))

    def exists(self) -> bool:
        """See `Engine.exists`."""
        return self._directory.current() is not None

    def rebuild_reason(self) -> str:
        """See `Engine.rebuild_reason`."""
        generation = self._directory.current()
        if generation is None:
            return "There is no index yet."
        about = self._directory.about(generation)
        if not same_version(about):
            return "The index was built by another version of this software."
        return "" if about.get("whole") else "The index was begun without what was there before."

    def obstacle(self) -> str:
        """See `Engine.obstacle`."""
        return self._directory.obstacle()

    # Writing

    @contextmanager
    def writing(self, *, timeout: float = 10.0) -> Iterator[Writing]:
        """See `Engine.writing`."""
        with self._directory.locked("writing", timeout=timeout):
            generation = self._directory.current()
            if generation is None:
                generation = self._directory.create(about(whole=False))
                tantivy.Index(make_schema(), path=str(generation))
                self._directory.activate(generation)
            elif self._unreadable():
                raise IndexOutdated(f"{self.rebuild_reason()} Run manage.py search_rebuild.")
            if self._writing is None or self._writing.generation != generation:
                self._let_go()
                self._writing = EmbeddedWriting(generation, heap=WRITER_BYTES)
            kept = False
            try:
                yield self._writing
                kept = self._held
            finally:
                if not kept:
                    self._let_go()

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Keep the writer open between batches: merging goes on behind them, not after each."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
            self._let_go()

    def _let_go(self) -> None:
        writing, self._writing = self._writing, None
        if writing is not None:
            writing.close()

    @contextmanager
    def rebuilding(self) -> Iterator[Rebuilding]:
        """See `Engine.rebuilding`."""
        with self._directory.locked("rebuilding", timeout=0):
            self._directory.sweep()
            generation = self._directory.create(about(whole=True))
            tantivy.Index(make_schema(), path=str(generation))
            rebuilding = EmbeddedRebuilding(self._directory, generation)
            try:
                yield rebuilding
            finally:
                rebuilding.close()
                self._directory.sweep()
