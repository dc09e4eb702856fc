"""How long a search takes, how fast documents go in, and how both grow.

Each kind of search is asked in many different ways, with words that a few texts have and words
that most have. Times are given as they pass (what else the machine does is in them) and, for the
engine in this process, as processor time (what else it does is not).
"""

from __future__ import annotations

import random
import re
import resource
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from search.engines.base import Engine
from search.queries import Query, Sort

from .corpus import Item, noise
from .mistakes import mistyped
from .relevance import fill

NOTE = 250
"""Characters of the texts that time is measured on, about."""

ASKED = 60
"""Different searches of each kind."""

FACETS = ("body", "session", "subject", "year")
_WORD = re.compile(r"[a-z]{5,}")


@dataclass(frozen=True)
class Timing:
    """Milliseconds: half of the searches took less than `p50`, 95 of 100 less than `p95`;
    `cpu` is the half of the processor times."""

    p50: float
    p95: float
    cpu: float


@dataclass(frozen=True)
class Filled:
    """An index that was built: documents, seconds and processor seconds, bytes of the index, and
    the most memory that this process has ever had, in bytes."""

    documents: int
    seconds: float
    cpu: float
    size: int
    memory: int


def notes(amount: int) -> Iterator[Item]:
    """Texts of about `NOTE` characters, three in ten with a symbol."""
    for number, item in enumerate(noise(amount, seed="notes")):
        texts = {
            code: (title, body[:NOTE].rsplit(" ", 1)[0])
            for code, (title, body) in item.texts.items()
        }
        symbol = f"A/C.{number % 6 + 1}/{number % 70 + 10}/L.{number}" if number % 10 < 3 else ""
        yield replace(item, texts=texts, symbol=symbol)


def built(engine: Engine, amount: int) -> Filled:
    """Fill the index with `amount` notes."""
    begun, cpu = time.perf_counter(), time.process_time()
    documents = fill(engine, notes(amount))
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return Filled(documents, seconds, cpu, engine.status().bytes, memory)


def timings(engine: Engine) -> dict[str, Timing]:
    """Each kind of search, on an index of `notes`."""
    return {
        name: timed([lambda one=one: engine.complete(one) for one in some])  # type: ignore[misc]
        if name.startswith("completing")
        else timed([lambda one=one: engine.search(one) for one in some])  # type: ignore[misc]
        for name, some in searches().items()
    }


def timed(calls: list[Callable[[], object]]) -> Timing:
    """Every call twice; the first round warms up."""
    return timed_in_turn(calls)[0]


def timed_in_turn(*kinds: list[Callable[[], object]]) -> list[Timing]:
    """The first calls of every kind, then the second ones …, so that what else the machine does
    tells on all kinds alike; after a round that warms up."""
    for some in zip(*kinds, strict=True):
        for call in some:
            call()
    walls: list[list[float]] = [[] for _ in kinds]
    cpus: list[list[float]] = [[] for _ in kinds]
    for some in zip(*kinds, strict=True):
        for number, call in enumerate(some):
            begun, cpu = time.perf_counter(), time.process_time()
            call()
            walls[number].append((time.perf_counter() - begun) * 1000)
            cpus[number].append((time.process_time() - cpu) * 1000)
    return [_timing(*some) for some in zip(walls, cpus, strict=True)]


def _timing(walls: list[float], cpus: list[float]) -> Timing:
    return Timing(
        p50=statistics.median(walls),
        p95=sorted(walls)[int(len(walls) * 0.95)],
        cpu=statistics.median(cpus),
    )


def searches() -> dict[str, list[Query]]:
    """What is asked, by name."""
    rng = random.Random("speed")
    some = list(notes(3_000))
    texts = [body for item in some for code, (_, body) in item.texts.items() if code == "en"]
    words = [_WORD.findall(text.lower()) for text in texts]
    counts = Counter(word for found in words for word in set(found))
    # From words that one text in a hundred has to words that one in three thousand has.
    known = sorted((word for word in counts if counts[word] <= len(texts) // 10), key=counts.get)  # type: ignore[arg-type]

    def ask(text: str, **more: object) -> Query:
        return Query(text=text, language="en", **more)  # type: ignore[arg-type]

    def word() -> str:
        return rng.choice(known[len(known) // 2 :])

    def row() -> str:
        found = rng.choice([one for one in words if len(one) > 5])
        text = rng.choice(texts).lower()
        pair = re.search(r"([a-z]{4,}) ([a-z]{4,})", text)
        return " ".join(pair.groups()) if pair else found[0]

    def each(make: Callable[[], Query]) -> list[Query]:
        return [make() for _ in range(ASKED)]

    symbols = [item.symbol for item in some if item.symbol]
    return {
        "a term, one hit": each(lambda: ask(word(), size=1)),
        "a term, ten hits with passages": each(lambda: ask(word())),
        "three terms": each(lambda: ask(f"{word()} {word()} {word()}")),
        "a phrase": each(lambda: ask(f'"{row()}"')),
        "a symbol": each(lambda: ask(rng.choice(symbols))),
        "a term and four facets": each(lambda: ask(word(), facets=FACETS)),
        "a filter, by date": each(lambda: ask(word(), filters={"body": ("GA",)}, sort=Sort.NEWEST)),
        "no text: a filter, by date": each(
            lambda: ask("", filters={"session": (str(rng.randrange(1, 80)),)}, sort=Sort.NEWEST)
        ),
        "completing a word": each(lambda: ask(word()[:4])),
        "a mistyped word": each(lambda: ask(mistyped([word()], "en", rng)[0])),
    }
