"""A stand-in for services of machine translation: real sockets, both protocols, every fault.

It "translates" by writing the target's code before each stretch of words, tags left where they
are, as the real ones do: `<p>Water</p>` → `<p>[fr] Water</p>`.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "s3cret-key-of-ours"
_WORDS = re.compile(r"(^|>)([^<>]*\w[^<>]*)")


def translated(text: str, target: str) -> str:
    """What the stand-in makes of a text."""
    return _WORDS.sub(rf"\1[{target.lower()[:2]}] \2", text)


@dataclass
class Reply:
    """What is answered instead of a translation. `body`: JSON, or bytes as they are; `pause`:
    seconds before; `drip`: seconds between two bytes."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    pause: float = 0
    drip: float = 0


@dataclass
class Service:
    """`base`: its address; `requests`: (path, headers, body) of what came in; `replies`: what the
    next requests get; `change`: applied to each translated text."""

    base: str
    requests: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)
    replies: deque[Reply] = field(default_factory=deque)
    change: Callable[[str], str] = str

    @property
    def libretranslate(self) -> str:
        return f"libretranslate+{self.base}"

    @property
    def deepl(self) -> str:
        return f"deepl+{self.base}"

    @property
    def texts(self) -> list[str]:
        """Every text that was sent."""
        bodies = [body for _path, _headers, body in self.requests]
        return [text for body in bodies for text in body.get("q", body.get("text", []))]

    def answer(self, path: str, body: dict[str, Any]) -> Any:
        if path == "/translate":
            return {"translatedText": [self._one(text, body["target"]) for text in body["q"]]}
        if path == "/v2/translate":
            texts = [self._one(text, body["target_lang"]) for text in body["text"]]
            return {
                "translations": [
                    {"detected_source_language": body["source_lang"], "text": text}
                    for text in texts
                ]
            }
        return None

    def _one(self, text: str, target: str) -> str:
        return self.change(translated(text, target))


@contextmanager
def running_service() -> Iterator[Service]:
    """A service on a free port of this machine, for a `with` block."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            service.requests.append((self.path, dict(self.headers), body))
            reply = service.replies.popleft() if service.replies else Reply()
            time.sleep(reply.pause)
            content = reply.body
            if content is None and reply.status == 200:
                content = service.answer(self.path, body)
            if not isinstance(content, bytes):
                content = json.dumps(content).encode()
            self.send_response(reply.status)
            for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self._write(content, reply.drip)

        def _write(self, content: bytes, drip: float) -> None:
            try:
                for place in range(len(content)) if drip else ():
                    self.wfile.write(content[place : place + 1])
                    self.wfile.flush()
                    time.sleep(drip)
                if not drip:
                    self.wfile.write(content)
            except (BrokenPipeError, ConnectionResetError):
                pass  # whoever asked has gone

        def do_GET(self) -> None:
            service.requests.append((self.path, dict(self.headers), {}))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service = Service(base=f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
