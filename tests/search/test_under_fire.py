"""Processes that are killed, a disk that is full, edits while the index is built, two indexers.

Real processes (`tests.search.fire`) on a database of their own: SQLite's file, or PostgreSQL where
the tests run on it. ``KILLS=200`` kills more of them than usual.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection

FIRE = Path(__file__).with_name("fire.py")
KILLS = int(os.environ.get("KILLS", "15"))
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 60,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    },
}

Burn = Callable[..., dict[str, Any]]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """The settings of an empty database of its own, of the kind that the tests run on."""
    if connection.vendor != "postgresql":
        yield {**SQLITE, "NAME": str(tmp_path / "db.sqlite3")}
        return
    import psycopg

    given = settings.DATABASES["default"]
    name = f"fire_{uuid4().hex[:12]}"
    place = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"]}
    place["password"] = given["PASSWORD"]
    with psycopg.connect(dbname="postgres", autocommit=True, **place) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            wanted = ("ENGINE", "HOST", "PORT", "USER", "PASSWORD")
            yield {**{key: given[key] for key in wanted}, "NAME": name}
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def burn(tmp_path: Path, database: dict[str, Any]) -> Burn:
    """Plays a scenario to its end and gives its report."""

    def play(
        name: str, *, search_url: str = "", batch: int = 200, **options: Any
    ) -> dict[str, Any]:
        scenario = {
            "name": name,
            "place": str(tmp_path),
            "database": database,
            "search_url": search_url or f"embedded://{tmp_path}/index",
            "batch": batch,
            "options": options,
        }
        command = [sys.executable, str(FIRE), json.dumps(scenario)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=1200, check=False)
        assert done.returncode == 0, done.stderr[-4000:]
        report: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        print(name, report)
        return report

    return play


def test_processes_killed_at_any_point_lose_nothing_and_leave_no_drift(burn: Burn) -> None:
    report = burn("kill_at_many_points", batch=10, seed=20261122, kills=KILLS)
    assert sum(report["killed"].values()) == KILLS
    assert min(report["killed"].values()) >= KILLS // 3
    assert report["places"] > KILLS / 2, "the points are not spread"
    assert report["generations"] == 1, "what killed rebuilds left behind is still there"


def test_500_edits_during_rebuilds_are_all_found_and_search_is_never_empty(burn: Burn) -> None:
    report = burn("rebuild_under_edits", seed=5)
    assert report["edits"] >= 50
    assert report["searches"] > 20


def test_of_two_indexers_one_waits_takes_over_and_ends_when_it_is_told_to(burn: Burn) -> None:
    assert burn("two_indexers", seed=6)["taken_over_after"] < 30


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes, where this user may mount one."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_named_the_index_serves_on_and_catches_up(
    burn: Burn, small_disk: Path
) -> None:
    burn("full_disk", seed=7, room=str(small_disk), search_url=f"embedded://{small_disk}/index")
