"""One request and everything that its answer says: body, headers, messages, letters, sheets."""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote

import openpyxl
from django.core import mail
from django.core.cache import caches
from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.test.signals import template_rendered

from .ownership import FREE_TABLES

_WRITE = re.compile(
    r'^\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+["`]?([\w]+)', re.IGNORECASE
)
_QUOTE = r"""\\*(?:"|'|&quot;)"""
#: What differs from one asking to the next: tokens, random names, the time of day.
_CHANGING = (
    re.compile(
        rf"(csrf_?(?:middleware)?_?token{_QUOTE}(?: value=|\s*:\s*){_QUOTE})\w+", re.IGNORECASE
    ),
    re.compile(rf"(key(?:{_QUOTE})?:\s*{_QUOTE})[a-z0-9]{{5}}(?={_QUOTE})"),
    re.compile(r"()_[A-Za-z0-9]{7}(?=\.[\w.-]*(?:png|jpg|jpeg|webp|avif|txt|csv))"),
    re.compile(r"()[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
    re.compile(r"()\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?"),
    re.compile(r"()\d+\.\d+(?: |\xa0)?m?s\b"),
    re.compile(r"((?:<|\\u003C)time\b[^>]*(?:>|\\u003E))[^<\\]*"),
)


class QuietClient(Client):
    """A client that remembers no contexts: the admin renders hundreds of small templates a page."""

    #: The contexts of the last answer's templates that held a form; None: don't look.
    contexts: list[Any] | None = None

    def request(self, **request: Any) -> HttpResponseBase:
        if self.contexts is not None:
            template_rendered.connect(self._note_forms)
        try:
            response = self.handler(self._base_environ(**request))
        finally:
            template_rendered.disconnect(self._note_forms)
        if response.cookies:
            self.cookies.update(response.cookies)
        return response

    def _note_forms(self, context: Any, **_kwargs: Any) -> None:
        if any("form" in layer or "forms" in layer for layer in context):
            self.contexts.append(copy.copy(context))


@dataclass
class Answer:
    """What came back. `texts`: where → all that a person could read there; `written`: tables."""

    status: int
    texts: dict[str, str]
    written: set[str]
    changes: list[str] = field(default_factory=list)
    error: str = ""

    def without(self, *asked: str) -> Answer:
        """The same answer without the words of the question."""
        words = [word for text in asked for word in re.findall(r"canary\w+", text)]
        if not words:
            return self
        pattern = re.compile("|".join(words), re.IGNORECASE)
        return replace(self, texts={k: pattern.sub("", v) for k, v in self.texts.items()})

    @property
    def body(self) -> str:
        return self.texts.get("body", "")

    def seen(self, *ids: Any) -> str:
        """Status, address and body without what differs from one asking to the next."""
        text = f"{self.status} {unquote(self.texts.get('Location', ''))}"
        text += f"\n{self.texts.get('messages', '')}\n{self.body}"
        for pattern in _CHANGING:
            text = pattern.sub(r"\1*", text)
        for value in sorted({str(value) for value in ids if str(value)}, key=len, reverse=True):
            text = re.sub(rf"(?<![\w]){re.escape(value)}(?![\w])", "<id>", text)
        return text


@contextmanager
def _watching_writes(tables: set[str]) -> Iterator[None]:
    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if match := _WRITE.match(sql):
            tables.add(match.group(1))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield


@contextmanager
def _errors() -> Iterator[list[str]]:
    import sys

    raised: list[str] = []

    def note(**_kwargs: Any) -> None:
        kind, value, _trace = sys.exc_info()
        raised.append(f"{kind.__name__}: {str(value)[:120]}" if kind else "?")

    got_request_exception.connect(note)
    try:
        yield raised
    finally:
        got_request_exception.disconnect(note)


def ask(
    client: Client,
    path: str,
    *,
    method: str = "GET",
    query: Mapping[str, Any] | None = None,
    data: Any = None,
    headers: Mapping[str, str] | None = None,
    judge_changes: Any = None,
) -> Answer:
    """Ask once and put the database back. `judge_changes(tables)` says what the request did."""
    written: set[str] = set()
    letters, cookies = len(mail.outbox), client.cookies.copy()
    with transaction.atomic(), _errors() as raised:
        with _watching_writes(written):
            response = client.generic(
                method, path, **_payload(data, query), headers=dict(headers or {})
            )
            texts = _texts(response)
        written -= FREE_TABLES
        texts["mail"] = "\n".join(
            f"{letter.to} {letter.subject} {letter.body}" for letter in mail.outbox[letters:]
        )
        changes = judge_changes(written) if judge_changes and written else []
        transaction.set_rollback(True)
    del mail.outbox[letters:]
    client.cookies = cookies  # whatever signed the caller out has been rolled back
    if written:
        for cache in caches.all(initialized_only=True):
            cache.clear()
    return Answer(response.status_code, texts, written, changes, "; ".join(raised))


def _payload(data: Any, query: Mapping[str, Any] | None) -> dict[str, Any]:
    payload: dict[str, Any] = {"query_params": query} if query else {}
    if isinstance(data, bytes):
        payload |= {"data": data, "content_type": "application/json"}
    elif data is not None:
        from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

        payload |= {"data": encode_multipart(BOUNDARY, data), "content_type": MULTIPART_CONTENT}
    return payload


def _texts(response: HttpResponseBase) -> dict[str, str]:
    content = b"".join(response) if response.streaming else response.content  # type: ignore
    texts = {name: str(value) for name, value in response.items()}
    texts["cookies"] = response.cookies.output()
    texts["body"] = _readable(content, response.get("Content-Type", ""))
    request = getattr(response, "wsgi_request", None)
    messages = getattr(request, "_messages", ())
    texts["messages"] = "\n".join(
        str(message) for message in getattr(messages, "_queued_messages", ())
    )
    return texts


def _readable(content: bytes, content_type: str) -> str:
    if "spreadsheet" in content_type:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        rows = (row for sheet in book for row in sheet.iter_rows(values_only=True))
        return "\n".join("\t".join(str(value) for value in row) for row in rows)
    return content.decode("utf-8", "replace")
