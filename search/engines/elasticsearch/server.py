"""The connection: time-outs for every question, and errors that say what to do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from elasticsearch import (
    ApiError,
    AuthenticationException,
    AuthorizationException,
    ConnectionTimeout,
    Elasticsearch,
    NotFoundError,
    TransportError,
    UnsupportedProductError,
)

from search.engines.base import EngineError
from search.engines.elasticsearch.address import Address
from search.engines.elasticsearch.breaker import Breaker

MAJOR = 8
"""The major version of server and client; each refuses others."""

WRITING = 30.0
MANAGING = 30.0
FINISHING = 500.0
LEASING = 3.0
"""Seconds for writing a batch; for making, swapping and deleting indexes; for putting a new index
safely on the server's disk, which takes long where it is large or the disk slow; for the leases."""

_OVERLOADED = (429, 502, 503, 504)


class ServerAway(EngineError):
    """The server does not answer, or not now; what is asked of it can be asked again later."""


class NameMissing(EngineError):
    """There is no index, alias or row of that name on the server."""


class Server:
    """One cluster, asked by any number of threads."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._breaker = Breaker()
        self._opening = threading.Lock()
        self._clients: dict[float, Elasticsearch] = {}

    @contextmanager
    def reading(self) -> Iterator[Elasticsearch]:
        """Ask on behalf of a reader: soon answered, or refused at once for some seconds."""
        if not self._breaker.lets_through():
            raise ServerAway(
                f"Elasticsearch at {self.address.shown} did not answer a moment ago; it is asked "
                "again in a few seconds."
            )
        try:
            with self.asking(self.address.patience) as client:
                yield client
        except ServerAway:
            self._breaker.failed()
            raise
        except EngineError:
            self._breaker.worked()
            raise
        self._breaker.worked()

    @contextmanager
    def asking(self, seconds: float) -> Iterator[Elasticsearch]:
        """A client that waits so long for each answer. Raises `EngineError` alone."""
        try:
            yield self._clients.get(seconds) or self._open(seconds)
        except ConnectionTimeout as error:
            raise ServerAway(
                f"Elasticsearch at {self.address.shown} did not answer within {seconds:g} s. See "
                "whether it runs and is not overloaded."
            ) from error
        except UnsupportedProductError as error:
            raise EngineError(
                f"{self.address.shown} answers, but is not Elasticsearch {MAJOR}. Start one, or "
                "let SEARCH_URL name another server."
            ) from error
        except TransportError as error:
            raise ServerAway(
                f"Elasticsearch at {self.address.shown} can't be reached "
                f"({type(error).__name__}: {_short(error.message)}). Start it, or let SEARCH_URL "
                "name another server."
            ) from error
        except ApiError as error:
            raise self._refused(error) from error

    def version(self) -> str:
        """The version of the server."""
        try:
            with self.asking(self.address.patience) as client:
                return str(client.info()["version"]["number"])
        except NameMissing as error:
            raise EngineError(
                f"{self.address.shown} answers, but is not Elasticsearch {MAJOR}. Start one, or "
                "let SEARCH_URL name another server."
            ) from error

    def close(self) -> None:
        """Let go of the connections; they are opened again when they are needed."""
        with self._opening:
            clients, self._clients = self._clients, {}
        for client in clients.values():
            client.close()

    def _open(self, seconds: float) -> Elasticsearch:
        """A client that waits so long. Made once: making one takes as long as a search."""
        with self._opening:
            found = self._clients.get(seconds)
            if found is None:
                first = next(iter(self._clients.values()), None) or self._connected()
                found = self._clients[seconds] = first.options(request_timeout=seconds)
        return found

    def _connected(self) -> Elasticsearch:
        address = self.address
        options: dict[str, Any] = {}
        if address.user:
            options["basic_auth"] = address.basic_auth
        if address.ca_certs:
            options["ca_certs"] = address.ca_certs
        if address.ca_certs and not Path(address.ca_certs).is_file():
            raise EngineError(
                f"SEARCH_URL names {address.ca_certs} for ca_certs, which is no file. Put the "
                "certificate of the server's authority there."
            )
        # What may be asked again is asked again by us, who know how long there is left.
        return Elasticsearch(
            list(address.nodes),
            max_retries=len(address.nodes) - 1,
            retry_on_timeout=False,
            **options,
        )

    def _refused(self, error: ApiError) -> EngineError:
        kind, status = _kind(error), error.status_code
        shown = self.address.shown
        if isinstance(error, AuthenticationException):
            return EngineError(
                f"Elasticsearch at {shown} does not accept the user and password. Put them right "
                "in SEARCH_URL: elasticsearch+https://user:password@host:port/prefix."
            )
        if kind == "cluster_block_exception":
            return EngineError(
                f"Elasticsearch at {shown} takes no changes at present ({_short(str(error))}). A "
                "disk that is nearly full is the usual cause: make room, it goes on by itself."
            )
        if isinstance(error, AuthorizationException):
            return EngineError(
                f"Elasticsearch at {shown} does not allow its user what is needed: all rights on "
                f"indexes named {self.address.prefix}.*, and to manage index templates."
            )
        if status in _OVERLOADED:
            return ServerAway(f"Elasticsearch at {shown} is overloaded or starting ({status}).")
        if isinstance(error, NotFoundError):
            return NameMissing(f"Elasticsearch at {shown} has no such index or row ({kind}).")
        return EngineError(
            f"Elasticsearch at {shown} refused what was asked ({status} {kind}: "
            f"{_short(str(error))})."
        )


def _kind(error: ApiError) -> str:
    body = error.body
    found = body.get("error") if isinstance(body, dict) else None
    return str(found.get("type", "")) if isinstance(found, dict) else str(error.message)


def _short(text: str) -> str:
    return " ".join(text.split())[:300]
