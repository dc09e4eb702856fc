"""Views that belong to no single room: health, "not found"."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.pages.rendering import chrome_context


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 {"status": "ok"} when the database answers."""
    connection.ensure_connection()
    return JsonResponse({"status": "ok"})


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 with the site's own navigation where the host is known."""
    if hasattr(request, "site_profile"):
        context = chrome_context(request)
    else:
        context = {"language": getattr(request, "language", "en")}
    response = render(request, "404.html", context, status=404)
    response["Cache-Control"] = "no-store"  # what is not published yet may be in a minute
    return response
