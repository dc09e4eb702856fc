"""The embedded engine: the contract of all engines, and what is its own."""

from contextlib import suppress
from pathlib import Path

import pytest

from search.engines import engine_from_url
from search.engines.base import Engine, EngineBusy, EngineError, IndexOutdated, InvalidSearchURL
from search.engines.directory import IndexDirectory
from search.queries import Sort
from tests.contracts.search_engine import SearchEngineContract
from tests.search.factories import document, keys, query


def engine_in(place: Path) -> Engine:
    return engine_from_url(f"embedded://{place}/index")


class TestEmbeddedEngine(SearchEngineContract):
    """The contract, on the embedded engine."""

    def make_engine(self, place: Path) -> Engine:
        return engine_in(place)


@pytest.mark.parametrize("path", ["/a b/ñ/#1/?x/%20", "/plain"])
def test_a_path_is_taken_as_it_stands(tmp_path: Path, path: str) -> None:
    engine = engine_from_url(f"embedded://{tmp_path}{path}")
    engine.upsert([document(body="peace")])
    assert engine.search(query("peace")).total == 1
    assert (tmp_path / path.lstrip("/") / "current").exists()


@pytest.mark.parametrize(
    "url", ["", "embedded://", "embedded://relative/path", "embedded:///", "whoosh:///x", "/x"]
)
def test_a_wrong_url_is_refused_with_the_remedy(url: str) -> None:
    with pytest.raises(InvalidSearchURL, match=r"embedded://"):
        engine_from_url(url)


def test_a_reader_that_is_up_to_date_opens_nothing(tmp_path: Path) -> None:
    engine = engine_in(tmp_path)
    engine.upsert([document(body="peace")])
    engine.search(query("peace"))
    snapshot = engine._snapshot  # type: ignore[attr-defined]
    engine.search(query("security"))
    assert engine._snapshot is snapshot  # type: ignore[attr-defined]
    engine.upsert([document("page:2", body="peace")])
    engine.search(query("peace"))
    assert engine._snapshot is not snapshot  # type: ignore[attr-defined]


def test_a_process_that_holds_the_writer_keeps_other_indexers_out(tmp_path: Path) -> None:
    first, second = engine_in(tmp_path), engine_in(tmp_path)
    with first.holding():
        first.upsert([document("page:1", body="peace")])
        with pytest.raises(EngineBusy, match="One indexer is enough"):
            second.upsert([document("page:2", body="peace")])
        first.upsert([document("page:3", body="peace")])
    second.upsert([document("page:4", body="peace")])
    assert second.search(query("peace")).total == 3


def test_a_process_that_holds_the_writer_does_not_keep_a_rebuild_out(tmp_path: Path) -> None:
    indexer, command = engine_in(tmp_path), engine_in(tmp_path)
    with indexer.holding():
        indexer.upsert([document("page:1", body="peace")])
        with command.rebuilding() as fresh, fresh.swapping() as writing:
            writing.apply(upserts=[document("page:2", body="peace")])
        indexer.upsert([document("page:3", body="peace")])
        assert sorted(keys(indexer.search(query("peace")))) == ["page:2", "page:3"]


def test_an_index_of_another_version_is_refused_until_it_is_rebuilt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine_in(tmp_path).upsert([document(body="peace")])
    monkeypatch.setattr("search.engines.embedded.schema.LAYOUT", 99)
    engine = engine_in(tmp_path)
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


def test_what_a_killed_rebuild_left_behind_is_swept_away_by_the_next(tmp_path: Path) -> None:
    engine = engine_in(tmp_path)
    engine.upsert([document(body="peace")])
    root = tmp_path / "index"
    left = IndexDirectory(root).create({})
    with engine.rebuilding() as fresh, fresh.swapping():
        assert not left.exists()
    assert len(list(root.glob("generation-*"))) == 1


@pytest.mark.parametrize("kind", ["term", "fast", "pos", "store", "idx"])
@pytest.mark.parametrize("bits", [0x00, 0xFF], ids=["lost", "turned"])
def test_damaged_files_are_told_and_never_more(tmp_path: Path, kind: str, bits: int) -> None:
    engine_in(tmp_path).upsert(
        document(f"page:{number}", body=f"peace w{number}", symbol=f"A/{number}")
        for number in range(500)
    )
    for file in (tmp_path / "index" / "current").glob(f"*.{kind}"):
        file.write_bytes(bytes(byte ^ bits for byte in file.read_bytes()) if bits else b"")
    for ask in (
        lambda engine: engine.search(query("peace w1", facets=("kind",))),
        lambda engine: engine.search(query("peace", sort=Sort.SYMBOL)),
        lambda engine: engine.complete(query("unt")),
        lambda engine: engine.status(),
        lambda engine: list(engine.inventory()),
        lambda engine: engine.held(["page:1"]),
    ):
        with suppress(EngineError):
            ask(engine_in(tmp_path))
    engine = engine_in(tmp_path)
    with engine.rebuilding() as fresh, fresh.swapping() as writing:
        writing.apply(upserts=[document(body="peace")])
    assert engine.search(query("peace")).total == 1


def test_a_directory_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file is in the way")
    engine = engine_in(tmp_path)
    assert "is a file" in engine.obstacle()
    with pytest.raises(EngineError, match="Make the directory writable"):
        engine.upsert([document(body="peace")])
