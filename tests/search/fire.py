"""Processes that write, index and rebuild, and one that kills them. Run by `test_under_fire`.

``fire.py <scenario as JSON>``: starts by itself, without the platform, and prints a report as JSON.
Everything is imported once; each process is then a fork, so that hundreds of them cost seconds.
The parent opens neither database nor index: what a fork would inherit of them is not to be used.

A victim is killed by its parent with SIGKILL at a point that was drawn beforehand: the n-th call of
a function in `search` or in the database's layer. There it either stands still until it is dead,
or goes on for some milliseconds, so that it also dies within a commit.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import django
from django.conf import settings

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
SCENARIO = json.loads(sys.argv[1])
PLACE = Path(SCENARIO["place"])
settings.configure(
    INSTALLED_APPS=["search"],
    DATABASES={"default": SCENARIO["database"]},
    SEARCH_URL=SCENARIO["search_url"],
    USE_TZ=True,
    LOGGING_CONFIG=None,
)
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from search import indexer, rebuilding  # noqa: E402
from search.analysis import terms  # noqa: E402
from search.documents import Document  # noqa: E402
from search.engines.base import EngineBusy, EngineError  # noqa: E402
from search.outbox import enqueue, waiting  # noqa: E402
from search.queries import Query  # noqa: E402
from search.reconciling import drifts  # noqa: E402
from search.registry import register_builder  # noqa: E402
from search.services import engine, search  # noqa: E402

NOTES = 60
PATIENCE = 120.0
ACKNOWLEDGED = PLACE / "acknowledged"


class Notes:
    """A builder over the table `note`: what is hidden has no documents."""

    def documents(self, ids: Sequence[str]) -> Iterable[Document]:
        with connection.cursor() as cursor:
            marks = ", ".join(["%s"] * len(ids))
            cursor.execute(
                f"SELECT id, turn FROM note WHERE hidden = 0 AND id IN ({marks})",
                [int(one) for one in ids],
            )
            rows = cursor.fetchall()
        for identity, turn in rows:
            for language, body in (("en", f"peace turn{turn}"), ("fr", f"paix tour{turn}")):
                yield Document(
                    key=f"note:{identity}", language=language, site="", kind="note",
                    audience="public", url="", title="", body=body, languages=("en", "fr"),
                )  # fmt: skip

    def all_ids(self) -> Iterable[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM note ORDER BY id")
            return [str(row[0]) for row in cursor.fetchall()]


# What processes do


def prepare() -> None:
    """Tables, notes, and an index that is whole."""
    call_command("migrate", verbosity=0)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, turn INTEGER, hidden INTEGER)")
        cursor.executemany("INSERT INTO note VALUES (%s, 0, 0)", [(one,) for one in range(NOTES)])
    indexer._tend(engine())


def write(seed: int, changes: int = 10, hiding: float = 0.2, pause: float = 0.0) -> None:
    """Change notes as a web process would, and note down what was acknowledged: after the commit,
    before anything else."""
    rng = random.Random(seed)
    told = os.open(ACKNOWLEDGED, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for _ in range(changes):
        chosen = rng.sample(range(NOTES), rng.randint(1, 4))
        with transaction.atomic(), connection.cursor() as cursor:
            for one in sorted(chosen):
                hidden = int(rng.random() < hiding)
                cursor.execute(
                    "UPDATE note SET turn = turn + 1, hidden = %s WHERE id = %s", [hidden, one]
                )
            marks = ", ".join(["%s"] * len(chosen))
            cursor.execute(f"SELECT id, turn FROM note WHERE id IN ({marks})", chosen)
            rows = cursor.fetchall()
            enqueue(f"note:{one}" for one in chosen)
        os.write(told, (" ".join(f"{one}={turn}" for one, turn in rows) + "\n").encode())
        time.sleep(pause)


def index(seed: int) -> None:
    """Apply what waits; another indexer may have its turn meanwhile."""
    deadline = time.monotonic() + PATIENCE
    while waiting().exists() and time.monotonic() < deadline:
        try:
            indexer.apply_pending(engine())
        except EngineBusy:
            time.sleep(0.02)


def rebuild(seed: int) -> None:
    """Build the index anew, as the command does."""
    rebuilding.rebuild(engine())


def watch(seed: int) -> None:
    """Index until told to stop, or killed."""
    call_command("search_index", "--watch")


def look(seed: int) -> None:
    """Search until told to stop; nothing may ever be missing."""
    searches = 0
    while not (PLACE / "stop").exists():
        found = search(Query(text="peace", language="en", size=1))
        assert found.available, "search says that it has no index"
        assert found.total == NOTES, f"search found {found.total} of {NOTES}"
        searches += 1
    (PLACE / "searches").write_text(str(searches))


def wait(seed: int) -> None:
    """Until others have applied all that waits."""
    deadline = time.monotonic() + PATIENCE
    while waiting().exists():
        assert time.monotonic() < deadline, "nobody applies what waits"
        time.sleep(0.05)


def find_no_room(seed: int) -> None:
    """Indexing and rebuilding say what is the matter, and what was there is still found."""
    for work in (index, rebuild):
        try:
            work(seed)
        except EngineError as error:
            said = str(error)
        else:
            raise AssertionError("the disk was not full")
        assert "has room" in said or "free space" in said, said
    assert waiting().exists(), "rows were let go of"
    assert search(Query(text="peace", language="en")).total == NOTES


def settle(seed: int) -> None:
    """What holds after any kill: search answers, and once the indexer has run, index and database
    agree and nothing that was acknowledged is lost."""
    found = search(Query(text="peace", language="en"))
    assert found.available, "search has no index"
    assert found.total, "search is empty"
    index(seed)
    assert not waiting().exists(), "rows still wait"
    assert (left := list(drifts(engine()))) == [], left
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, turn, hidden FROM note")
        rows = {one: (turn, hidden) for one, turn, hidden in cursor.fetchall()}
    for told in ACKNOWLEDGED.read_text().split() if ACKNOWLEDGED.exists() else []:
        one, turn = map(int, told.split("="))
        assert rows[one][0] >= turn, f"note {one} lost turn {turn}"
    shown = sum(1 for _, hidden in rows.values() if not hidden)
    assert search(Query(text="peace", language="en")).total == shown, "the total is wrong"


ROLES: dict[str, Callable[[int], None]] = {
    "write": write, "index": index, "rebuild": rebuild, "settle": settle, "watch": watch,
    "look": look, "wait": wait, "find_no_room": find_no_room,
    "write_500": lambda seed: write(seed, changes=500, hiding=0, pause=0.01),
    "write_50": lambda seed: write(seed, changes=50),
    "write_all": lambda seed: write(seed, changes=80, hiding=0),
}  # fmt: skip
COMPANIONS = {"write": ["index"], "index": ["write"], "rebuild": ["write", "index"]}


# Processes


def fork(work: Callable[[], None]) -> int:
    """Another process that does this and ends; 0 if it went well."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        random.seed()
        indexer.apply_batch.__kwdefaults__["size"] = rebuilding.BATCH = SCENARIO["batch"]
        register_builder("note", Notes())
        work()
        connection.close()
        engine().close()
        code = 0
    except BaseException:  # noqa: BLE001  (the process ends here; the parent sees that it failed)
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def ended_well(child: int) -> bool:
    """Whether a process ended by itself, without an error."""
    return os.waitpid(child, 0)[1] == 0


