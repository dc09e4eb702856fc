"""What the editors' screens cost: the long page opened, saved and published, and the translators'.

Each answer's processor time is read for itself; the kernel counts it in steps of a clock tick
(10 ms), which is little beside a screen of the admin.
"""

from __future__ import annotations

import html
import http.client
import re
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from rich.table import Table

from .client import UnexpectedAnswer
from .server import Server
from .world import HOST

_HIDDEN = re.compile(r"<input\b[^>]*\btype=\"hidden\"[^>]*>")
_ATTRIBUTE = re.compile(r"\b(name|value)=\"([^\"]*)\"")
#: Django compares the cookie with the form; any 32 characters do.
_CSRF = "bench" * 6 + "ab"


@dataclass
class Screen:
    """One screen. `bound`: seconds that it may cost; None: no bound was set."""

    name: str
    bound: float | None = None
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    size: int = 0

    @property
    def seconds(self) -> float:
        """Processor seconds of one answer, the median of all."""
        return statistics.median(self.cpu)

    @property
    def is_held(self) -> bool:
        """Whether the bound is held, if there is one."""
        return self.bound is None or self.seconds < self.bound


def measure_editing(server: Server, world: dict[str, Any], *, rounds: int) -> list[Screen]:
    """Ask for each screen so many times, as one person working on one page would."""
    editor = _Editor(server, world["session"])
    opened = Screen("editor opened, 60 blocks × 6 languages", 2.0)
    saved = Screen("the same, draft saved", 1.0)
    published = Screen("the same, published in 6 languages")
    others = [(Screen(name), path) for name, path in world["screens"]]
    for number in range(rounds + 1):
        for screen, action in ((saved, None), (published, "action-publish")):
            page = editor.ask(opened, "GET", world["edit"])
            sent = list(_sent(world["sent"], page, f"{number} {screen.name}"))
            sent += [(action, action)] if action else []
            editor.ask(screen, "POST", world["edit"], urlencode(sent).encode())
        for screen, path in others:
            editor.ask(screen, "GET", path)
        if not number:  # first requests load what later ones find
            for screen in (opened, saved, published, *(screen for screen, _path in others)):
                screen.cpu.clear()
                screen.wall.clear()
    return [opened, saved, published, *(screen for screen, _path in others)]


def _sent(sent: list[list[str]], page: str, mark: str) -> Iterator[tuple[str, str]]:
    """The form as it stands, with what the screen has hidden in it, and another title."""
    hidden = {}
    for tag in _HIDDEN.findall(page):
        attributes = dict(_ATTRIBUTE.findall(tag))
        if "name" in attributes:
            hidden[attributes["name"]] = html.unescape(attributes.get("value", ""))
    hidden["csrfmiddlewaretoken"] = _CSRF
    for name, value in sent:
        yield name, f"{value} {mark}" if name == "title_fr" else hidden.pop(name, value)
    yield from hidden.items()


class _Editor:
    """A browser that is signed in, as far as a server can tell."""

    def __init__(self, server: Server, session: str) -> None:
        self._server = server
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
        self._headers = {
            "Host": f"{HOST}:{server.port}",
            "Cookie": f"sessionid={session}; csrftoken={_CSRF}",
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def ask(self, screen: Screen, method: str, path: str, body: bytes | None = None) -> str:
        """Ask, note the cost, give the answer. A form that is not taken is no measurement."""
        cpu, clock = self._server.cpu_seconds(), time.perf_counter()
        self._connection.request(method, path, body=body, headers=self._headers)
        response = self._connection.getresponse()
        answer = response.read()
        screen.wall.append(time.perf_counter() - clock)
        screen.cpu.append(self._server.cpu_seconds() - cpu)
        screen.size = len(body or answer)
        if response.status != (302 if method == "POST" else 200):
            raise UnexpectedAnswer(
                f"{response.status} for {method} {path}:\n{self._server.log()[-2000:]}"
            )
        return answer.decode()


def editing_table(screens: list[Screen]) -> Table:
    """The screens, one a line."""
    table = Table(
        title="Editors’ screens: CPU seconds an answer (user + system time of the one worker)",
        caption="KB: of the answer; of what is sent, where something is saved.",
    )
    table.add_column("screen")
    for name in ("CPU s", "most", "bound", "s to answer", "KB", "n"):
        table.add_column(name, justify="right")
    for screen in screens:
        bound = "" if screen.bound is None else f"{screen.bound:.0f}"
        table.add_row(
            screen.name,
            f"{screen.seconds:.2f}",
            f"{max(screen.cpu):.2f}",
            bound if screen.is_held else f"{bound}: BROKEN",
            f"{statistics.median(screen.wall):.2f}",
            f"{screen.size / 1024:.0f}",
            str(len(screen.cpu)),
        )
    return table
