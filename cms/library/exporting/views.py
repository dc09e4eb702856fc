"""Documents given out on the public sites: `?format=` after the address of one, or of the list.

What a reader may not read is not there: in no format, no list and no feed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from cms.access.audiences import audiences_of

from ..selectors import canonical_root, documents_for, find_document, narrowed
from .feed import document_feed
from .formats import FORMATS, export

PARAMETER = "format"
ATOM = "atom"
#: Documents of one export; the whole library is harvested, not exported.
MOST_EXPORTED = 50_000

View = Callable[..., HttpResponseBase]


def exports_document(view: View) -> View:
    """Let the page about a document answer `?format=ris` (csv, marcxml, json) with a file."""

    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, language: str, symbol: str) -> HttpResponseBase:
        if PARAMETER in request.GET:
            document = find_document(symbol.strip("/"), audiences_of(request.user))
            if document is not None:
                name = document.key.replace("/", "_")
                return export_response(request, [document], language=language, name=name)
        return view(request, language=language, symbol=symbol)

    return shown


def exports_list(view: View) -> View:
    """Let the list of documents answer `?format=`, with the filters of the list; `atom`: the
    newest as a feed."""

    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, language: str) -> HttpResponseBase:
        if PARAMETER not in request.GET:
            return view(request, language=language)
        documents = narrowed(documents_for(audiences_of(request.user)), request.GET)
        if request.GET[PARAMETER] == ATOM:
            return finished(request, document_feed(request, documents, language=language))
        return export_response(
            request, documents[:MOST_EXPORTED], language=language, name="documents"
        )

    return shown


def export_response(
    request: HttpRequest, documents: Any, *, language: str, name: str
) -> HttpResponseBase:
    """Documents as a file in the format that a request asks for, streamed.

    `documents`: a queryset or list of those that the reader may see; `name`: of the file, without
    its ending. Raises Http404 for a format that there is none of.
    """
    chosen = FORMATS.get(request.GET.get(PARAMETER, ""))
    if chosen is None:
        raise Http404
    pieces = export(documents, chosen.name, language, root_url=canonical_root(request))
    response = StreamingHttpResponse(pieces, content_type=chosen.media_type)
    file_name = f"{name}.{chosen.extension}"
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return finished(request, response)


def finished(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The response with what caches may do with it: nothing with what a session was shown."""
    if request.user.is_authenticated:
        response["Cache-Control"] = "private, no-store"
    else:
        response.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
    return response


def export_links(query: str = "") -> list[dict[str, Any]]:
    """[{name, label, url, type}] of the formats, for a page; `query`: the list's own filters."""
    begin = f"?{query}&" if query else "?"
    return [
        {
            "name": one.name,
            "label": one.label,
            "url": f"{begin}{PARAMETER}={one.name}",
            "type": one.media_type.split(";")[0],
        }
        for one in FORMATS.values()
    ]
