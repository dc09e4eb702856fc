"""A small client that keeps its connection: it asks, reads all, asks again."""

import http.client
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from .server import Server


@dataclass(frozen=True)
class Answer:
    """One whole response."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


@dataclass(frozen=True)
class Cost:
    """What one request cost: medians of the repeats."""

    cpu_ms: float
    wall_ms: float
    requests: int
    size: int


class UnexpectedAnswer(Exception):
    """A measured address did not answer 200, so its cost says nothing."""


def get(server: Server, *, host: str, path: str) -> Answer:
    """Ask once, on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        return _ask(connection, host=f"{host}:{server.port}", path=path)
    finally:
        connection.close()


def measure(
    server: Server,
    *,
    host: str,
    path_of: Callable[[int], str],
    repeats: int = 3,
    cpu_seconds: float = 1.5,
    most: int = 4000,
) -> Cost:
    """The cost of a request for `path_of(0)`, `path_of(1)`, … on `host`.

    Each repeat asks as often as costs the worker about `cpu_seconds`, so that the kernel's clock
    ticks do not matter, and at most `most` times.
    """
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    address = f"{host}:{server.port}"
    number = 0

    def ask(times: int) -> tuple[float, float, int]:
        nonlocal number
        cpu, clock, size = server.cpu_seconds(), time.perf_counter(), 0
        for _ in range(times):
            answer = _ask(connection, host=address, path=path_of(number))
            number += 1
            size = len(answer.body)
            if answer.status != 200:
                raise UnexpectedAnswer(f"{answer.status} for http://{host}{path_of(number - 1)}")
        return server.cpu_seconds() - cpu, time.perf_counter() - clock, size

    ask(20)  # first requests load what later ones find
    spent, _, _ = ask(30)
    times = max(50, min(most, int(cpu_seconds / max(spent / 30, 0.00001))))
    results = [ask(times) for _ in range(repeats)]
    connection.close()
    return Cost(
        cpu_ms=statistics.median(cpu for cpu, _, _ in results) / times * 1000,
        wall_ms=statistics.median(wall for _, wall, _ in results) / times * 1000,
        requests=times,
        size=results[-1][2],
    )


def _ask(connection: http.client.HTTPConnection, *, host: str, path: str) -> Answer:
    connection.request("GET", path, headers={"Host": host, "Accept-Language": "en"})
    response = connection.getresponse()
    return Answer(status=response.status, headers=response.getheaders(), body=response.read())
