"""Not waiting for a server that did not answer a moment ago."""

from __future__ import annotations

import threading
import time

_FIRST = 0.5
_LONGEST = 4.0


class Breaker:
    """After a failure, refuses for a while, twice as long each time; then lets one try through.

    So readers wait for a hung server once in a few seconds and not each of them, and search is
    back some seconds after the server is. Safe to use from several threads.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pause = 0.0
        self._closed_until = 0.0

    def lets_through(self) -> bool:
        """Whether to try now; while the server is away, true for one caller at a time."""
        with self._lock:
            now = time.monotonic()
            if now < self._closed_until:
                return False
            if self._pause:
                self._closed_until = now + self._pause
            return True

    def failed(self) -> None:
        """The server did not answer."""
        with self._lock:
            self._pause = min(max(_FIRST, self._pause * 2), _LONGEST)
            self._closed_until = time.monotonic() + self._pause

    def worked(self) -> None:
        """The server answered."""
        if self._pause:
            with self._lock:
                self._pause = self._closed_until = 0.0
