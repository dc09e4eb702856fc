"""Run several programs as one: one log, one stop.

Honcho's Manager does the work. Two things are added, because a demo on somebody's laptop must
leave nothing behind: each program ends when the supervisor ends, even by `kill -9`; and when a
program's first process dies, the rest of its process group is ended with it.
"""

import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress

from honcho.manager import Manager
from honcho.process import Process

from .leash import end_with_parent

_GRACE_SECONDS = 4.0  # below honcho's own five, so that a group is gone before honcho kills


class LeashedProcess(Process):
    """One program in a process group of its own, read line by line into the common log."""

    def run(self, events=None, ignore_signals=False) -> None:
        """Start the program, forward its lines, report its end. Runs in a forked process."""
        self._events = events
        end_with_parent(signal.SIGKILL)
        for signum in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signum, signal.SIG_IGN)  # we end when the program ends
        self._child = self._child_ctor(
            self.cmd, env=self.env, cwd=self.cwd, shell=False, preexec_fn=_prepare_program
        )
        self._send_message({"pid": self._child.pid}, type="start")
        reader = threading.Thread(target=self._forward_lines, daemon=True)
        reader.start()
        returncode = self._child.wait()
        _end_group(self._child.pid)
        reader.join(timeout=_GRACE_SECONDS)
        self._send_message({"returncode": returncode}, type="stop")

    def _forward_lines(self) -> None:
        for line in iter(self._child.stdout.readline, b""):
            self._send_message(line)


class Supervisor(Manager):
    """Programs that live and die together.

    `loop()` returns when all have ended; `stopped_on_request` then tells a Ctrl-C (or SIGTERM)
    from a program that ended by itself, which is always a failure here.
    """

    def __init__(self, *, on_started: Callable[[], None] | None = None) -> None:
        super().__init__()
        self._process_ctor = LeashedProcess
        self._on_started = on_started

    def _start(self) -> None:
        super()._start()
        if self._on_started is not None:
            threading.Thread(target=self._on_started, daemon=True).start()

    @property
    def stopped_on_request(self) -> bool:
        """Whether a signal to the supervisor, not the end of a program, stopped everything."""
        return self.returncode in (128 + signal.SIGINT, 128 + signal.SIGTERM)


def _prepare_program() -> None:
    """Between fork and exec: listen to signals again, and end with the forked reader."""
    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, signal.SIG_DFL)
    end_with_parent(signal.SIGTERM)


def _end_group(group: int) -> None:
    """End what is left of a process group: politely first, then for good."""
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGTERM)
        threading.Event().wait(0.5)
        os.killpg(group, signal.SIGKILL)
