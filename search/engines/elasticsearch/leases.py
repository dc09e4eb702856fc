"""Who may write and who may rebuild: leases on the server, with its own clock.

A lease falls to the next who asks when its holder has not renewed it for `SECONDS`, and at once
when the holder was a process of this machine that is gone. While it is held, a thread renews it.
What is written is right without it too, since rows carry versions; the lease keeps indexers from
doing the same work twice, and from writing to an index that is being replaced.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from search.engines.base import EngineBusy, EngineError
from search.engines.elasticsearch.server import LEASING, MANAGING, NameMissing, Server

SECONDS = 8.0
_RENEWED_EVERY = 2.0
_PATIENCE = 0.05

_TAKE = """
boolean free = ctx._source.owner == '' || ctx._source.until < ctx._now;
if (free || ctx._source.owner == params.owner || ctx._source.owner == params.dead) {
  ctx._source.owner = params.owner;
  ctx._source.until = ctx._now + params.milliseconds;
} else {
  ctx.op = 'none';
}
"""
_RENEW = """
if (ctx._source.owner == params.owner) {
  ctx._source.until = ctx._now + params.milliseconds;
} else {
  ctx.op = 'none';
}
"""
_LET_GO = """
if (ctx._source.owner == params.owner) {
  ctx._source.owner = '';
} else {
  ctx.op = 'none';
}
"""


class Lease:
    """One of the two leases of an index, "writing" or "rebuilding"."""

    def __init__(self, server: Server, name: str) -> None:
        self._server = server
        self._name = name
        self._owner = f"{_machine()} {os.getpid()} {_started(os.getpid())} {uuid4().hex}"
        self._ended = threading.Event()
        self._confirmed = 0.0

    @contextmanager
    def held(self, *, timeout: float) -> Iterator[Lease]:
        """Hold the lease; `EngineBusy` after `timeout` seconds."""
        self._acquire(timeout)
        keeper = threading.Thread(target=self._keep, name=f"lease-{self._name}", daemon=True)
        keeper.start()
        try:
            yield self
        finally:
            self._ended.set()
            keeper.join()
            with suppress(EngineError):  # It falls by itself.
                self._run(_LET_GO)

    def confirm(self) -> None:
        """Raise `EngineBusy` if the lease may have fallen to another."""
        if time.monotonic() - self._confirmed < SECONDS / 2:
            return
        if not self._renewed():
            raise EngineBusy(
                f"This process was held up, and another one has the right to {self._name} at "
                f"{self._server.address.shown} now. Nothing is lost; try again."
            )

    def _acquire(self, timeout: float) -> None:
        deadline = time.monotonic() + timeout
        pause = _PATIENCE
        dead = ""
        while True:
            holder = self._take(dead)
            if holder == self._owner:
                return
            dead = holder if _is_dead(holder) else ""
            if dead:
                continue
            if time.monotonic() >= deadline:
                raise EngineBusy(
                    f"Another process is {self._name} at {self._server.address.shown} and did "
                    f"not let go within {timeout:g} s. Wait for it, or stop it; if it was killed, "
                    f"its right falls after {SECONDS:g} s."
                )
            time.sleep(min(pause, max(0.0, deadline - time.monotonic())))
            pause = min(pause * 1.5, 0.5)

    def _take(self, dead: str) -> str:
        """Try to take the lease; who has it now."""
        began = time.monotonic()
        try:
            holder = self._run(_TAKE, dead=dead)
        except NameMissing:
            self._make_room()
            holder = self._run(_TAKE, dead=dead)
        if holder == self._owner:
            self._confirmed = began
        return holder

    def _renewed(self) -> bool:
        began = time.monotonic()
        if self._run(_RENEW) != self._owner:
            return False
        self._confirmed = began
        return True

    def _keep(self) -> None:
        while not self._ended.wait(_RENEWED_EVERY):
            # Said by `confirm` to whoever writes; here it is only tried again.
            with suppress(EngineError):
                if not self._renewed():
                    return

    def _run(self, script: str, *, dead: str = "") -> str:
        """Run a script on the lease, made where there is none; who has it then."""
        with self._server.asking(LEASING) as client:
            answer = client.update(
                index=self._index,
                id=self._name,
                script={
                    "source": script,
                    "params": {
                        "owner": self._owner,
                        "dead": dead or self._owner,
                        "milliseconds": int(SECONDS * 1000),
                    },
                },
                scripted_upsert=True,
                upsert={"owner": "", "until": 0},
                source=True,
                retry_on_conflict=10,
                require_alias=False,
            )
        return str(answer["get"]["_source"]["owner"])

    @property
    def _index(self) -> str:
        return f"{self._server.address.prefix}.leases"

    def _make_room(self) -> None:
        with self._server.asking(MANAGING) as client:
            client.options(ignore_status=400).indices.create(
                index=self._index,
                settings={"number_of_shards": 1, "auto_expand_replicas": "0-1"},
                mappings={"dynamic": False},
            )


def _machine() -> str:
    """This machine and its process numbers, since it was started; "" where that can't be told."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot}/{os.readlink('/proc/self/ns/pid')}"
    except OSError:
        return ""


def _started(process: int) -> str:
    """When a process was started, as the kernel counts; "" for one that is gone."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    state, *fields = stat.rpartition(")")[2].split()
    return "" if state == "Z" else fields[18]


def _is_dead(owner: str) -> bool:
    """Whether the holder of a lease was a process of this machine that is gone."""
    machine, process, started, _ = (owner.split(" ") + [""] * 4)[:4]
    return bool(machine and started and process.isdigit()) and (
        machine == _machine() and _started(int(process)) != started
    )
