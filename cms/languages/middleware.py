"""Every public address carries its language: /ar/…, /zh/…, /en/…, /fr/…, /ru/…, /es/…."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from . import codes

#: A year: the visitor's choice is a preference, not an identity.
COOKIE_SECONDS = 365 * 24 * 60 * 60


def language_of_path(path: str) -> str | None:
    """The code of a path's first segment ("/zh/news/" → "zh"), or None."""
    segment = path.lstrip("/").split("/", 1)[0]
    return segment if segment in codes.BY_CODE else None


def preferred_language(request: HttpRequest, default: str) -> str:
    """The visitor's language where the address names none: cookie, Accept-Language, `default`."""
    return (
        codes.normalise(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME))
        or codes.from_accept_language(request.headers.get("Accept-Language"))
        or default
    )


class LanguageRequest(HttpRequest):
    """A request that has passed the middleware. `language`: the reader's, one of our codes."""

    language: str


class LanguageMiddleware:
    """Sets `request.language` (our code), activates it, and names it in the response.

    The choice is remembered in a cookie that holds nothing but the code. Addresses with a language
    do not vary by header; all others do, except responses marked `has_no_language` (an image).
    """

    def __init__(self, get_response: Callable[[LanguageRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: LanguageRequest) -> HttpResponse:
        from_path = language_of_path(request.path_info)
        default = getattr(request, "default_language", "en")
        request.language = from_path or preferred_language(request, default)
        with codes.override(request.language):
            response = self.get_response(request)
        if getattr(response, "has_no_language", False):
            return response
        if response.has_header("Content-Language") and from_path is None:
            return response  # a view that chose the language itself has said by what (the API)
        if not response.has_header("Content-Language"):
            response["Content-Language"] = request.language
        if from_path is None:
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        elif request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != from_path:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                from_path,
                max_age=COOKIE_SECONDS,
                samesite="Lax",
                secure=request.is_secure(),
                httponly=True,
            )
        return response
