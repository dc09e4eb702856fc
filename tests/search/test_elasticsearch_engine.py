"""The Elasticsearch engine: the contract of all engines, and what is its own."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from pytest_django import Settings

from search.analysis import VERSION
from search.checks import check_search_url
from search.documents import Document
from search.engines.base import Engine, EngineBusy, EngineError, IndexOutdated
from search.engines.elasticsearch import leases
from search.engines.elasticsearch.rows import LAYOUT
from search.indexer import apply_pending
from search.rebuilding import rebuild
from search.services import engine as engine_of_settings
from search.services import search
from tests.contracts.search_engine import SearchEngineContract
from tests.search.conftest import Notes
from tests.search.elasticsearch_server import (
    address,
    ask,
    engine_of_tests,
    needs_elasticsearch,
    prefix,
    wipe,
)
from tests.search.factories import document, query
from tests.search.test_indexer import change

pytestmark = needs_elasticsearch


@pytest.fixture(autouse=True)
def _wiped() -> Iterator[None]:
    wipe()
    yield
    wipe()


class TestElasticsearchEngine(SearchEngineContract):
    """The contract, on a real server."""

    def make_engine(self, place: Path) -> Engine:
        return engine_of_tests()


def test_an_index_says_what_wrote_it_and_takes_no_field_that_is_not_ours() -> None:
    engine_of_tests().upsert([document(body="peace")])
    ((name, index),) = ask(f"{prefix()}.index-*").items()
    assert index["mappings"]["_meta"] == {"layout": LAYOUT, "analysis": VERSION, "whole": 0}
    assert index["mappings"]["dynamic"] == "strict"
    assert list(index["aliases"]) == [f"{prefix()}.serving-{LAYOUT}-{VERSION}"]
    kept = ask(f"{name}/_search?q=key:*")["hits"]["hits"][0]["_source"]
    assert kept.keys() == {"key", "version", "stored"}


def test_an_index_of_another_version_is_refused_until_it_is_rebuilt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engine_of_tests().upsert([document(body="peace")])
    monkeypatch.setattr("search.engines.elasticsearch.rows.LAYOUT", 99)
    engine = engine_of_tests()
    with pytest.raises(IndexOutdated, match="search_rebuild"):
        engine.search(query("peace"))
    with pytest.raises(IndexOutdated, match="search_rebuild"):
        engine.upsert([document(body="peace")])
    assert "another version" in engine.status().rebuild_reason
    with engine.rebuilding() as fresh:
        fresh.add([document(body="peace")])
        with fresh.swapping():
            pass
    assert engine.search(query("peace")).total == 1
    monkeypatch.undo()
    with pytest.raises(IndexOutdated):
        engine_of_tests().search(query("peace"))


def test_what_killed_rebuilds_left_behind_is_put_right() -> None:
    engine = engine_of_tests()
    engine.upsert([document("page:1", body="peace")])
    (serving,) = ask(f"{prefix()}.index-*")
    ask(f"{prefix()}.index-of-a-killed-rebuild", method="PUT")
    ask(f"{serving}/_block/write", method="PUT")
    engine.upsert([document("page:2", body="peace")])
    assert engine.search(query("peace")).total == 2
    with engine.rebuilding() as fresh, fresh.swapping():
        pass
    assert len(ask(f"{prefix()}.index-*")) == 1


def test_the_right_of_a_killed_process_falls_at_once() -> None:
    engine_of_tests().upsert([document("page:1", body="peace")])
    process = os.fork()
    if not process:
        with engine_of_tests().writing():
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(process, 0)
    with engine_of_tests().writing(timeout=2.0) as writing:
        writing.apply(upserts=[document("page:2", body="peace")])
    assert engine_of_tests().count() == 2


def test_a_writer_that_was_held_up_for_long_has_lost_its_right(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(leases, "SECONDS", 0.2)
    late, other = engine_of_tests(), engine_of_tests()
    with late.writing() as writing, other.writing() as taken:
        taken.apply(upserts=[document(body="newer", version=2)])
        with pytest.raises(EngineBusy, match="held up"):
            writing.apply(upserts=[document(body="older", version=1)])
    assert other.search(query("newer")).total == 1


def test_writing_to_an_index_that_is_gone_makes_none() -> None:
    engine = engine_of_tests()
    with engine.writing() as writing:
        wipe()
        with pytest.raises(EngineError):
            writing.apply(upserts=[document(body="peace")])
    assert ask(f"{prefix()}.index-*") == {}


def test_no_list_of_audiences_sites_or_words_is_too_long() -> None:
    engine = engine_of_tests()
    engine.upsert([document(body="peace", audience="group-1999", site="site-2999")])
    readers = frozenset(f"group-{number}" for number in range(2_000))
    sites = tuple(f"site-{number}" for number in range(3_000))
    text = "peace " + " ".join(f"w{number}x" for number in range(100))
    assert engine.search(query("peace", audiences=readers, sites=sites)).total == 1
    assert engine.search(query(text, audiences=readers)).total == 0


def test_a_facet_may_have_any_name_and_values_of_any_kind() -> None:
    engine = engine_of_tests()
    values = ("2024-01-01", "7", "a=b", "السلام")
    engine.upsert([document(body="peace", facets={"a__b": values})])
    results = engine.search(query("peace", facets=("a__b", "unheard_of")))
    assert {one.value for one in results.facets["a__b"]} == set(values)
    assert results.facets["unheard_of"] == ()
    for value in values:
        assert engine.search(query("peace", filters={"a__b": (value,)})).total == 1


@pytest.mark.django_db
def test_changes_during_a_rebuild_are_in_the_new_index(
    settings: Settings, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SEARCH_URL = address()
    engine = engine_of_settings()
    notes.texts = {f"n{number}": "peace" for number in range(250)}
    change(notes, n0="peace")
    apply_pending(engine)
    built = Notes.documents

    def during(self: Notes, ids: Sequence[str]) -> Iterable[Document]:
        made = list(built(self, ids))
        monkeypatch.setattr(Notes, "documents", built)
        change(notes, n0="peace changed", fresh="peace new", n1=None)
        apply_pending(engine)
        return made

    monkeypatch.setattr(Notes, "documents", during)
    rebuild(engine)
    assert search(query("peace")).total == 250
    assert search(query('"peace changed"')).total == search(query("new")).total == 1
    assert check_search_url(None) == []
