"""The private folder of archives: never below the folder that is served, swept of what is old.

    ARCHIVES_ROOT/made/       archives to download
    ARCHIVES_ROOT/received/   uploaded ones, to be restored
    ARCHIVES_ROOT/journals/   which files a restoration has put into the storage so far

A process holds a lock on what it is writing; the kernel lets go of it when the process dies, so
that a part or a journal that nobody holds is known to be abandoned.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.storage import default_storage


def folder(name: str) -> Path:
    """One of the folders, made on first call and closed to other accounts of the machine."""
    path = Path(settings.ARCHIVES_ROOT) / name
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


@contextmanager
def locked(path: Path) -> Iterator[IO[bytes]]:
    """A new file that this process holds until the block ends."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def is_held(path: Path) -> bool:
    """Whether a living process is writing a file."""
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


class Journal:
    """The names of the files that a restoration has put into the storage."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.names: list[str] = []

    def note(self, name: str) -> None:
        """Write a name down before anything else can go wrong."""
        self.names.append(name)
        self._file.write(name.encode() + b"\n")
        self._file.flush()


@contextmanager
def journal(name: str) -> Iterator[Journal]:
    """A journal for one restoration: where the block fails, the noted files are removed."""
    path = folder("journals") / name
    with locked(path) as file:
        noted = Journal(file)
        try:
            yield noted
        except BaseException:
            remove_from_storage(noted.names)
            raise
        finally:
            path.unlink()


def abandoned(pattern: str) -> list[Path]:
    """Files of the workspace that match and that no process holds."""
    found = sorted(Path(settings.ARCHIVES_ROOT).glob(pattern))
    return [path for path in found if path.is_file() and not is_held(path)]


def names_in(path: Path) -> list[str]:
    """The names in an abandoned journal; a last one that was cut off is left out."""
    text = path.read_text(encoding="utf-8", errors="replace")
    return text.split("\n")[:-1]


def remove_from_storage(names: Iterable[str]) -> None:
    """Delete files that no row names."""
    for name in names:
        default_storage.delete(name)
