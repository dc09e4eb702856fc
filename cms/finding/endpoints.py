"""Searching as the reader that one is: `cms.access.reading`, told in JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.html import escape
from django.utils.translation import gettext as _
from ninja import Query, Router

from cms.access.answers import Answer
from cms.access.reading import answer_as, search_as
from cms.api.auth import ANYBODY
from cms.api.delivery import json_response
from cms.api.errors import Problem, bad_parameter
from cms.api.scope import ALL, find_site
from cms.languages import codes
from search.facets import InvalidFacet, checked, facets
from search.queries import InvalidCursor, Sort
from search.results import Fragment, Hit, Results

from .presenting import in_language, places
from .schemas import SearchResults, SuggestionList, SuggestionParameters, search_parameters
from .suggesting import suggestions_as

router = Router(tags=["search"])
SearchParameters = search_parameters()
_AS_THEY_ARE = ("since", "until", "sort", "spelling", "page", "after")


@router.get(
    "/",
    response=SearchResults,
    auth=ANYBODY,
    url_name="search",
    operation_id="search",
    summary="Search",
)
def search(request: HttpRequest, asked: SearchParameters = Query(...)) -> HttpResponse:  # type: ignore[valid-type]
    """What the reader may find on the site that is asked, or with `site=all` everywhere; hits in
    the language asked for come first."""
    given: dict[str, Any] = asked.dict()
    text, filters = given["q"].strip(), _filters(given)
    if not (text or filters or given["since"] or given["until"] or given["sort"] != Sort.RELEVANCE):
        raise bad_parameter("q", _("Say what to look for."))
    language = request.asked.language or request.default_language
    try:
        results = search_as(
            request.user,
            text,
            language=language,
            sites=_sites(request, given["site"]),
            filters=filters,
            languages=tuple(given["in"]),
            facets=tuple(dict.fromkeys(given["facets"])),
            size=given["limit"],
            **{name: given[name] for name in _AS_THEY_ARE},
        )
    except InvalidCursor:
        raise bad_parameter(
            "after", _("This cursor does not belong to this search: begin again without it.")
        ) from None
    if not results.available:
        raise Problem(503, _("The search can't be asked just now."), headers={"Retry-After": "10"})
    answer = answer_as(request.user, text, language=language) if text else None
    known = places(
        {hit.site for hit in results.hits}, language=language, asked=request.site_profile
    )
    return json_response(
        {
            "count": results.total,
            "page": results.page,
            "pages": results.pages,
            "next": results.next,
            "meant": results.meant,
            "answer": _told_answer(request, answer) if answer else None,
            "facets": _told_facets(results, language),
            "items": [
                _told(hit, known[hit.site].root) for hit in results.hits if hit.site in known
            ],
        },
        languages=[language],
    )


@router.get(
    "/suggestions/",
    response=SuggestionList,
    auth=ANYBODY,
    url_name="search_suggestions",
    operation_id="search_suggestions",
    summary="Titles and symbols as they are typed",
)
def suggestions(request: HttpRequest, asked: SuggestionParameters = Query(...)) -> HttpResponse:
    """What the reader may read whose title or symbol goes on as `q` was begun."""
    language = request.asked.language or request.default_language
    found = suggestions_as(
        request.user,
        asked.q.strip(),
        language=language,
        sites=_sites(request, asked.site),
        size=asked.limit,
    )
    known = places({one.site for one in found}, language=language, asked=request.site_profile)
    items = [
        {
            "title": one.title,
            "language": one.language,
            "direction": codes.direction(one.language),
            "symbol": one.symbol,
            "site": one.site,
            "kind": one.kind,
            "html_url": known[one.site].root + in_language(one.url, one.language),
        }
        for one in found
        if one.site in known
    ]
    return json_response({"items": items}, languages=[language])


def _filters(given: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """{facet: values} of those that narrow; the site is a parameter of its own."""
    filters = {
        name: tuple(str(value) for value in dict.fromkeys(given[name]))
        for name in facets()
        if name != "site" and given.get(name)
    }
    for name, values in filters.items():
        try:
            checked({name: values})
        except InvalidFacet:
            raise bad_parameter(name, _("This is no value to choose.")) from None
    return filters


def _sites(request: HttpRequest, named: list[str]) -> tuple[str, ...]:
    """The codes of the sites asked for, () for all; one query a site. 404 for a site that nobody
    has, also beside “all”."""
    if not named:
        return (request.site_profile.code,)
    names = dict.fromkeys(name.strip().lower() for name in named)
    codes_named = tuple(_site_code(name) for name in names if name != ALL)
    return () if ALL in names else codes_named


def _site_code(name: str) -> str:
    profile = find_site(name)
    if profile is None:
        message = _("There is no site “%(name)s”: give its id, host name or code, or “all”.")
        raise bad_parameter("site", message % {"name": name[:80]}, status=404)
    return profile.code


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
        "html_url": root + in_language(hit.url, hit.language),
        "html_urls": {code: root + in_language(hit.url, code) for code in hit.languages},
    }


def _told_facets(results: Results, language: str) -> list[dict[str, Any]]:
    """The counted facets with what people read. One query a facet at most."""
    known = facets()
    told = []
    for name, values in results.facets.items():
        labels = known[name].labels([one.value for one in values], language)
        told.append(
            {
                "name": name,
                "label": str(known[name].label),
                "values": [
                    {
                        "value": one.value,
                        "label": labels.get(one.value) or one.value,
                        "count": one.count,
                    }
                    for one in values
                ],
            }
        )
    return told


def _told_answer(request: HttpRequest, answer: Answer) -> dict[str, Any]:
    root = request.site_profile.site.root_url
    return {
        "title": answer.title,
        "language": answer.language,
        "direction": codes.direction(answer.language),
        "kind": answer.kind,
        "symbol": answer.symbol,
        "exact": answer.exact,
        "html_url": root + answer.url,
        "html_urls": {code: root + url for code, url in answer.languages.items()},
        "related": [
            {
                "relation": str(link.relation),
                "text": link.text,
                "language": link.language,
                "html_url": root + link.url,
            }
            for link in answer.related
        ],
    }


def _fragments(fragments: Iterable[Fragment]) -> list[dict[str, Any]]:
    return [{"text": one.text, "marked": one.marked} for one in fragments]


def highlighted(fragments: Iterable[Fragment]) -> str:
    """The fragments escaped, with <mark> around what is marked."""
    return "".join(
        f"<mark>{escape(one.text)}</mark>" if one.marked else escape(one.text) for one in fragments
    )
