"""The HTTP conversation with a service: deadlines, bounded retries, and no key in any message.

The service is somebody else's: it may be slow, endless, elsewhere, or wrong. So an answer has a
time and a size, redirections are not followed (they would take the key along), and "later" is
believed for at most `Limits.patience` seconds.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3

from .provider import MalformedAnswer, ProviderRefused, ProviderUnavailable

#: Characters of a service's own words that are passed on.
LONGEST_REASON = 200
_LATER = frozenset({429, 500, 502, 503, 504, 529})


@dataclass(frozen=True)
class Limits:
    """`timeout`: seconds for one answer, from first to last byte; `attempts`: requests at most;
    `patience`: seconds waited between them at most, all together; `size`: bytes of an answer."""

    timeout: float = 60.0
    attempts: int = 3
    patience: float = 30.0
    size: int = 4 * 1024 * 1024


@dataclass(frozen=True)
class Answer:
    """A status and the JSON that came with it (None: it was none)."""

    status: int
    data: Any

    def reason(self, *names: str) -> str:
        """The service's own words for what went wrong, under one of these names; else the status.
        One line, cut short."""
        if isinstance(self.data, Mapping):
            for name in names:
                if isinstance(words := self.data.get(name), str) and words.strip():
                    return f"{self.status}: {' '.join(words.split())}"[:LONGEST_REASON]
        return f"HTTP {self.status}"


class _KeyHeader(requests.auth.AuthBase):
    """The key as a header. As `auth`, since requests would put what a .netrc says over a header."""

    def __init__(self, value: str) -> None:
        self._value = value

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._value:
            request.headers["Authorization"] = self._value
        return request


class Transport:
    """Posts JSON to one address. `authorization`: the header's value, or ""; `secret`: what no
    message may show."""

    def __init__(
        self,
        url: str,
        *,
        authorization: str = "",
        secret: str = "",
        limits: Limits | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.url = url
        self.host = urlsplit(url).hostname or ""
        self._auth = _KeyHeader(authorization)
        self._secret = secret
        self._limits = limits or Limits()
        self._sleep = sleep

    def __repr__(self) -> str:
        return f"<Transport {self.host}>"

    def post(self, payload: Mapping[str, Any]) -> Answer:
        """The answer, whatever its status, except that "later" is tried again.

        Raises ProviderUnavailable where nobody answers in time, or it stays "later"; and
        MalformedAnswer where the answer is endless or leads elsewhere.
        """
        waited = 0.0
        for attempt in range(1, self._limits.attempts + 1):
            status, headers, body = self._once(payload)
            if status not in _LATER:
                return Answer(status, self._parsed(body))
            asked = _retry_after(headers.get("Retry-After", ""))
            pause = asked if asked is not None else float(2 ** (attempt - 1))
            if attempt == self._limits.attempts or waited + pause > self._limits.patience:
                raise ProviderUnavailable(self._safe(f"{self.host}: HTTP {status}"), after=asked)
            self._sleep(pause)
            waited += pause
        raise ProviderUnavailable(self.host)

    def refused(self, answer: Answer, *names: str) -> ProviderRefused:
        """The error for an answer that says no."""
        return ProviderRefused(self._safe(answer.reason(*names)))

    def _once(self, payload: Mapping[str, Any]) -> tuple[int, Mapping[str, str], bytes]:
        limits = self._limits
        until = time.monotonic() + limits.timeout
        try:
            with requests.post(
                self.url,
                data=json.dumps(payload, ensure_ascii=False).encode(),
                headers={"Content-Type": "application/json", "Accept": "application/json"},
                auth=self._auth,
                timeout=(min(10.0, limits.timeout), limits.timeout),
                allow_redirects=False,
                stream=True,
            ) as response:
                if 300 <= response.status_code < 400:
                    raise MalformedAnswer(f"{self.host}: HTTP {response.status_code}")
                body = bytearray()
                # `read1` gives what has come; `iter_content` would wait for a whole chunk.
                while chunk := response.raw.read1(65536, decode_content=True):
                    body += chunk
                    if len(body) > limits.size:
                        raise MalformedAnswer(f"{self.host}: > {limits.size} bytes")
                    if time.monotonic() > until:
                        raise ProviderUnavailable(f"{self.host}: > {limits.timeout:g} s")
                return response.status_code, response.headers, bytes(body)
        except (requests.Timeout, urllib3.exceptions.TimeoutError):
            raise ProviderUnavailable(f"{self.host}: > {limits.timeout:g} s") from None
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            # The error's own words may hold the address with its query; its kind says enough.
            raise ProviderUnavailable(f"{self.host}: {type(error).__name__}") from None

    def _parsed(self, body: bytes) -> Any:
        try:
            return json.loads(body)
        except ValueError:
            return None

    def _safe(self, words: str) -> str:
        return words.replace(self._secret, "…") if self._secret else words


def _retry_after(value: str) -> float | None:
    """Seconds of a Retry-After header (RFC 9110 §10.2.3): a number or a date; None without one."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
