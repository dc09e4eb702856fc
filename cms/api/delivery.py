"""How a response leaves: checked on the way in, found where it is kept, labelled on the way out.

`governed` stands around every operation of the API, whoever registered it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cache, wraps
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import (  # type: ignore[attr-defined]
    get_conditional_response,
    patch_vary_headers,
    set_response_etag,
)
from ninja.operation import Operation
from ninja.responses import NinjaJSONEncoder

from cms.languages import codes
from cms.pages.rendered import REVALIDATE, find_kept, keep
from cms.tenancy.scope import current, limited_to

from .errors import Problem
from .parameters import Asked, check_request
from .scope import scope_of

JSON = "application/json; charset=utf-8"
PRIVATE = "private, no-store"
_ENCODER = NinjaJSONEncoder(ensure_ascii=False, separators=(",", ":"))

Run = Callable[..., HttpResponse]


def kept_by_site(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a read whose answer depends on the address, the language and the site's content only.

    Its answer to the public is kept until the site changes; its ETag is made of the site's
    version, so that asking again costs no more than reading that.
    """
    view.is_kept_by_site = True  # type: ignore[attr-defined]
    return view


def json_response(
    data: Any, *, languages: Iterable[str] = (), status: int = 200, location: str = ""
) -> HttpResponse:
    """A JSON response. `languages`: those of its content, for Content-Language; `location`: the
    lasting address of what is shown (Content-Location)."""
    response = HttpResponse(_ENCODER.encode(data), status=status, content_type=JSON)
    named = ", ".join(dict.fromkeys(languages))
    if named:
        response["Content-Language"] = named
    if location:
        response["Content-Location"] = location
    return response


def governed(run: Run) -> Run:
    """The decorator of every operation's `run`."""
    operation: Operation = run.__self__  # type: ignore[attr-defined]

    @wraps(run)
    def governed_run(request: HttpRequest, **path_values: Any) -> HttpResponse:
        request.asked = Asked(None, True)
        try:
            check_request(request, operation, path_values)
            request.asked = Asked.of(request)
        except (Problem, Http404) as problem:
            with codes.override(request.language):
                return _finish(request, operation.api.on_exception(request, problem))
        language = request.asked.language or request.default_language
        with codes.override(language), limited_to(current()):
            return _finish(request, _answer(operation, run, request, path_values))

    return governed_run


def _answer(
    operation: Operation, run: Run, request: HttpRequest, path_values: dict[str, Any]
) -> HttpResponse:
    is_kept = getattr(operation.view_func, "is_kept_by_site", False)
    if not is_kept or "Authorization" in request.headers or request.method != "GET":
        return run(request, **path_values)
    try:
        scope = scope_of(request)
    except Problem as problem:
        return operation.api.on_exception(request, problem)
    key = ":".join(
        (
            "api",
            scope.code,
            scope.version,
            request.asked.language or "",
            request.scheme,
            request.get_host(),
            request.get_full_path(),
        )
    )
    key = hashlib.sha256(f"{_release()}:{key}".encode()).hexdigest()[:32]
    etag = f'"{key}"'
    if request.headers.get("If-None-Match", "*") != "*":
        unchanged = get_conditional_response(request, etag=etag)
        if unchanged is not None:
            unchanged["ETag"] = etag
            return unchanged
    kept = find_kept(key, request)
    if kept is not None:
        return kept
    response = run(request, **path_values)
    if response.status_code == 200:
        response["ETag"] = etag
        _label(request, response)
        keep(key, response)
    return response


def _finish(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    _label(request, response)
    if response.status_code == 200 and response["Cache-Control"] == REVALIDATE:
        if not response.has_header("ETag"):
            set_response_etag(response)
        response = get_conditional_response(request, etag=response["ETag"], response=response)
    # What a 304 says, caches write over what they keep (RFC 9111, 4.3.4), whose language holds on.
    response.has_no_language = response.status_code == 304
    return response


def _label(request: HttpRequest, response: HttpResponse) -> None:
    """Content-Language, Vary and Cache-Control, unless they have been said."""
    if not response.has_header("Content-Language") and response.status_code != 304:
        response["Content-Language"] = codes.active()
    if not request.asked.by_parameter:
        patch_vary_headers(response, ("Accept-Language",))
    if response.has_header("Cache-Control"):
        return
    if "Authorization" in request.headers:
        response["Cache-Control"] = PRIVATE
    elif response.status_code in (200, 304):
        response["Cache-Control"] = REVALIDATE
    else:
        response["Cache-Control"] = "no-store"


@cache
def _release() -> str:
    """Names the code that speaks: after a release, what clients have kept is asked for again."""
    rooms = Path(__file__).resolve().parents[2]
    newest = max(
        (
            path.stat().st_mtime_ns
            for room in ("cms", "blocks")
            for path in (rooms / room).rglob("*.py")
        ),
        default=0,
    )
    return str(newest)