def start(role: str, seed: int = 0) -> int:
    """A process in that role."""
    return fork(lambda: ROLES[role](seed))


def kill(child: int) -> None:
    """End a process that was started here, as the kernel would."""
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def run(role: str, seed: int = 0) -> None:
    """Let a process do its work to the end."""
    assert ended_well(start(role, seed)), f"{role} failed"


def counting(at: int, reached: Callable[[str], None]) -> Callable[[FrameType, str, Any], None]:
    """What calls `reached` at the call of that number, with its place; see `sys.setprofile`."""
    calls = 0

    def profile(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal calls
        if event in ("call", "c_call"):
            name = frame.f_code.co_filename
            if ("/search/" in name and "/analysis/" not in name) or "/django/db/" in name:
                calls += 1
                if calls == at:
                    reached(f"{name}:{frame.f_lineno}")

    return profile


def killed(role: str, *, seed: int, at: int, after: float) -> str:
    """Start a process and kill it at a point; the place where that was, "" if it ended before."""
    reading, writing = os.pipe()

    def work() -> None:
        os.close(reading)

        def reached(place: str) -> None:
            os.write(writing, place.encode())
            if not after:
                signal.pause()

        sys.setprofile(counting(at, reached))
        ROLES[role](seed)
        sys.setprofile(None)

    child = fork(work)
    os.close(writing)
    select.select([reading], [], [], PATIENCE)
    place = os.read(reading, 4096).decode()
    os.close(reading)
    if place:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return place if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL else ""


# Scenarios


def acknowledged() -> int:
    """How many transactions have been acknowledged."""
    return ACKNOWLEDGED.read_bytes().count(b"\n") if ACKNOWLEDGED.exists() else 0


def kill_at_many_points(*, seed: int, kills: int) -> dict[str, Any]:
    """Kill each role in turn, others at work beside it, and let all settle: how many died, at how
    many different places in the code."""
    rng = random.Random(seed)
    died: dict[str, list[str]] = {role: [] for role in COMPANIONS}
    # How many calls a role makes is learnt from those that ended before their point.
    calls = {"write": 12_000, "index": 6_000, "rebuild": 6_000}
    while sum(map(len, died.values())) < kills:
        role = min(died, key=lambda one: len(died[one]))
        turn = rng.randrange(1 << 30)
        if role == "index":
            run("write", turn + 1)
        beside = [start(name, turn) for name in COMPANIONS[role]]
        point = rng.randint(1, calls[role])
        after = rng.choice([0.0, rng.uniform(0.0, 0.02)])
        if place := killed(role, seed=turn, at=point, after=after):
            died[role].append(place)
        else:
            calls[role] = max(500, min(calls[role], int(point * 0.97)))
        for child in beside:
            assert ended_well(child), "a process beside it failed"
        run("settle")
    run("rebuild")
    run("settle")
    return {
        "generations": len(list((PLACE / "index").glob("generation-*"))),
        "killed": {role: len(places) for role, places in died.items()},
        "places": len({place for places in died.values() for place in places}),
    }


def rebuild_under_edits(*, seed: int) -> dict[str, Any]:
    """500 transactions while the index is built again and again and searched all the time; how
    many of them fell into a rebuild."""
    watching, looking, writing = start("watch"), start("look"), start("write_500", seed)
    rebuilds = edits = 0
    while os.waitpid(writing, os.WNOHANG) == (0, 0):
        before = acknowledged()
        run("rebuild")
        edits += acknowledged() - before
        rebuilds += 1
    run("wait")
    (PLACE / "stop").touch()
    assert ended_well(looking), "search was not whole all the time"
    kill(watching)
    run("settle")
    return {"rebuilds": rebuilds, "edits": edits, "searches": int((PLACE / "searches").read_text())}


def two_indexers(*, seed: int) -> dict[str, Any]:
    """Two watch the same queue; the one that writes is killed, and the other takes over until it
    is told to stop."""
    first = start("watch")
    run("write_50", seed)
    run("wait")
    second = start("watch")
    run("write_50", seed + 1)
    run("wait")
    kill(first)
    begun = time.monotonic()
    run("write_50", seed + 2)
    run("wait")
    taken_over = time.monotonic() - begun
    os.kill(second, signal.SIGTERM)
    assert ended_well(second), "an indexer that was told to stop failed"
    run("settle")
    return {"taken_over_after": round(taken_over, 1)}


def full_disk(*, seed: int, room: str) -> dict[str, Any]:
    """The index's disk is full, and later has room again."""
    filler = os.open(Path(room) / "filler", os.O_WRONLY | os.O_CREAT)
    try:
        while True:
            os.write(filler, b"x" * 4096)
    except OSError:
        os.close(filler)
    run("write_all", seed)
    run("find_no_room")
    (Path(room) / "filler").unlink()
    run("settle")
    return {}


if __name__ == "__main__":
    engine()  # Nothing is opened yet: only what is imported is inherited.
    for code in ("en", "fr"):
        terms("peace", code)
    assert ended_well(fork(prepare)), "prepare failed"
    begun = time.monotonic()
    report = globals()[SCENARIO["name"]](**SCENARIO["options"])
    print(json.dumps({**report, "seconds": round(time.monotonic() - begun, 1)}))
