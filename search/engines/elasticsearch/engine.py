"""The engine as the port asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from elasticsearch.dsl import A, Search
from elasticsearch.dsl import query as q

from search.engines.base import (
    Engine,
    EngineError,
    EngineStatus,
    IndexMissing,
    IndexOutdated,
    Rebuilding,
    Writing,
)
from search.engines.elasticsearch.address import Address, read_address
from search.engines.elasticsearch.indexes import Indexes, Serving, rebuild_reason
from search.engines.elasticsearch.leases import Lease
from search.engines.elasticsearch.looking import MOST_VALUES, Looking
from search.engines.elasticsearch.rows import OBJECT, TEXTS, alias_of
from search.engines.elasticsearch.server import MAJOR, MANAGING, NameMissing, Server, ServerAway
from search.engines.elasticsearch.writing import (
    ElasticsearchRebuilding,
    ElasticsearchWriting,
    Words,
)
from search.holdings import Held, held_from
from search.interpretation import Asked
from search.queries import Query
from search.results import Results, Suggestion

_OBJECTS = q.Term(role=OBJECT)
_HELD = Search().filter(_OBJECTS).source(False).extra(docvalue_fields=["held"])
_AT_ONCE = 5_000
_KEPT = "5m"


def from_url(url: str) -> ElasticsearchEngine:
    """The engine for ``elasticsearch+http://host:port/prefix``; see `read_address`."""
    return ElasticsearchEngine(read_address(url))


