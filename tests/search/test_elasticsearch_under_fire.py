"""Elasticsearch while processes are killed, while it hangs, and while an index is built.

The scenarios are those of `test_under_fire`, played on the real server; ``KILLS=200`` kills more.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from pytest_django import Settings

from search.engines.base import EngineError
from search.indexer import apply_pending
from search.outbox import waiting
from search.services import engine, search
from tests.search.conftest import Notes
from tests.search.elasticsearch_server import address, needs_elasticsearch, wipe
from tests.search.factories import keys, query
from tests.search.test_indexer import change
from tests.search.test_under_fire import Burn, burn, database

__all__ = ["burn", "database"]  # Fixtures.

pytestmark = needs_elasticsearch
KILLS = int(os.environ.get("KILLS", "6"))


@pytest.fixture
def place() -> Iterator[str]:
    """The address of an index of its own."""
    yield address("fire")
    wipe("fire")


@pytest.mark.django_db
def test_processes_killed_at_any_point_lose_nothing_and_leave_no_drift(
    burn: Burn, place: str
) -> None:
    report = burn("kill_at_many_points", batch=10, search_url=place, seed=8, kills=KILLS)
    assert sum(report["killed"].values()) == KILLS
    assert min(report["killed"].values()) >= KILLS // 3


@pytest.mark.django_db
def test_500_edits_during_rebuilds_are_all_found_and_search_is_never_empty(
    burn: Burn, place: str
) -> None:
    assert burn("rebuild_under_edits", search_url=place, seed=5)["searches"] > 20


@pytest.mark.django_db
def test_of_two_indexers_one_waits_and_takes_over(burn: Burn, place: str) -> None:
    assert burn("two_indexers", search_url=place, seed=6)["taken_over_after"] < 30


class Wire:
    """A way to the server that can be made to hang: what is sent then gets no answer."""

    def __init__(self, server: tuple[str, int]) -> None:
        self._server = server
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._open: list[socket.socket] = []
        self.hangs = False
        self.place = f"127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                ours = self._listener.accept()[0]
                theirs = socket.create_connection(self._server)
                self._open += [ours, theirs]
                for one, other in ((ours, theirs), (theirs, ours)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while (data := one.recv(65536)) and not self.hangs:
                other.sendall(data)
            while self.hangs:
                time.sleep(0.05)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.hangs = False
        for one in (self._listener, *self._open):
            one.close()


@pytest.fixture
def wire(place: str, settings: Settings) -> Iterator[Wire]:
    """The way that settings name."""
    server = urlsplit(place)
    assert server.hostname
    assert server.port
    wire = Wire((server.hostname, server.port))
    settings.SEARCH_URL = place.replace(server.netloc, wire.place).replace(
        "patience=20", "patience=1"
    )
    yield wire
    engine().close()
    wire.close()


@pytest.mark.django_db
def test_what_is_published_while_the_server_hangs_is_found_when_it_is_back(
    wire: Wire, notes: Notes
) -> None:
    change(notes, a="peace", secret="peace among QUETZALS")
    apply_pending(engine())
    wire.hangs = True
    for number in range(20):
        began = time.monotonic()
        change(notes, **{f"n{number}": "peace"})
        assert time.monotonic() - began < 2
    change(notes, secret=None, a="war")
    results = search(query("quetzals"))
    assert (results.available, results.hits, results.total) == (False, (), 0)
    assert waiting().count() == 22
    wire.hangs = False
    deadline = time.monotonic() + 60
    while waiting().exists() and time.monotonic() < deadline:
        with suppress(EngineError):
            apply_pending(engine())
    while not (found := search(query("peace", size=30))).available:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    assert sorted(keys(found)) == sorted(f"note:n{number}" for number in range(20))
    assert search(query("quetzals")).total == 0
