"""The directory of an embedded index: generations of files, and which of them serves.

::

    <root>/current            a link to the generation that serves; replaced in one step
    <root>/generation-…/      the files of one index, and about.json
    <root>/writing.lock       held by whoever writes
    <root>/rebuilding.lock    held by whoever fills a new generation

The locks are the kernel's: a process that is killed lets go of them.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from search.engines.base import EngineBusy, EngineError

Signature = tuple[int, int, int]

_PATIENCE = 0.02


class IndexDirectory:
    """The generations under one root directory."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._current = root / "current"
        self._meta = str(root / "current" / "meta.json")

    def signature(self) -> Signature | None:
        """Something that changes with every commit and every swap; None without an index.

        One call of the operating system: cheap enough for every search. The engine's file of
        committed segments is written anew with each commit, so its identity is enough.
        """
        try:
            seen = os.stat(self._meta)
        except (FileNotFoundError, NotADirectoryError):
            return None
        return seen.st_dev, seen.st_ino, seen.st_mtime_ns

    def current(self) -> Path | None:
        """The generation that serves."""
        return self._current.resolve() if self._current.exists() else None

    def create(self, about: dict[str, int]) -> Path:
        """A new, empty generation that does not serve yet."""
        path = self.root / f"generation-{time.strftime('%Y%m%d%H%M%S')}-{uuid4().hex[:8]}"
        try:
            path.mkdir(parents=True)
            (path / "about.json").write_text(json.dumps(about), encoding="ascii")
        except OSError as error:
            raise EngineError(
                f"Can't create the index under {self.root} ({error.strerror}). Make the directory "
                "writable for this user and see that its disk has room, or let SEARCH_URL name "
                "another one."
            ) from error
        return path

    def about(self, generation: Path) -> dict[str, int]:
        """What `create` wrote down; nothing where it can't be read."""
        try:
            found = json.loads((generation / "about.json").read_text(encoding="ascii"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def activate(self, generation: Path) -> None:
        """Let a generation serve, in one step that can't be seen half done."""
        link = self.root / f"current.{uuid4().hex[:8]}"
        link.symlink_to(generation.name)
        os.replace(link, self._current)
        descriptor = os.open(self.root, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def sweep(self) -> None:
        """Remove the generations that do not serve; only under the lock for rebuilding.

        Readers that still have such files open keep what they opened.
        """
        current = self.current()
        for path in self.root.glob("generation-*"):
            if path != current:
                shutil.rmtree(path, ignore_errors=True)
        for link in self.root.glob("current.*"):
            link.unlink(missing_ok=True)

    def obstacle(self) -> str:
        """What keeps this process from writing under the root, with the remedy; "" if nothing."""
        nearest = next(path for path in (self.root, *self.root.parents) if path.exists())
        if not nearest.is_dir():
            return f"{nearest} is a file: remove or rename it."
        if not os.access(nearest, os.W_OK | os.X_OK):
            return f"Give this user the right to write in {nearest}."
        return ""

    def size(self) -> int:
        """Bytes of the generation that serves."""
        generation = self.current()
        return sum(path.stat().st_size for path in generation.iterdir()) if generation else 0

    @contextmanager
    def locked(self, name: str, *, timeout: float) -> Iterator[None]:
        """Hold the lock `name` ("writing", "rebuilding"); `EngineBusy` after `timeout` seconds."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.root / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise EngineError(
                f"Can't write in {self.root} ({error.strerror}). Make the directory writable for "
                "this user, or let SEARCH_URL name another one."
            ) from error
        try:
            self._acquire(descriptor, name=name, timeout=timeout)
            yield
        finally:
            os.close(descriptor)

    def _acquire(self, descriptor: int, *, name: str, timeout: float) -> None:
        deadline = time.monotonic() + timeout
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise EngineBusy(
                        f"Another process holds {self.root / name}.lock and did not let go within "
                        f"{timeout:g} s. Wait for it, or stop it; one process writes at a time."
                    ) from None
                time.sleep(_PATIENCE)
            else:
                return