class ElasticsearchEngine(Engine):
    """Indexes on a server. Any number of processes read; one at a time writes."""

    def __init__(self, address: Address) -> None:
        self._server = Server(address)
        self._indexes = Indexes(self._server)
        self._looking = Looking(self._ask)
        self._words: tuple[str, Words] = ("", Words())

    # Reading

    def find(self, asked: Asked) -> Results:
        """See `Engine.find`."""
        return self._looking.results(asked)

    def complete(self, query: Query) -> tuple[Suggestion, ...]:
        """See `Engine.complete`."""
        return self._looking.complete(query)

    def words_like(self, word: str, *, language: str, limit: int) -> Sequence[str]:
        """See `Engine.words_like`."""
        return self._looking.words_like(word, language=language, limit=limit)

    def words_begun(self, beginning: str, *, language: str, limit: int) -> Sequence[str]:
        """See `Engine.words_begun`."""
        return self._looking.words_begun(beginning, language=language, limit=limit)

    def known(
        self, query: Query, words: Sequence[Sequence[tuple[str, str]]], *, at_most: int
    ) -> Sequence[int]:
        """See `Engine.known`."""
        return self._looking.known(query, words, at_most=at_most)

    # For those who run it

    def count(self) -> int:
        """See `Engine.count`."""
        question = Search().filter(_OBJECTS).extra(track_total_hits=True)[0:0]
        return int(self._answer(question)["hits"]["total"]["value"])

    def tally(self, facet: str) -> Mapping[str, int]:
        """See `Engine.tally`."""
        question = Search().filter(_OBJECTS)[0:0]
        question.aggs.bucket("values", A("terms", field=f"facet.{facet}", size=MOST_VALUES))
        buckets = self._answer(question)["aggregations"]["values"]["buckets"]
        return {bucket["key"]: int(bucket["doc_count"]) for bucket in buckets}

    def inventory(self) -> Iterator[Held]:
        """See `Engine.inventory`. The server keeps the moment while it is being read."""
        with self._moment() as moment:
            question = _HELD.extra(
                pit={"id": moment, "keep_alive": _KEPT}, sort=["_shard_doc"], track_total_hits=False
            )[0:_AT_ONCE]
            while True:
                with self._server.asking(MANAGING) as client:
                    rows = client.search(body=question.to_dict())["hits"]["hits"]
                for row in rows:
                    yield _held(row)
                if len(rows) < _AT_ONCE:
                    return
                question = question.extra(search_after=rows[-1]["sort"])

    def held(self, keys: Iterable[str]) -> Mapping[str, Held]:
        """See `Engine.held`."""
        wanted = list(dict.fromkeys(keys))
        if not wanted:
            return {}
        question = _HELD.filter(q.Ids(values=wanted))[0 : len(wanted)]
        found = map(_held, self._answer(question)["hits"]["hits"])
        return {one.key: one for one in found}

    def version(self) -> int:
        """See `Engine.version`."""
        question = Search().filter(q.Exists(field="version")).source(False)
        question = question.extra(sort=[{"version": "desc"}], track_total_hits=False)[0:1]
        try:
            rows = self._answer(question)["hits"]["hits"]
        except IndexMissing:
            return 0
        return int(rows[0]["sort"][0]) if rows else 0

    def status(self) -> EngineStatus:
        """See `Engine.status`."""
        serving = self._indexes.serving()
        ours = any(one.ours for one in serving)
        return EngineStatus(
            engine="elasticsearch",
            place=self._server.address.shown,
            objects=self.count() if ours else 0,
            documents=self._count_texts() if ours else 0,
            bytes=self._size(serving),
            version=self.version() if ours else 0,
            rebuild_reason=rebuild_reason(serving),
            software=f"Elasticsearch {self._server.version()}",
        )

    def reload(self) -> None:
        """See `Engine.reload`. Nothing is kept here."""

    def close(self) -> None:
        """See `Engine.close`."""
        self._server.close()

    def _count_texts(self) -> int:
        question = Search().filter(_OBJECTS)[0:0]
        question.aggs.bucket("texts", A("value_count", field=TEXTS))
        return int(self._answer(question)["aggregations"]["texts"]["value"])

    def _size(self, serving: Sequence[Serving]) -> int:
        if not serving:
            return 0
        with self._server.asking(MANAGING) as client:
            found = client.indices.stats(
                index=",".join(one.name for one in serving), metric="store"
            )
        return int(found["_all"]["primaries"]["store"]["size_in_bytes"])

    # Asking

    def _ask(self, body: dict[str, Any]) -> dict[str, Any]:
        """The answer to a reader's search: whole and soon, or an error."""
        patience = self._server.address.patience
        body = {**body, "timeout": f"{int(patience * 900)}ms"}
        with self._or_missing(), self._server.reading() as client:
            answer = client.search(
                index=self._alias,
                body=body,
                allow_partial_search_results=False,
                include_named_queries_score=True,
            )
            if answer["timed_out"]:
                raise ServerAway(
                    f"Elasticsearch at {self._server.address.shown} did not finish a search "
                    f"within {patience:g} s. Give it more processors, or readers more patience: "
                    "…/prefix?patience=3."
                )
        return dict(answer.body)

    def _answer(self, question: Search) -> dict[str, Any]:
        """The answer to a question of those who run the index."""
        with self._or_missing(), self._server.asking(MANAGING) as client:
            answer = client.search(
                index=self._alias, body=question.to_dict(), allow_partial_search_results=False
            )
        return dict(answer.body)

    @contextmanager
    def _moment(self) -> Iterator[str]:
        """The index as it is now, by an id."""
        with self._or_missing(), self._server.asking(MANAGING) as client:
            opened = client.open_point_in_time(index=self._alias, keep_alive=_KEPT)
        try:
            yield str(opened["id"])
        finally:
            with suppress(EngineError), self._server.asking(MANAGING) as client:
                client.close_point_in_time(id=opened["id"])

    @contextmanager
    def _or_missing(self) -> Iterator[None]:
        """Say what is missing where the index is not there."""
        try:
            yield
        except NameMissing as error:
            serving = self._indexes.serving()
            if any(one.ours for one in serving):
                raise ServerAway(
                    f"The index at {self._server.address.shown} was just being replaced. Try again."
                ) from error
            raise self._missing(serving) from error

    @property
    def _alias(self) -> str:
        return alias_of(self._server.address)

    def _missing(self, serving: Sequence[Serving]) -> EngineError:
        if serving:
            return IndexOutdated(f"{rebuild_reason(serving)} Run manage.py search_rebuild.")
        return IndexMissing(
            f"There is no index at {self._server.address.shown}. Run manage.py search_rebuild, or "
            "leave manage.py search_index --watch running."
        )

    # Its state

    def exists(self) -> bool:
        """See `Engine.exists`."""
        return bool(self._indexes.serving())

    def rebuild_reason(self) -> str:
        """See `Engine.rebuild_reason`."""
        return rebuild_reason(self._indexes.serving())

    def obstacle(self) -> str:
        """See `Engine.obstacle`."""
        try:
            return self._wrong_version()
        except ServerAway:
            return ""
        except EngineError as error:
            return str(error)

    def outage(self) -> str:
        """See `Engine.outage`."""
        try:
            self._wrong_version()
        except ServerAway as error:
            return str(error)
        except EngineError:
            return ""
        return ""

    def _wrong_version(self) -> str:
        version = self._server.version()
        if version.partition(".")[0] == str(MAJOR):
            return ""
        return (
            f"{self._server.address.shown} is Elasticsearch {version}, and {MAJOR} is needed: "
            f"start one of the versions {MAJOR}.x."
        )

    # Writing

    @contextmanager
    def writing(self, *, timeout: float = 10.0) -> Iterator[Writing]:
        """See `Engine.writing`."""
        with Lease(self._server, "writing").held(timeout=timeout) as lease:
            yield ElasticsearchWriting(self._server, lease=lease, words=self._words_of(self._fit()))

    @contextmanager
    def rebuilding(self) -> Iterator[Rebuilding]:
        """See `Engine.rebuilding`."""
        with Lease(self._server, "rebuilding").held(timeout=0.0) as lease:
            self._indexes.sweep()
            name = self._indexes.create(whole=True, serving=False)
            try:
                yield ElasticsearchRebuilding(self._indexes, index=name, lease=lease)
            finally:
                with suppress(EngineError):  # The next one sweeps what this one leaves.
                    self._indexes.sweep()

    def _fit(self) -> str:
        """The index that serves, made where there is none; under the lease for writing."""
        serving = self._indexes.serving()
        ours = [one for one in serving if one.ours]
        if not ours and serving:
            raise self._missing(serving)
        for one in ours:
            if one.shut:  # By a rebuild that was killed while it swapped; none is swapping now.
                self._indexes.open(one.name)
        return ours[0].name if ours else self._indexes.create(whole=False, serving=True)

    def _words_of(self, index: str) -> Words:
        if self._words[0] != index:
            self._words = (index, Words())
        return self._words[1]


def _held(row: Mapping[str, Any]) -> Held:
    return held_from(row["fields"]["held"][0])
