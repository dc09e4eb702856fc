"""The request in which something is done, for whoever records it: kept, not looked into.

Costs a public page one assignment. Nothing is read from the session unless something is recorded.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

_request: ContextVar[HttpRequest | None] = ContextVar("audited_request", default=None)


class AuditMiddleware:
    """Remembers the request while it is answered. After what corrects `REMOTE_ADDR`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        remembered = _request.set(request)
        try:
            return self.get_response(request)
        finally:
            _request.reset(remembered)


@dataclass(frozen=True)
class Origin:
    """Where something was done from. `address`: None in commands and jobs; `session`: "" there."""

    address: str | None = None
    session: str = ""


def origin() -> Origin:
    """Where the running request comes from. No query."""
    request = _request.get()
    if request is None:
        return Origin()
    return Origin(parsed_address(request.META.get("REMOTE_ADDR", "")), _session_of(request))


def parsed_address(text: object) -> str | None:
    """An internet address, or None for anything else."""
    try:
        return str(ipaddress.ip_address(str(text).partition("%")[0]))
    except ValueError:
        return None


def _session_of(request: HttpRequest) -> str:
    """ "token 12", or a fingerprint by which two sessions differ and neither can be used."""
    token = getattr(getattr(request, "auth", None), "pk", None)
    if token is not None:
        return f"token {token}"
    key = getattr(getattr(request, "session", None), "session_key", None)
    return salted_hmac("cms.audit.session", key).hexdigest()[:8] if key else ""
