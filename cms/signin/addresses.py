"""Where a request comes from: the network's word, and that of the proxies that are ours."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class ClientAddressMiddleware:
    """Sets `REMOTE_ADDR` to the visitor's own address where proxies of ours stand before us.

    `TRUSTED_PROXIES` says how many do. Each adds at the right end of X-Forwarded-For the address
    that it was asked from, so the visitor's is the n-th from the right; everything further left was
    written by the visitor and is not believed. With 0 proxies the header counts for nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.TRUSTED_PROXIES:
            told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
            if len(told) >= settings.TRUSTED_PROXIES:
                address = _parsed(told[-settings.TRUSTED_PROXIES])
                if address:
                    request.META["REMOTE_ADDR"] = address
        return self.get_response(request)


def client_address(request: HttpRequest | None) -> str:
    """The visitor's address; "" where there is none (commands, tests)."""
    return _parsed(request.META.get("REMOTE_ADDR", "")) if request is not None else ""


def network(address: str) -> str:
    """What one visitor can choose addresses from: an IPv4 address, the /64 of an IPv6 address."""
    if ":" not in address:
        return address
    return str(ipaddress.ip_network(f"{address}/64", strict=False).network_address)


def _parsed(text: str) -> str:
    """An address in its usual form: without a port, IPv4 in IPv6 as IPv4; "" for anything else."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)
