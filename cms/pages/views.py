"""The public entry points: a page in a language, and the choice of one where none is named."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from wagtail import views as wagtail_views


def serve(request: HttpRequest, language: str, path: str = "") -> HttpResponse:
    """A page of the request's site in a language. 404 where there is none; a missing final slash
    is added. Who may read it is asked by Wagtail's `on_serve_page` hooks."""
    del language  # LanguageMiddleware has activated it
    last = path.rsplit("/", 1)[-1]
    if last and "." not in last:
        return HttpResponseRedirect(_with_query(request, quote(f"{request.path}/")))
    response = wagtail_views.serve(request, path)
    if getattr(request, "user", None) is not None and request.user.is_authenticated:
        response.setdefault("Cache-Control", "private, no-store")
    return response


def choose_language(request: HttpRequest, path: str = "") -> HttpResponse:
    """An address without a language goes to the visitor's: cookie, Accept-Language, the site's."""
    if not hasattr(request, "site_profile"):
        raise Http404
    return HttpResponseRedirect(_with_query(request, quote(f"/{request.language}/{path}")))


def _with_query(request: HttpRequest, url: str) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{url}?{query}" if query else url
