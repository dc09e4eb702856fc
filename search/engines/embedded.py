"""The embedded engine: tantivy, in this process, in a directory of its own.

The only file that imports tantivy. What it holds for one object:

* for each language a *leaf*, by which the object is ranked and shown;
* where there are several languages, one *root* with the words of them all, by which the object
  is counted, once. An object of one language needs none: its leaf is *alone* and counts itself.

Every term carries its language (``fr:droit``), so a clause for one language matches a root if
and only if it matches that language's leaf: counts are exact, and cost one look-up. (Tantivy's
own count of distinct values is an estimate, and its aggregations stop at 65,000 buckets.)

Terms are joined by blanks and split again at blanks, which goes in four times faster than
tantivy's pre-tokenised strings. Its query parser is never used.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import tantivy
from tantivy import Occur

from search.analysis import LANGUAGES, VERSION, symbol_forms, symbols, terms
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
from search.hits import hit_from, stored
from search.interpretation import Clause, SymbolTerm, interpret, scrubbed
from search.queries import Query
from search.results import DEEPEST, Hit, Results

LAYOUT = 1
"""Grows with every change of `_schema` or of what is put into its fields."""

# What counts how much, beside the weight that a term has by being rare (measured, ADR 4).
OTHER_LANGUAGE = 0.6  # a text that is not in the reader's language, times
TITLE = 0.2  # a word in the title once more, times
PRESENT = 6.0  # each different word that is there: all the words before one word many times
OWN_SYMBOL = 6.0
CITED_SYMBOL = 2.0

_WRITER_BYTES = 50_000_000
_REBUILD_BYTES = 150_000_000
_WHOLE, _ROOT, _LEAF, _GONE = "alone", "root", "leaf", "gone"


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
    for name in ("key", "role", "audience", "site", "kind", "symbol", "cited"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("all_words", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("title", tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field("object", indexed=True, fast=True)
    builder.add_unsigned_field("language", fast=True)
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
        return self._count_roles(_ROOT, _WHOLE)

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
            documents=self._count_roles(_LEAF, _WHOLE) if readable else 0,
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
                if tombstone.version >= present.get(_number(tombstone.key), 0):
                    self._bury(tombstone)
            for item in objects.values():
                newer = gone[item.key].version if item.key in gone else -1
                if item.version >= present.get(_number(item.key), 0) and item.version > newer:
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
        for row in _rows(item):
            self._writer.add_document(row)

    def _bury(self, tombstone: Tombstone) -> None:
        self._writer.delete_documents_by_term("key", tombstone.key)
        row = tantivy.Document()
        row.add_text("key", tombstone.key)
        row.add_text("role", _GONE)
        row.add_unsigned("object", _number(tombstone.key))
        row.add_unsigned("version", tombstone.version)
        self._writer.add_document(row)

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


class _Looking:
    """One search in one snapshot."""

    def __init__(self, snapshot: _Snapshot, query: Query, clauses: Sequence[Clause]) -> None:
        _, self._schema, self._searcher = snapshot
        self._query = query
        self._clauses = {clause.language: clause for clause in clauses}
        self._leaves = self._filtered(self._text("words", scored=True), _LEAF, _WHOLE)

    def page(self) -> tuple[int, tuple[Hit, ...]]:
        """How many objects match, and the hits of the page that was asked for."""
        total = self.total()
        first = (self._query.page - 1) * self._query.size
        if first >= min(total, DEEPEST):
            return total, ()
        objects = self.ranked(first + self._query.size)[first:]
        return total, tuple(self.hit(place) for place in self.shown(objects))

    def total(self) -> int:
        """How many objects match: roots by the words of all their languages, and those alone."""
        roots = self._filtered(self._text("all_words", scored=False), _ROOT)
        alone = self._filtered(self._text("words", scored=False), _WHOLE)
        return sum(_matching(self._searcher, part) for part in (roots, alone))

    def ranked(self, wanted: int) -> list[int]:
        """The numbers of the best `wanted` objects, each where its best leaf stands."""
        limit = wanted + len(LANGUAGES)
        while True:
            found = self._searcher.search(self._leaves, limit=limit, count=False).hits
            places = [place for _, place in found]
            numbers = self._searcher.fast_field_values("object", places)
            objects = list(dict.fromkeys(int(number or 0) for number in numbers))
            if len(objects) >= wanted or len(found) < limit:
                return objects[:wanted]
            limit *= 3

    def shown(self, objects: Sequence[int]) -> list[tantivy.DocAddress]:
        """For each object the place of the leaf to show.

        The reader's language where it matches, else the language that matches best.
        """
        if not objects:
            return []
        own = LANGUAGES.index(self._query.language)
        among = tantivy.Query.term_set_query(self._schema, "object", list(objects))
        query = _all_of([self._leaves, tantivy.Query.const_score_query(among, 0.0)])
        limit = len(objects) * len(LANGUAGES)
        places = [place for _, place in self._searcher.search(query, limit, count=False).hits]
        numbers = self._searcher.fast_field_values("object", places)
        languages = self._searcher.fast_field_values("language", places)
        best: dict[int, tantivy.DocAddress] = {}
        for number, language, place in zip(numbers, languages, places, strict=True):
            if language == own:
                best[int(number or 0)] = place
            else:
                best.setdefault(int(number or 0), place)
        return [best[number] for number in objects if number in best]

    def hit(self, place: tantivy.DocAddress) -> Hit:
        """The hit of one leaf, with its marks."""
        kept = self._searcher.doc(place).get_first("stored")
        return hit_from(bytes(kept or b"{}"), self._clauses.values())

    def _filtered(self, text: tantivy.Query, *roles: str) -> tantivy.Query:
        """`text` where role, audience, site and kind allow it; these add nothing to the score."""
        filters = [("role", roles), ("audience", sorted(self._query.audiences))]
        filters += [("site", self._query.sites), ("kind", self._query.kinds)]
        parts = [text]
        for field, values in filters:
            if values:
                among = [scrubbed(value) for value in values]
                one_of = tantivy.Query.term_set_query(self._schema, field, among)
                parts.append(tantivy.Query.const_score_query(one_of, 0.0))
        return _all_of(parts)

    def _text(self, field: str, *, scored: bool) -> tantivy.Query:
        """The clauses of all languages; any of them is enough."""
        parts = []
        for clause in self._clauses.values():
            part = self._clause(clause, field, scored=scored)
            if scored and not clause.own:
                part = tantivy.Query.boost_query(part, OTHER_LANGUAGE)
            parts.append((Occur.Should, part))
        return tantivy.Query.boolean_query(parts)

    def _clause(self, clause: Clause, field: str, *, scored: bool) -> tantivy.Query:
        parts = [
            (Occur.Must, self._in_a_row(field, clause.language, phrase))
            for phrase in clause.phrases
        ]
        some = [self._word(field, clause.language, word) for word in clause.words]
        some += [self._symbol(field, clause.language, symbol) for symbol in clause.symbols]
        if some:
            half = tantivy.Query.boolean_query(
                [(Occur.Should, part) for part in some],
                minimum_number_should_match=clause.required,
            )
            parts.append((Occur.Must, half))
        if scored:
            for word in clause.words:
                in_title = self._word("title", clause.language, word)
                parts.append((Occur.Should, tantivy.Query.boost_query(in_title, TITLE)))
            for part in some:
                parts.append((Occur.Should, tantivy.Query.const_score_query(part, PRESENT)))
        return tantivy.Query.boolean_query(parts)

    def _word(self, field: str, language: str, word: str) -> tantivy.Query:
        return tantivy.Query.term_query(
            self._schema, field, f"{language}:{word}", index_option="freq"
        )

    def _in_a_row(self, field: str, language: str, words: Sequence[str]) -> tantivy.Query:
        if len(words) == 1:
            return self._word(field, language, words[0])
        return tantivy.Query.phrase_query(
            self._schema, field, [f"{language}:{word}" for word in words]
        )

    def _symbol(self, field: str, language: str, symbol: SymbolTerm) -> tantivy.Query:
        """The document of this symbol, then those that cite it, then longer symbols."""
        parts = [self._in_a_row(field, language, symbol.pieces)]
        for form in symbol.forms:
            for name, boost in (("symbol", OWN_SYMBOL), ("cited", CITED_SYMBOL)):
                query = tantivy.Query.term_query(
                    self._schema, name, f"{language}:{form}", index_option="basic"
                )
                parts.append(tantivy.Query.boost_query(query, boost))
        return tantivy.Query.disjunction_max_query(parts)


def _matching(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    """How many rows match."""
    found: Any = searcher.search(query, limit=1, count=True)  # Its stubs leave `count` out.
    return int(found.count)


def _all_of(parts: Sequence[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(Occur.Must, part) for part in parts])


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


def _number(key: str) -> int:
    """A number for an object's key: 64 bits of a hash, so that no two objects share one."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest())


