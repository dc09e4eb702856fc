"""kill -9 of the indexer and of a rebuild, at any moment: nothing committed is lost."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from search.engines import engine_from_url
from tests.search.factories import query

WORKER = Path(__file__).with_name("indexer_process.py")
NOTES = 320


def start(place: Path, *command: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, str(WORKER), str(place), *command])


def run(place: Path, *command: str) -> None:
    assert start(place, *command).wait(timeout=60) == 0


def left(place: Path) -> int:
    """Rows that wait or are kept, in the worker's database."""
    with sqlite3.connect(place / "db.sqlite3", timeout=30) as database:
        return int(database.execute("SELECT COUNT(*) FROM search_outboxentry").fetchone()[0])


def kill_in_the_middle(place: Path, *command: str, after: float) -> None:
    process = start(place, *command)
    deadline = time.monotonic() + 30
    while not (place / "begun").exists() and time.monotonic() < deadline:
        time.sleep(0.005)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    (place / "begun").unlink(missing_ok=True)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    run(tmp_path, "prepare", str(NOTES))
    return tmp_path


def test_an_indexer_killed_in_the_middle_of_batches_loses_nothing(place: Path) -> None:
    rng = random.Random(20)
    engine = engine_from_url(f"embedded://{place}/index")
    for _ in range(4):
        kill_in_the_middle(place, "once", after=rng.uniform(0.0, 0.08))
        if engine.status().objects:
            assert engine.search(query("peace")).available
    assert left(place) > 0, "the indexer ended before it could be killed: slow it down"
    run(place, "once")
    assert left(place) == 0
    assert engine.count() == engine.search(query("peace")).total == NOTES


def test_a_rebuild_killed_in_the_middle_leaves_the_old_index_and_the_next_one_is_whole(
    place: Path,
) -> None:
    run(place, "once")
    engine = engine_from_url(f"embedded://{place}/index")
    for after in (0.0, 0.06):
        kill_in_the_middle(place, "rebuild", after=after)
        assert engine.search(query("peace")).total == NOTES
    run(place, "touch", "7")
    run(place, "once")
    run(place, "rebuild")
    assert engine.search(query("peace")).total == NOTES
    assert engine.search(query("touched")).total == 7
    assert left(place) == 0
    assert len(list((place / "index").glob("generation-*"))) == 1


def test_watching_stops_cleanly_on_sigterm(place: Path) -> None:
    process = start(place, "watch")
    deadline = time.monotonic() + 30
    while left(place) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=10) == 0
    assert engine_from_url(f"embedded://{place}/index").count() == NOTES
