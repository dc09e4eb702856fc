"""The commands of the index, its checks, and the search service."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from search.checks import check_search_url
from search.documents import Document
from search.engines.base import Engine
from search.indexer import apply_pending
from search.outbox import waiting
from search.rebuilding import is_rebuilding, rebuild
from search.services import search
from search.status import index_status
from tests.search.conftest import Notes
from tests.search.factories import document, query
from tests.search.test_indexer import change


def call(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_search_index_once_applies_what_waits(index: Engine, notes: Notes) -> None:
    change(notes, a="peace", b="broken", c=None)
    handlers = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    said = call("search_index", "--once")
    assert handlers == [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    assert said == "3 changes: 1 objects written, 1 taken away, 1 broken.\n"
    assert search(query("peace")).total == 1


@pytest.mark.django_db
def test_search_index_wants_to_be_told_how(index: Engine) -> None:
    with pytest.raises(CommandError, match="--watch --once"):
        call("search_index")


@pytest.mark.django_db
def test_search_rebuild_says_what_the_new_index_holds(index: Engine, notes: Notes) -> None:
    notes.texts = {"a": "peace", "b": "broken"}
    with pytest.raises(CommandError, match="note:b can't be built"):
        call("search_rebuild")
    said = call("search_rebuild", "--skip-broken")
    assert "1 objects, 1 documents, 1 left out as broken" in said
    assert search(query("peace")).total == 1


@pytest.mark.django_db
def test_search_status_is_for_machines_and_for_people(index: Engine, notes: Notes) -> None:
    change(notes, a="peace", b="broken")
    call("search_index", "--once")
    change(notes, c="peace")
    status = json.loads(call("search_status", "--json"))
    assert status["index"]["objects"] == status["index"]["documents"] == 1
    assert status["queue"]["waiting"] == 2
    assert status["queue"]["failing"] == 1
    assert status["queue"]["failures"][0]["key"] == "note:b"
    assert status["queue"]["lag_seconds"] >= 0
    assert status["index"]["kinds"] == {"news": 1}
    assert status["index"]["languages"] == {"en": 1}
    assert status["index"]["software"].startswith("tantivy ")
    assert (status["problem"], status["rebuild"]) == ("", None)
    said = call("search_status")
    assert "news 1" in said
    assert "1 objects, 1 documents" in said
    assert "note:b (attempts: 1): ZeroDivisionError: can't be built" in said


@pytest.mark.django_db
def test_search_status_tells_how_far_a_rebuild_is(index: Engine, notes: Notes) -> None:
    seen = []
    notes.texts = {str(number): "peace" for number in range(250)}
    rebuild(index, progress=lambda *_: seen.append(index_status(index)["rebuild"]["objects"]))
    assert seen == [200, 250]
    assert index_status(index)["rebuild"] is None


@pytest.mark.django_db
def test_search_status_of_an_index_that_can_not_be_asked_still_shows_the_queue(
    index: Engine, notes: Notes, tmp_path: Path
) -> None:
    change(notes, a="peace")
    apply_pending(index)
    change(notes, a="war")
    (tmp_path / "index/current/meta.json").write_text("{}")
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("search_status", "--json", stdout=out)
    status = json.loads(out.getvalue())
    assert status["index"] is None
    assert "search_rebuild" in status["problem"]
    assert status["queue"]["waiting"] == 1


@pytest.mark.django_db
def test_search_status_tells_of_a_missing_index(index: Engine) -> None:
    assert "There is no index yet. Run manage.py search_rebuild." in call("search_status")


@pytest.mark.parametrize(
    "url",
    [None, "", "redis://x", "embedded://here", "embedded:///a\x00b", f"embedded:///{'a' * 300}"],
)
def test_a_wrong_search_url_is_a_start_up_error(settings: Settings, url: str | None) -> None:
    settings.SEARCH_URL = url
    (error,) = check_search_url(None)
    assert (error.id, error.is_serious()) == ("search.E001", True)
    assert "embedded://" in (error.hint or "")


def test_a_place_that_can_not_be_used_is_a_start_up_error(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    settings.SEARCH_URL = f"embedded://{tmp_path}/file/index"
    (error,) = check_search_url(None)
    assert (error.id, error.is_serious()) == ("search.E002", True)
    assert "is a file: remove or rename it" in (error.hint or "")


@pytest.mark.django_db
def test_an_index_to_be_rebuilt_is_mentioned_and_no_error(index: Engine, notes: Notes) -> None:
    assert check_search_url(None) == []
    index.upsert([document(body="peace")])
    (note,) = check_search_url(None)
    assert (note.id, note.is_serious()) == ("search.I001", False)
    call("search_rebuild")
    assert check_search_url(None) == []


def test_search_without_an_index_says_so_instead_of_raising(
    index: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    results = search(query("peace", page=3, size=20))
    assert (results.available, results.hits, results.total) == (False, (), 0)
    assert (results.page, results.size) == (3, 20)
    assert "search_rebuild" in caplog.text


@pytest.mark.django_db
def test_search_on_a_damaged_index_says_so_instead_of_raising(
    index: Engine, tmp_path: Path
) -> None:
    index.upsert([document(body="peace")])
    assert search(query("peace")).available
    (tmp_path / "index/current/meta.json").write_text("{}")
    assert not search(query("peace")).available


@pytest.mark.django_db
def test_a_damaged_index_can_be_rebuilt(index: Engine, notes: Notes, tmp_path: Path) -> None:
    index.upsert([document(body="peace")])
    (tmp_path / "index/current/meta.json").write_text("{}")
    notes.texts = {"a": "peace"}
    call("search_rebuild")
    assert search(query("peace")).total == 1
    assert not waiting().exists()


@pytest.mark.django_db
def test_a_rebuild_that_is_interrupted_says_that_the_old_index_serves(
    index: Engine, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes.texts = {"1": "peace"}
    call("search_rebuild")

    def interrupted(self: Notes, ids: Sequence[str]) -> Iterable[Document]:
        raise KeyboardInterrupt

    monkeypatch.setattr(Notes, "documents", interrupted)
    with pytest.raises(CommandError, match="still serves") as raised:
        call("search_rebuild")
    assert raised.value.returncode == 130
    assert index.search(query("peace")).total == 1
    assert not is_rebuilding()
