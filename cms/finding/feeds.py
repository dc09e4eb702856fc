"""Any search as an Atom feed, of what the public may read, whoever asks.

A feed reader can't sign in, and an address that opens more would be a key left lying about.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.access.reading import search_as
from cms.pages.atom import FeedEntry, atom_feed
from search.queries import Sort

from .asking import read
from .presenting import ShownHit, shown_hits

LATEST = 50
"""Entries of a feed."""


@require_safe
def search_feed(request: HttpRequest, language: str) -> HttpResponse:
    """The newest that a search finds, by their own dates: `/fr/search/feed/?q=eau`."""
    asked, faults = read(request.GET)
    if faults or asked.after:
        return HttpResponseBadRequest("\n".join(fault.message for fault in faults))
    if not asked.asks:
        raise Http404
    fields = asked.fields(request.site_profile.code) | {"sort": Sort.NEWEST, "page": 1}
    results = search_as(AnonymousUser(), asked.text, language=language, size=LATEST, **fields)
    if not results.available:
        response = HttpResponse(_("Search is not available at the moment."), status=503)
        response["Retry-After"] = "60"
        return response
    hits = shown_hits(results.hits, language=language, current=None)
    return atom_feed(
        title=_("Search: %(text)s") % {"text": asked.text} if asked.text else _("Search"),
        self_url=request.build_absolute_uri(),
        link=request.build_absolute_uri(f"/{language}/search/{asked.query_string}"),
        language=language,
        entries=[_entry(hit) for hit in hits],
    )


def _entry(hit: ShownHit) -> FeedEntry:
    moment: datetime | None = hit.date
    return FeedEntry(
        title=f"{hit.symbol} · {hit.plain_title}" if hit.symbol else hit.plain_title,
        url=hit.url,
        identifier=hit.url,
        updated=moment,
        published=moment,
        summary="".join(fragment.text for fragment in hit.passage),
        categories=(hit.kind_name,) if hit.kind_name else (),
    )
