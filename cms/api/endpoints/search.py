"""Searching as the reader that one is: `cms.access.reading.search_as`, told in JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from cms.access.reading import search_as
from cms.languages import codes
from cms.pages.models import SiteProfile, SiteStatus
from search.results import Fragment, Hit

from ..auth import ANYBODY
from ..delivery import json_response
from ..errors import Problem, bad_parameter
from ..parameters import LARGEST_LIMIT, ReadParameters
from ..schemas import SearchResults
from ..scope import scope_of

router = Router(tags=["search"])
LONGEST_QUERY = 500
LAST_PAGE = 1_000


class SearchParameters(ReadParameters):
    """What is looked for."""

    q: str = Field(description="Words, a document's symbol, or both.", max_length=LONGEST_QUERY)
    kind: list[str] = Field([], max_length=20, description="Kinds; may be repeated.")
    page: int = Field(1, ge=1, le=LAST_PAGE)
    limit: int = Field(10, ge=1, le=LARGEST_LIMIT, description="Hits a page, 1 to 100.")


@router.get(
    "/",
    response=SearchResults,
    auth=ANYBODY,
    url_name="search",
    operation_id="search",
    summary="Search",
)
def search(request: HttpRequest, asked: SearchParameters = Query(...)) -> HttpResponse:
    """What the reader may find on the site that is asked, or with `site=all` everywhere; hits in
    the language asked for come first."""
    text = asked.q.strip()
    if not text:
        raise bad_parameter("q", _("Say what to look for."))
    scope = scope_of(request)
    language = request.asked.language or request.default_language
    results = search_as(
        request.user,
        text,
        language=language,
        sites=(scope.code,) if scope.profile else (),
        kinds=tuple(asked.kind),
        page=asked.page,
        size=asked.limit,
    )
    if not results.available:
        raise Problem(503, _("The search can't be asked just now."), headers={"Retry-After": "10"})
    roots = _root_urls(results.hits)
    return json_response(
        {
            "count": results.total,
            "page": results.page,
            "pages": results.pages,
            "items": [_told(hit, roots[hit.site]) for hit in results.hits if hit.site in roots],
        },
        languages=[language],
    )


def _root_urls(hits: Iterable[Hit]) -> dict[str, str]:
    """{site's code: its root address}. One query."""
    # The index follows within seconds; until then what a suspended site says is left out here.
    profiles = SiteProfile.objects.filter(
        code__in={hit.site for hit in hits}, status=SiteStatus.ACTIVE
    )
    return {one.code: one.site.root_url for one in profiles.select_related("site")}


def _told(hit: Hit, root: str) -> dict[str, Any]:
    return {
        "title": hit.plain_title,
        "title_fragments": _fragments(hit.title),
        "passage_fragments": _fragments(hit.passage),
        "highlight_html": highlighted(hit.passage),
        "language": hit.language,
        "direction": codes.direction(hit.language),
        "languages": list(hit.languages),
        "site": hit.site,
        "kind": hit.kind,
        "symbol": hit.symbol,
        "date": hit.date,
        "html_url": root + hit.url,
    }


def _fragments(fragments: Iterable[Fragment]) -> list[dict[str, Any]]:
    return [{"text": one.text, "marked": one.marked} for one in fragments]


def highlighted(fragments: Iterable[Fragment]) -> SafeString:
    """The fragments escaped, with <mark> around what is marked."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>", one.text) if one.marked else one.text,)
            for one in fragments
        ),
    )
