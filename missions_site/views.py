"""Views that belong to no single room: health, search over all rooms, "not found"."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.access.kinds import kind_label
from cms.access.reading import search_as
from cms.languages import codes
from cms.pages.models import SiteProfile, SiteStatus
from cms.pages.rendering import chrome_context

PAGE_SIZE = 10
#: Deeper pages are never asked for by people; a script that asks is told that there are no more.
LAST_PAGE = 100


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 {"status": "ok"} when the database answers."""
    connection.ensure_connection()
    return JsonResponse({"status": "ok"})


@require_safe
def search(request: HttpRequest, language: str) -> HttpResponse:
    """The search page of a site: `q` (text), `scope` ("site" or "all"), `page` (from 1)."""
    text = request.GET.get("q", "").replace("\x00", " ").strip()[:500]
    scope = "all" if request.GET.get("scope") == "all" else "site"
    profile = request.site_profile
    number = _page_number(request.GET.get("page"))
    results = None
    if text:
        results = search_as(
            request.user,
            text,
            language=language,
            sites=() if scope == "all" else (profile.code,),
            page=number,
            size=PAGE_SIZE,
        )
    context = chrome_context(request) | {
        "query": text,
        "scope": scope,
        "results": results,
        "hits": _presented(results.hits if results else (), profile, language),
        "page_number": number,
    }
    response = render(request, "search/results.html", context)
    # What a signed-in reader finds is theirs alone.
    response["Cache-Control"] = "private, no-store" if request.user.is_authenticated else "no-cache"
    return response


def _page_number(raw: str | None) -> int:
    try:
        return min(max(int(raw or 1), 1), LAST_PAGE)
    except ValueError:
        return 1


def _presented(hits: Any, current: SiteProfile, language: str) -> list[dict[str, Any]]:
    """Hits with full addresses and the names of their sites. One query."""
    profiles = {
        profile.code: profile
        for profile in SiteProfile.objects.filter(
            code__in={hit.site for hit in hits}, status=SiteStatus.ACTIVE
        ).select_related("site", "site__root_page")
    }
    presented = []
    for hit in hits:
        profile = profiles.get(hit.site)
        if profile is None:
            continue  # gone or suspended since it was indexed; the outbox is about to say so
        root = "" if profile.pk == current.pk else profile.site.root_url
        name, name_language = profile.site.root_page.text("title", language)
        presented.append(
            {
                "hit": hit,
                "title": hit.title,
                "passage": hit.passage,
                "lang": hit.language,
                "dir": codes.direction(hit.language),
                "url": root + in_language(hit.url, hit.language),
                "languages": [
                    (codes.get(code), root + in_language(hit.url, code)) for code in hit.languages
                ],
                "site_name": name,
                "site_lang": name_language,
                "kind_name": kind_label(hit.kind),
                "date": hit.date,
                "symbol": hit.symbol,
            }
        )
    return presented


def in_language(url: str, language: str) -> str:
    """The same address in another language: ("/en/news/", "fr") → "/fr/news/"."""
    first, _, rest = url.lstrip("/").partition("/")
    return f"/{language}/{rest}" if first in codes.CODES else url


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 with the site's own navigation where the host is known."""
    if hasattr(request, "site_profile"):
        context = chrome_context(request)
    else:
        context = {"language": getattr(request, "language", "en")}
    response = render(request, "404.html", context, status=404)
    response["Cache-Control"] = "no-store"  # what is not published yet may be in a minute
    return response
