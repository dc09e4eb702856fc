"""Which site is asked, and pages that were rendered already."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, set_response_etag  # type: ignore[attr-defined]

from cms.languages import codes
from cms.languages.middleware import preferred_language

from .sites import find_profile

#: Addresses that answer the same on every host, known or not (health checks, static files).
HOST_FREE = ("/static/", "/healthz")


class SiteMiddleware:
    """Sets `request.site_profile`; an unknown host gets a helpful 404 that names no other host.

    Wagtail would answer an unknown host with the default site, so anybody's domain could show it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(HOST_FREE):
            return self.get_response(request)
        hostname = request.get_host().rsplit(":", 1)[0]
        profile = find_profile(hostname)
        if profile is None:
            return self._unknown_host(request)
        request.site_profile = profile
        request.default_language = profile.site.root_page.source_language or "en"
        request._wagtail_site = profile.site  # what Site.find_for_request would look up again
        return self.get_response(request)

    def _unknown_host(self, request: HttpRequest) -> HttpResponse:
        language = preferred_language(request, "en")
        request.language = language
        with codes.override(language):
            response = render(request, "unknown_host.html", {"language": language}, status=404)
        response["Content-Language"] = language
        response["Cache-Control"] = "no-store"
        response["Vary"] = "Accept-Language, Cookie"
        return response


class RenderedPageMiddleware:
    """Serves what publishing has not changed since it was rendered.

    For visitors without a session only. The key holds the site's version, which every publication
    on the site raises, so nothing is ever served after it was withdrawn; a response that is
    private, sets a cookie or was not found is never kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.cache = caches["rendered"]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = self._key(request)
        if key is None:
            return self.get_response(request)
        kept = self.cache.get(key)
        if kept is not None:
            headers, content = kept
            response = HttpResponse(content, headers=headers)
            return get_conditional_response(request, etag=headers["ETag"], response=response)
        response = self.get_response(request)
        if self._may_be_kept(response):
            response.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
            set_response_etag(response)
            self.cache.set(key, (dict(response.headers), response.content), 3600)
        return response

    def _key(self, request: HttpRequest) -> str | None:
        profile = getattr(request, "site_profile", None)
        if (
            profile is None
            or request.method != "GET"
            or settings.SESSION_COOKIE_NAME in request.COOKIES
            or request.path_info.split("/", 2)[1] not in codes.CODES
        ):
            return None
        return f"{profile.pk}:{profile.version}:{request.get_full_path()}"

    def _may_be_kept(self, response: HttpResponse) -> bool:
        return (
            response.status_code == 200
            and not response.streaming
            and not response.cookies
            and not response.has_header("Set-Cookie")
            and "private" not in response.get("Cache-Control", "")
            and "no-store" not in response.get("Cache-Control", "")
        )
