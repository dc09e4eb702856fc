"""Starts the reader of a file and takes its answer, or says how the file got the better of it."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from .faults import Unreadable
from .reader import ANSWER

logger = logging.getLogger(__name__)

#: Seconds by the clock on the wall.
PATIENCE = 90.0
_ROOT = Path(__file__).parents[3]
_READER = "cms.library.extraction.reader"


@dataclass(frozen=True)
class Reading:
    """What a file gave. `pages`: None where they are not known; `language`: "" likewise."""

    text: str
    pages: int | None
    language: str


def read_contained(path: Path, file_format: str, *, patience: float = PATIENCE) -> Reading:
    """Read a file in a process of its own, in bounded time and memory. Raises Unreadable."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(
            [sys.executable, "-m", _READER, file_format, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.DEVNULL,
            cwd=tempfile.gettempdir(),
            # Nothing of ours is told to it: no address of a database, no key.
            env={"PYTHONPATH": str(_ROOT), "PYTHONIOENCODING": "utf-8", "LANG": "C.UTF-8"},
            start_new_session=True,
            close_fds=True,
        )
        try:
            status = process.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            raise Unreadable("too_slow") from None
        finally:
            _end(process)
        if status:
            logger.warning("The reader of a %s file ended with %s", file_format, status)
            raise Unreadable("too_slow" if status == -signal.SIGXCPU else _killed(status))
        out.seek(0)
        return _understood(out.read(ANSWER + 1))


def _end(process: subprocess.Popen[bytes]) -> None:
    """Whatever it left running ends with it."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _killed(status: int) -> str:
    # SIGKILL comes from the kernel, out of memory or at the hard limit of time.
    return "no_memory" if status == -signal.SIGKILL else "crashed"


def _understood(answer: bytes) -> Reading:
    try:
        told = json.loads(answer)
        if "fault" in told:
            raise Unreadable(str(told["fault"]))
        return Reading(
            text=str(told["text"]),
            pages=int(told["pages"]) if told["pages"] is not None else None,
            language=str(told["language"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable("crashed") from error
