"""Responses that were rendered already: kept, found again, and never served after a change.

One mechanism for HTML pages and for the API. Whoever keeps a response names it by a key that holds
the version of the site's content (`SiteProfile.version`, raised by every publication), so that
what was withdrawn is never found again.
"""

from __future__ import annotations

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, set_response_etag  # type: ignore[attr-defined]

#: Shared caches may keep it, but ask each time whether it still holds.
REVALIDATE = "public, max-age=0, must-revalidate"
#: A key without a change is still read again after an hour.
SECONDS = 3600

#: Names in a query string that change what a page shows; see `know_parameters`.
_known: set[str] = set()


def know_parameters(*names: str) -> None:
    """Keep rendered pages by these parameters too. Filled from `AppConfig.ready()`.

    Addresses with any other parameter are rendered each time: whoever makes them up would fill the
    cache with the same page under a thousand names.
    """
    _known.update(names)


def is_known_address(request: HttpRequest) -> bool:
    """Whether a query string, if any, holds known parameters alone, each of them once."""
    given = request.GET.lists()
    return all(name in _known and len(values) == 1 for name, values in given)


def find_kept(key: str, request: HttpRequest) -> HttpResponse | None:
    """The response kept under a key, or 304 where the client has it; None where there is none."""
    kept = caches["rendered"].get(key)
    if kept is None:
        return None
    headers, content = kept
    whole = HttpResponse(content, headers=headers)
    response = get_conditional_response(request, etag=headers["ETag"], response=whole)
    if whole.has_header("Content-Language"):
        # A 304 too: caches write what it says over what they keep (RFC 9111, 4.3.4).
        response["Content-Language"] = whole["Content-Language"]
    return response


def keep(key: str, response: HttpResponse) -> bool:
    """Keep a response that is everybody's, with an ETag; give whether it may be kept."""
    if not _may_be_kept(response):
        return False
    response.setdefault("Cache-Control", REVALIDATE)
    if not response.has_header("ETag"):
        set_response_etag(response)
    caches["rendered"].set(key, (dict(response.headers), response.content), SECONDS)
    return True


def _may_be_kept(response: HttpResponse) -> bool:
    """Not what is private, sets a cookie, is streamed or was not found."""
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("Set-Cookie")
        and "private" not in response.get("Cache-Control", "")
        and "no-store" not in response.get("Cache-Control", "")
    )
