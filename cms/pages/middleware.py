"""Which site is asked, and pages that were rendered already."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cms.languages import codes
from cms.languages.middleware import language_of_path, preferred_language

from .rendered import find_kept, is_known_address, keep
from .sites import directory_url, find_profile, sites_remembered

if TYPE_CHECKING:
    from .models import SiteProfile

#: Addresses that answer the same on every host, known or not (health checks, static files).
HOST_FREE = ("/static/", "/healthz")
#: Addresses that programs ask: they are told in JSON (RFC 9457).
FOR_PROGRAMS = "/api/"
#: Addresses that a suspended site still answers: the Secretariat may work on any host.
FOR_STAFF = "/admin/"
#: A suspension may end any time: whoever asks by machine may ask again tomorrow (seconds).
ASK_AGAIN = 24 * 60 * 60


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
        if profile.is_suspended and not request.path_info.startswith(FOR_STAFF):
            return self._suspended(request, profile)
        request.site_profile = profile
        request.default_language = profile.site.root_page.source_language or "en"
        request._wagtail_site = profile.site  # what Site.find_for_request would look up again
        with sites_remembered():
            return self.get_response(request)

    def _unknown_host(self, request: HttpRequest) -> HttpResponse:
        language = preferred_language(request, "en")
        return self._instead(request, "unknown_host.html", language=language, status=404)

    def _suspended(self, request: HttpRequest, profile: SiteProfile) -> HttpResponse:
        """503 in the visitor's language with nothing of the site: it comes back, so search engines
        should neither show this page nor forget the others."""
        home = profile.site.root_page
        default = home.source_language or "en"
        language = language_of_path(request.path_info) or preferred_language(request, default)
        directory = directory_url(profile, language)
        response = self._instead(
            request, "suspended.html", language=language, status=503, directory_url=directory
        )
        response["Retry-After"] = str(ASK_AGAIN)
        response["X-Robots-Tag"] = "noindex"
        return response

    def _instead(
        self, request: HttpRequest, template: str, *, language: str, status: int, **context: str
    ) -> HttpResponse:
        """A page in the place of a site, kept by no cache; for programs, a problem."""
        request.language = language
        with codes.override(language):
            if request.path_info.startswith(FOR_PROGRAMS):
                response = self._problem(status)
            else:
                told = {"language": language, "all_languages": codes.LANGUAGES, **context}
                response = render(request, template, told, status=status)
        response["Content-Language"] = language
        response["Cache-Control"] = "no-store"
        response["Vary"] = "Accept-Language, Cookie"
        return response

    def _problem(self, status: int) -> HttpResponse:
        """RFC 9457."""
        suspended = status == HTTPStatus.SERVICE_UNAVAILABLE
        return JsonResponse(
            {
                "type": "about:blank",
                "title": HTTPStatus(status).phrase,
                "status": status,
                "detail": _("This site is closed for the time being.")
                if suspended
                else _("No site answers under this host name."),
            },
            status=status,
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
            or not is_known_address(request)
        ):
            return None
        # The same question asked in another order or spelling finds the same answer.
        query = urlencode(sorted(request.GET.items()))
        asked = f"{profile.pk}:{profile.version}:{request.path}?{query}"
        return sha256(asked.encode()).hexdigest()  # a cache's keys hold no spaces and end somewhere
