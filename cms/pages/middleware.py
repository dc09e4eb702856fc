"""Which site is asked, and pages that were rendered already."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cms.languages import codes
from cms.languages.middleware import preferred_language

from .rendered import find_kept, keep
from .sites import find_profile

#: Addresses that answer the same on every host, known or not (health checks, static files).
HOST_FREE = ("/static/", "/healthz")
#: Addresses that programs ask: they are told in JSON (RFC 9457).
FOR_PROGRAMS = "/api/"


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
            if request.path_info.startswith(FOR_PROGRAMS):
                response = self._problem()
            else:
                response = render(request, "unknown_host.html", {"language": language}, status=404)
        response["Content-Language"] = language
        response["Cache-Control"] = "no-store"
        response["Vary"] = "Accept-Language, Cookie"
        return response

    def _problem(self) -> HttpResponse:
        return JsonResponse(
            {
                "type": "about:blank",
                "title": "Not Found",
                "status": 404,
                "detail": _("No site answers under this host name."),
            },
            status=404,
            content_type="application/problem+json",
        )


class RenderedPageMiddleware:
    """Serves pages that publishing has not changed since they were rendered (`rendered.py`).

    For visitors without a session only.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = self._key(request)
        if key is None:
            return self.get_response(request)
        kept = find_kept(key, request)
        if kept is not None:
            return kept
        response = self.get_response(request)
        keep(key, response)
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
