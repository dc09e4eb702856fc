"""Elasticsearch that is down, hangs or is something else: nobody waits, nothing is lost.

The servers here are sockets of the test: one that nobody listens on, one that takes connections
and never answers, and one that answers like something else.
"""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pytest_django import Settings

from search.checks import check_search_url
from search.engines import engine_from_url
from search.engines.base import Engine, EngineError, InvalidSearchURL
from search.indexer import apply_pending
from search.outbox import waiting
from search.services import complete, engine, search
from tests.search.conftest import Notes
from tests.search.factories import query
from tests.search.test_indexer import change

SECRET = "s3cret-of-the-index"


@pytest.fixture
def dead() -> str:
    """host:port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


@pytest.fixture
def hung() -> Iterator[str]:
    """host:port of a server that takes every connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        taken: list[socket.socket] = []

        def take() -> None:
            while True:
                try:
                    taken.append(listener.accept()[0])
                except OSError:
                    return

        threading.Thread(target=take, daemon=True).start()
        yield f"127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)
        for connection in taken:
            connection.close()


class Answering(BaseHTTPRequestHandler):
    """A server that answers the same to everything."""

    status = 200
    product = ""
    body = b"{}"

    def do_GET(self) -> None:
        self.send_response(self.status)
        if self.product:
            self.send_header("X-Elastic-Product", self.product)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    do_POST = do_PUT = do_HEAD = do_GET

    def log_message(self, *arguments: object) -> None:
        """Says nothing."""


@pytest.fixture
def answering() -> Iterator[tuple[str, type[Answering]]]:
    """host:port of such a server, and the class to set what it answers."""
    handler = type("Handler", (Answering,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}", handler
    server.shutdown()
    server.server_close()


def chosen(settings: Settings, place: str) -> Engine:
    settings.SEARCH_URL = f"elasticsearch+http://user:{SECRET}@{place}/test"
    return engine()


def seconds_of(call: object, *arguments: object) -> float:
    began = time.monotonic()
    call(*arguments)  # type: ignore[operator]
    return time.monotonic() - began


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["dead", "hung"])
def test_while_the_server_is_away_saves_are_quick_and_searches_say_so(
    state: str, request: pytest.FixtureRequest, settings: Settings, notes: Notes
) -> None:
    chosen(settings, request.getfixturevalue(state))
    for number in range(5):
        assert seconds_of(lambda n=number: change(notes, **{f"n{n}": "peace"})) < 2
        began = time.monotonic()
        results = search(query("peace", "fr", facets=("kind",)))
        assert time.monotonic() - began < 2
        assert (results.available, results.hits, results.total) == (False, (), 0)
        assert dict(results.facets) == {}
        assert complete(query("pea")) == ()
    assert waiting().count() == 5


@pytest.mark.django_db
def test_rows_wait_for_a_server_that_hangs_and_the_indexer_does_not(
    hung: str, settings: Settings, notes: Notes
) -> None:
    engine = chosen(settings, hung)
    change(notes, a="peace", b=None)
    began = time.monotonic()
    with pytest.raises(EngineError, match="did not answer within"):
        apply_pending(engine)
    assert time.monotonic() - began < 10
    assert waiting().count() == 2
    assert notes.asked == []


