"""The port: what every search engine does, and the errors it may raise.

An engine receives finished documents and queries and knows nothing of Django. It must pass the
contract suite in ``tests/contracts/search_engine.py``; adding one is one file here, one entry in
`search.engines`, and one subclass of that suite.

What an engine promises:

* `Writing.apply` is all or nothing for each object, and durable when it returns; where it raises,
  an engine on this machine has kept nothing of the batch, one on a server perhaps some objects:
  each is right, and applying the batch again changes nothing;
* all documents of an object come and go together; nothing older replaces what is newer;
* a search sees what was applied before it began, also by another process;
* every number and every word of an answer is computed after the filter by audience.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from search.documents import Document, Tombstone
from search.holdings import Held
from search.interpretation import Asked, interpret
from search.queries import Query
from search.results import Results, Suggestion
from search.spelling import respelled


class EngineError(Exception):
    """The index can't do what was asked; the message says what to do."""


class InvalidSearchURL(EngineError):
    """The setting SEARCH_URL names no engine that can be used."""


class IndexMissing(EngineError):
    """There is no index yet."""


class IndexOutdated(EngineError):
    """The index was built by another version of this software."""


class EngineBusy(EngineError):
    """Another process is writing to the index."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EngineStatus:
    """An engine's state: counts of objects and of documents, size in bytes, highest version.

    `rebuild_reason` as from `Engine.rebuild_reason`; `software` is the program that searches, with
    its version, "" where it can't be asked.
    """

    engine: str
    place: str
    objects: int
    documents: int
    bytes: int
    version: int
    rebuild_reason: str
    software: str = ""


class Writing(ABC):
    """The exclusive right to write, for as long as the context that gave it is open."""

    @abstractmethod
    def apply(
        self, *, upserts: Iterable[Document] = (), tombstones: Iterable[Tombstone] = ()
    ) -> None:
        """Replace the objects of `upserts` by their documents and take `tombstones` away.

        Durable, and one atomic step for each object. An object in all its languages is replaced:
        a language that is not among its documents is gone. What is older than the index (a lower
        version) is left alone. Raises `InvalidDocument` before anything is changed,
        `EngineError` otherwise.
        """


class Rebuilding(ABC):
    """A new index being filled beside the one that serves."""

    @abstractmethod
    def add(self, documents: Iterable[Document]) -> None:
        """Put whole objects into the new index; each object once."""

    @abstractmethod
    def swapping(self) -> AbstractContextManager[Writing]:
        """Shut out other writers, let the last changes be applied to the new index, and let it
        serve when the context ends without an error."""


class Engine(ABC):
    """An index and the way to it. Safe to use from several threads."""

    def search(self, query: Query) -> Results:
        """The page of hits that was asked for, and all that `Results` tells with it.

        Raises `InvalidCursor` for a cursor that is none of this search.
        """
        asked = interpret(query)
        if asked.finds_nothing:
            return Results(hits=(), total=0, page=query.page, size=query.size)
        if query.spelling:
            asked = respelled(asked, self)
        return self.find(asked)

    @abstractmethod
    def find(self, asked: Asked) -> Results:
        """What an interpreted query finds. No clause: everything that the filters leave, in the
        order asked for, by relevance the newest first."""

    @abstractmethod
    def complete(self, query: Query) -> tuple[Suggestion, ...]:
        """Titles that go on as `query.text` was begun, each object once, the reader's language
        first, `query.size` at most: every word of the text begins a word of the title (or the
        text begins the symbol). Audiences and filters hold as in `search`."""

    @abstractmethod
    def words_like(self, word: str, *, language: str, limit: int) -> Sequence[str]:
        """Words of that language in the index that share letters with `word`, the most alike
        first. Of all texts, whoever may read them: check with `known` before showing one."""

    @abstractmethod
    def words_begun(self, beginning: str, *, language: str, limit: int) -> Sequence[str]:
        """Words of that language in the index that begin so; of all texts, as `words_like`."""

    @abstractmethod
    def known(
        self, query: Query, words: Sequence[Sequence[tuple[str, str]]], *, at_most: int
    ) -> Sequence[int]:
        """For each word, given as its terms (language, term): in how many texts that the query's
        reader may see and its filters leave it occurs, counted up to `at_most`."""

    @abstractmethod
    def writing(self, *, timeout: float = 10.0) -> AbstractContextManager[Writing]:
        """Become the one writer; the index is made where there is none.

        Raises `EngineBusy` when another writer does not finish within `timeout` seconds,
        `IndexOutdated` when the index must be rebuilt first.
        """

    @abstractmethod
    def rebuilding(self) -> AbstractContextManager[Rebuilding]:
        """Begin a new index beside the present one; what is not swapped is thrown away.

        Raises `EngineBusy` when another rebuild is running.
        """

    @abstractmethod
    def count(self) -> int:
        """How many objects can be found, whatever their audience."""

    @abstractmethod
    def tally(self, facet: str) -> Mapping[str, int]:
        """How many objects have each value of a facet ("kind", "language"), whatever their
        audience: for those who run the index, never for readers."""

    @abstractmethod
    def inventory(self) -> Iterator[Held]:
        """Every object that can be found, once, in any order, as of one moment; in bounded
        memory, however many there are. Raises `IndexMissing`, `IndexOutdated`."""

    @abstractmethod
    def held(self, keys: Iterable[str]) -> Mapping[str, Held]:
        """Those of some objects (a few hundred at most) that the index holds, by key, as they
        were last applied. Raises as `inventory`."""

    @abstractmethod
    def version(self) -> int:
        """The highest version in the index, tombstones included; 0 for an empty index."""

    @abstractmethod
    def exists(self) -> bool:
        """Whether there is an index, fit for use or not."""

    @abstractmethod
    def rebuild_reason(self) -> str:
        """Why the index must be built anew, in one sentence; "" where it is fit for use."""

    @abstractmethod
    def obstacle(self) -> str:
        """What would keep this process from using the index, with the remedy; "" if nothing."""

    def outage(self) -> str:
        """Why the index can't be asked just now though nothing is wrong with the setting, with
        the remedy; "" where it can. An engine in this process has none."""
        return ""

    @abstractmethod
    def status(self) -> EngineStatus:
        """The state of the index; of a missing one too."""

    @abstractmethod
    def reload(self) -> None:
        """See what was last applied, at once. Searching does it by itself."""

    @abstractmethod
    def close(self) -> None:
        """Let go of files and connections; the engine opens them again when it is used."""

    def holding(self) -> AbstractContextManager[None]:
        """Keep open what writing needs, until the context ends; for the one indexer process."""
        return nullcontext()

    def upsert(self, documents: Iterable[Document]) -> None:
        """Write whole objects, each with all its languages."""
        with self.writing() as writing:
            writing.apply(upserts=documents)

    def delete(self, keys: Iterable[str], *, version: int = 0) -> None:
        """Take objects away in all their languages.

        `version` 0 stands for "as new as what is there".
        """
        with self.writing() as writing:
            writing.apply(
                tombstones=[Tombstone(key=key, version=version or self.version()) for key in keys]
            )
