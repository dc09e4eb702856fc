"""The embedded engine: tantivy, in this process, in a directory of its own.

The only file that imports tantivy; what its rows hold is in `search.engines.rows`. Leaves are
ranked and shown, roots are counted: so totals of objects are exact and cost one look-up, where
tantivy's own count of distinct values is an estimate, and its aggregations stop at 65,000 buckets.

Terms are joined by blanks and split again at blanks, which goes in four times faster than
tantivy's pre-tokenised strings. Its query parser is never used.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import tantivy
from tantivy import Occur

from search.analysis import LANGUAGES, VERSION
from search.documents import Document, IndexedObject, Tombstone, objects_of
from search.engines.base import (
    Engine,
    EngineBusy,
    EngineError,
    EngineStatus,
    IndexMissing,
    IndexOutdated,
    InvalidSearchURL,
    Rebuilding,
    Writing,
)
from search.engines.directory import IndexDirectory, Signature
from search.engines.matching import (
    AllOf,
    AnyOf,
    BestOf,
    Fields,
    Fixed,
    Node,
    Row,
    Term,
    Times,
    allowed,
    counted,
    looked_for,
    one_of,
)
from search.engines.rows import (
    ALONE,
    LEAF,
    ROOT,
    IndexRow,
    number_of,
    object_and_language,
    rows_of,
    tombstone_row,
)
from search.hits import hit_from
from search.interpretation import Clause, interpret
from search.queries import Query
from search.results import DEEPEST, Hit, Results

LAYOUT = 2
"""Grows with every change of `_schema` or of `search.engines.rows`."""

_WRITER_BYTES = 50_000_000
_REBUILD_BYTES = 150_000_000
_OF_LEAVES = Fields("words", "symbol", "cited", title="title")
_OF_ROOTS = Fields("all_words", "all_symbol", "all_cited")


def from_url(url: str) -> EmbeddedEngine:
    """The engine for ``embedded:///absolute/path``."""
    path = Path(url.removeprefix("embedded://"))  # As it stands: a path may contain # and %.
    if not path.is_absolute() or path == Path("/"):
        raise InvalidSearchURL(
            f"SEARCH_URL is {url!r}: an embedded index needs the absolute path of a directory "
            "after three slashes, for example embedded:///var/lib/missions/index."
        )
    return EmbeddedEngine(path)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("key", "role", "audience", "site", "kind"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for fields in (_OF_LEAVES, _OF_ROOTS):
        builder.add_text_field(fields.words, tokenizer_name="whitespace", index_option="position")
        builder.add_text_field(fields.symbol, tokenizer_name="raw", index_option="basic")
        builder.add_text_field(fields.cited, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(_OF_LEAVES.title, tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field("object", indexed=True, fast=True)
    builder.add_unsigned_field("place", fast=True)
    builder.add_unsigned_field("version", fast=True)
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


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
        self._writing: _EmbeddedWriting | None = None

    # Reading

    def search(self, query: Query) -> Results:
        """See `Engine.search`."""
        clauses = interpret(query)
        if not clauses:
            return Results(hits=(), total=0, page=query.page, size=query.size)
        looking = _Looking(self._read(), query, clauses)
        with _damage(self._directory.root):
            total, hits = looking.page()
        return Results(hits=hits, total=total, page=query.page, size=query.size)

    def count(self) -> int:
        """See `Engine.count`."""
        return self._count_roles(ROOT, ALONE)

    def version(self) -> int:
        """See `Engine.version`."""
        if self._directory.signature() is None:
            return 0
        searcher = self._read().searcher
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
        query = tantivy.Query.term_set_query(schema, "role", list(roles))
        return _matching(searcher, query)

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
            self._index = (generation, _opened(generation))
        index = self._index[1]
        _reload(index, generation)
        return _Snapshot(signature, index.schema, index.searcher())

    def _unreadable(self) -> bool:
        generation = self._directory.current()
        return generation is not None and not _same_version(self._directory.about(generation))

    def exists(self) -> bool:
        """See `Engine.exists`."""
        return self._directory.current() is not None

    def rebuild_reason(self) -> str:
        """See `Engine.rebuild_reason`."""
        generation = self._directory.current()
        if generation is None:
            return "There is no index yet."
        about = self._directory.about(generation)
        if not _same_version(about):
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
                generation = self._directory.create(_about(whole=False))
                tantivy.Index(_schema(), path=str(generation))
                self._directory.activate(generation)
            elif self._unreadable():
                raise IndexOutdated(f"{self.rebuild_reason()} Run manage.py search_rebuild.")
            if self._writing is None or self._writing.generation != generation:
                self._let_go()
                self._writing = _EmbeddedWriting(generation, heap=_WRITER_BYTES)
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
            generation = self._directory.create(_about(whole=True))
            tantivy.Index(_schema(), path=str(generation))
            rebuilding = _EmbeddedRebuilding(self._directory, generation)
            try:
                yield rebuilding
            finally:
                rebuilding.close()
                self._directory.sweep()


class _EmbeddedWriting(Writing):
    """The writer of one generation."""

    def __init__(self, generation: Path, *, heap: int) -> None:
        self.generation = generation
        self._index = _opened(generation)
        _reload(self._index, generation)
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
        try:
            for tombstone in gone.values():
                if tombstone.version >= present.get(number_of(tombstone.key), 0):
                    self._writer.delete_documents_by_term("key", tombstone.key)
                    self._add(tombstone_row(tombstone))
            for item in objects.values():
                newer = gone[item.key].version if item.key in gone else -1
                if item.version >= present.get(number_of(item.key), 0) and item.version > newer:
                    self.put(item, replace=True)
            self.commit()
        except (OSError, ValueError) as error:
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


class _EmbeddedRebuilding(Rebuilding):
    """A new generation being filled."""

    def __init__(self, directory: IndexDirectory, generation: Path) -> None:
        self._directory = directory
        self._generation = generation
        self._writing: _EmbeddedWriting | None = _EmbeddedWriting(generation, heap=_REBUILD_BYTES)

    def add(self, documents: Iterable[Document]) -> None:
        """See `Rebuilding.add`."""
        if self._writing is None:
            raise EngineError("This rebuild has been swapped in already; begin another.")
        for item in objects_of(documents).values():
            self._writing.put(item, replace=False)

    @contextmanager
    def swapping(self) -> Iterator[Writing]:
        """See `Rebuilding.swapping`."""
        if self._writing is None:
            raise EngineError("This rebuild has been swapped in already; begin another.")
        self._writing.commit()
        self.close()  # Merging finishes before the others are shut out.
        with self._directory.locked("writing", timeout=60.0):
            self._writing = _EmbeddedWriting(self._generation, heap=_WRITER_BYTES)
            yield self._writing
            self.close()
            self._directory.activate(self._generation)

    def close(self) -> None:
        """Let go of the writer."""
        writing, self._writing = self._writing, None
        if writing is not None:
            writing.close()


class _Place(NamedTuple):
    """A leaf that was found: its object, its language, and where it is."""

    number: int
    language: str
    address: tantivy.DocAddress


class _Looking:
    """One search in one snapshot."""

    def __init__(self, snapshot: _Snapshot, query: Query, clauses: Sequence[Clause]) -> None:
        _, self._schema, self._searcher = snapshot
        self._query = query
        self._clauses = clauses
        self._allowed = allowed(query)
        self._leaves = looked_for(clauses, _OF_LEAVES)

    def page(self) -> tuple[int, tuple[Hit, ...]]:
        """How many objects match, and the hits of the page that was asked for."""
        total = self.total()
        first = (self._query.page - 1) * self._query.size
        if first >= min(total, DEEPEST):
            return total, ()
        best = self.ranked(first + self._query.size)[first:]
        return total, tuple(self.hit(address) for address in self.shown(best))

    def total(self) -> int:
        """How many objects match: roots by the words of all their languages, and those alone."""
        roots = AllOf((counted(self._clauses, _OF_ROOTS), *self._allowed))
        alone = AllOf((counted(self._clauses, _OF_LEAVES), one_of("role", [ALONE]), *self._allowed))
        return sum(
            _matching(self._searcher, _rendered(part, self._schema)) for part in (roots, alone)
        )

    def ranked(self, wanted: int) -> list[_Place]:
        """The best leaf of each of the best `wanted` objects."""
        limit = wanted + len(LANGUAGES)
        while True:
            leaves = self._places(limit)
            best: dict[int, _Place] = {}
            for leaf in leaves:
                best.setdefault(leaf.number, leaf)
            if len(best) >= wanted or len(leaves) < limit:
                return list(best.values())[:wanted]
            limit *= 3

    def shown(self, best: Sequence[_Place]) -> list[tantivy.DocAddress]:
        """The address of the leaf to show for each object.

        In the reader's language where that matches, else in the language that matches best.
        """
        own = self._query.language
        others = [leaf.number for leaf in best if leaf.language != own]
        preferred: dict[int, tantivy.DocAddress] = {}
        if others:
            for leaf in self._places(len(others) * len(LANGUAGES), one_of("object", others)):
                if leaf.language == own:
                    preferred[leaf.number] = leaf.address
        return [preferred.get(leaf.number, leaf.address) for leaf in best]

    def _places(self, limit: int, *filters: Node) -> list[_Place]:
        """The best `limit` leaves."""
        tree = AllOf((self._leaves, *self._allowed, *filters))
        query = _rendered(tree, self._schema)
        addresses = [address for _, address in self._searcher.search(query, limit, False).hits]
        numbers = self._searcher.fast_field_values("place", addresses)
        return [
            _Place(*object_and_language(int(number or 0)), address)
            for number, address in zip(numbers, addresses, strict=True)
        ]

    def hit(self, address: tantivy.DocAddress) -> Hit:
        """The hit of one leaf, with its marks."""
        kept = self._searcher.doc(address).get_first("stored")
        return hit_from(bytes(kept or b"{}"), self._clauses)


def _matching(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    """How many rows match."""
    found: Any = searcher.search(query, limit=1, count=True)  # Its stubs leave `count` out.
    return int(found.count)


def _rendered(node: Node, schema: tantivy.Schema) -> tantivy.Query:
    """Tantivy's query for a tree of conditions."""
    make = tantivy.Query
    match node:
        case Term(field, value):
            return make.term_query(schema, field, value, index_option="freq")
        case Row(field, values):
            return make.phrase_query(schema, field, list(values))
        case AnyOf(parts, at_least):
            some = [(Occur.Should, _rendered(part, schema)) for part in parts]
            return make.boolean_query(some, minimum_number_should_match=at_least)
        case AllOf(parts, liked):
            musts = [(Occur.Must, _rendered(part, schema)) for part in parts]
            return make.boolean_query(
                musts + [(Occur.Should, _rendered(part, schema)) for part in liked]
            )
        case BestOf(parts):
            return make.disjunction_max_query([_rendered(part, schema) for part in parts])
        case Times(part, factor):
            return make.boost_query(_rendered(part, schema), factor)
        case Fixed(part, score):
            return make.const_score_query(_rendered(part, schema), score)


def _opened(generation: Path) -> tantivy.Index:
    with _damage(generation):
        index = tantivy.Index.open(str(generation))
    index.config_reader("manual")
    return index


def _reload(index: tantivy.Index, generation: Path) -> None:
    with _damage(generation):
        index.reload()


@contextmanager
def _damage(generation: Path) -> Iterator[None]:
    """What tantivy says of files that it can't read, with the remedy; it only has ValueError."""
    try:
        yield
    except ValueError as error:
        raise EngineError(
            f"The index in {generation} can't be read ({error}). Run manage.py search_rebuild."
        ) from error


def _about(*, whole: bool) -> dict[str, int]:
    return {"layout": LAYOUT, "analysis": VERSION, "whole": int(whole)}


def _same_version(about: dict[str, int]) -> bool:
    return (about.get("layout"), about.get("analysis")) == (LAYOUT, VERSION)