def _rows(item: IndexedObject) -> list[tantivy.Document]:
    """The rows of one object: its leaves, and its root where there are several."""
    if len(item.documents) == 1:
        return [_leaf(item, item.documents[0], role=_WHOLE)]
    root = _row(item, item.documents[0], role=_ROOT)
    rows = [root]
    for document in item.documents:
        rows.append(_leaf(item, document, role=_LEAF))
        _add_words(root, document, field="all_words")
    return rows


def _row(item: IndexedObject, document: Document, *, role: str) -> tantivy.Document:
    row = tantivy.Document()
    row.add_text("key", item.key)
    row.add_text("role", role)
    row.add_text("audience", scrubbed(document.audience))
    row.add_text("site", scrubbed(document.site))
    row.add_text("kind", scrubbed(document.kind))
    row.add_unsigned("object", _number(item.key))
    row.add_unsigned("version", item.version)
    return row


def _leaf(item: IndexedObject, document: Document, *, role: str) -> tantivy.Document:
    row = _row(item, document, role=role)
    row.add_unsigned("language", LANGUAGES.index(document.language))
    row.add_text("title", _joined(document.title, document.language))
    _add_words(row, document, field="words")
    row.add_bytes("stored", stored(document))
    return row


def _add_words(row: tantivy.Document, document: Document, *, field: str) -> None:
    """The words and symbols of one language; each text by itself, so that no phrase joins two."""
    language = document.language
    for text in (document.symbol, document.title, document.body):
        if joined := _joined(text, language):
            row.add_text(field, joined)
    for form in symbol_forms(scrubbed(document.symbol)):
        row.add_text("symbol", f"{language}:{form}")
    named = {symbol.name for text in (document.title, document.body) for symbol in symbols(text)}
    for form in sorted({form for name in named for form in symbol_forms(name)}):
        row.add_text("cited", f"{language}:{form}")


def _joined(text: str, language: str) -> str:
    return " ".join([f"{language}:{term}" for term in terms(text, language)])