def test_only_one_reader_waits_for_a_server_that_hangs(hung: str, settings: Settings) -> None:
    chosen(settings, hung)
    assert seconds_of(search, query("peace")) < 2
    threads = [threading.Thread(target=search, args=(query("peace"),)) for _ in range(8)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert time.monotonic() - began < 2


def test_the_password_is_in_no_log_no_check_and_no_error(
    dead: str, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    engine = chosen(settings, dead)
    with caplog.at_level(logging.DEBUG):
        search(query("peace"))
        found = check_search_url(None)
    with pytest.raises(EngineError) as raised:
        engine.status()
    said = [caplog.text, repr(found), str(raised.value), repr(vars(engine)["_server"].address)]
    assert all(SECRET not in one for one in said)
    assert dead in caplog.text


@pytest.mark.parametrize("state", ["dead", "hung"])
def test_a_server_that_is_away_is_a_warning_with_a_hint(
    state: str, request: pytest.FixtureRequest, settings: Settings
) -> None:
    place = request.getfixturevalue(state)
    chosen(settings, place)
    (warning,) = check_search_url(None)
    assert warning.id == "search.W001"
    assert place in (warning.hint or "")


def test_a_server_that_is_something_else_is_a_start_up_error(
    answering: tuple[str, type[Answering]], settings: Settings
) -> None:
    place, handler = answering
    chosen(settings, place)
    for handler.status in (200, 404):
        (error,) = check_search_url(None)
        assert (error.id, error.is_serious()) == ("search.E002", True)
        assert "is not Elasticsearch" in (error.hint or "")
    assert not search(query("peace")).available


@pytest.mark.parametrize("version", ["7.17.9", "9.1.0"])
def test_a_server_of_another_major_is_a_start_up_error(
    answering: tuple[str, type[Answering]], settings: Settings, version: str
) -> None:
    place, handler = answering
    handler.product = "Elasticsearch"
    handler.body = f'{{"version": {{"number": "{version}"}}}}'.encode()
    chosen(settings, place)
    (error,) = check_search_url(None)
    assert error.id == "search.E002"
    assert f"Elasticsearch {version}, and 8 is needed" in (error.hint or "")


def test_a_password_that_is_refused_is_a_start_up_error(
    answering: tuple[str, type[Answering]], settings: Settings
) -> None:
    place, handler = answering
    handler.product, handler.status = "Elasticsearch", 401
    handler.body = b'{"error": {"type": "security_exception", "reason": "no"}, "status": 401}'
    chosen(settings, place)
    (error,) = check_search_url(None)
    assert error.id == "search.E002"
    assert "does not accept the user and password" in (error.hint or "")


@pytest.mark.parametrize(
    "url",
    [
        "elasticsearch+http://", "elasticsearch+http://host/missions",
        "elasticsearch+http://host:9200", "elasticsearch+http://host:9200/",
        "elasticsearch+http://host:9200/Missions", "elasticsearch+http://host:9200/a/b",
        "elasticsearch+http://host:9200/a.b", "elasticsearch+http://host:99999/a",
        "elasticsearch+http://ho st:9200/a", "elasticsearch+http://u:p@w@:9200/a",
        "elasticsearch+http://host:9200/a?verify=no", "elasticsearch+http://host:9200/a?patience=x",
        "elasticsearch://host:9200/a", "http://host:9200/a", "elasticsearch+http://ho\x00st:9200/a",
        "elasticsearch+http://host..example:9200/a", "elasticsearch+http://[:::::]:9200/a",
        f"elasticsearch+http://{'a' * 64}:9200/a", f"elasticsearch+http://{'a.' * 200}b:9200/a",
        "elasticsearch+http://host:9200/a?ca_certs=/etc/ca.pem",
    ],
)  # fmt: skip
def test_a_wrong_address_is_refused_with_an_example(url: str) -> None:
    wrong = url.replace("://", f"://user:{SECRET}@", 1)
    with pytest.raises(InvalidSearchURL, match=r"SEARCH_URL .*elasticsearch\+http://") as raised:
        engine_from_url(wrong)
    assert SECRET not in str(raised.value)


def test_an_address_may_name_several_nodes_and_any_password() -> None:
    engine = engine_from_url(
        "elasticsearch+https://missions:p%40ss%2Fw%3Ard@es1.example:9200,[::1]:9201/un_2026"
    )
    address = vars(engine)["_server"].address
    assert address.nodes == ("https://es1.example:9200", "https://[::1]:9201")
    assert (address.user, address.password) == ("missions", "p@ss/w:rd")
    assert address.shown == "https://es1.example:9200,https://[::1]:9201/un_2026"


@pytest.mark.parametrize("password", ["clé", "пароль", "%C3%A9%FF", "\ud800"])
def test_a_password_may_have_letters_of_any_script(
    answering: tuple[str, type[Answering]], settings: Settings, password: str
) -> None:
    place, handler = answering
    handler.product = "Elasticsearch"
    handler.body = b'{"version": {"number": "9.1.0"}}'
    settings.SEARCH_URL = f"elasticsearch+http://é:{password}@{place},{place}/test"
    (error,) = check_search_url(None)
    assert "8 is needed" in (error.hint or "")
