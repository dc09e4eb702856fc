"""The search page, the page of all values of a facet, and suggestions while typing."""

from __future__ import annotations

from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.cache import (  # type: ignore[attr-defined]
    get_conditional_response,
    patch_vary_headers,
    set_response_etag,
)
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.access.reading import answer_as, search_as
from cms.languages import codes
from cms.pages.rendering import chrome_context
from search.facets import facets
from search.queries import InvalidCursor, Sort
from search.results import Results, Suggestion

from .asking import LAST_PAGE, PAGE_SIZE, Fault, Scope, Search, read
from .models import Frequency
from .narrowing import chips, every_choice, names_for, shown_facets
from .presenting import shown_answer, shown_hits, shown_suggestions
from .suggesting import suggestions_as, suggestions_from

SUGGESTIONS = 8
MOST_FAULTS = 10
SORTS = {
    Sort.RELEVANCE: lambda: _("Best match"),
    Sort.NEWEST: lambda: _("Newest first"),
    Sort.OLDEST: lambda: _("Oldest first"),
    Sort.SYMBOL: lambda: _("By symbol"),
}


@require_safe
def search(request: HttpRequest, language: str) -> HttpResponse:
    """The search page; its parameters are those of `asking.read`. 400 for any that it can't use,
    with the form kept."""
    asked, faults = read(request.GET)
    if asked.contradicts_itself and not faults:
        return HttpResponseRedirect(asked.without_facet("site").query_string)
    results = None
    if asked.asks and not faults:
        try:
            results = search_as(
                request.user,
                asked.text,
                language=language,
                facets=names_for(asked),
                size=PAGE_SIZE,
                **asked.fields(request.site_profile.code),
            )
        except InvalidCursor:
            faults = (Fault(parameter="after", message=_("This list does not go on from there.")),)
    context = _form_context(request, asked) | {"faults": faults[:MOST_FAULTS], "results": results}
    if results is not None:
        context |= _results_context(request, asked, results)
    status = HTTPStatus.BAD_REQUEST if faults else HTTPStatus.OK
    return _private(request, render(request, "finding/search.html", context, status=status))


@require_safe
def facet_list(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """All values of one facet among what a search finds, by name, to choose from."""
    facet = facets().get(name)
    asked, faults = read(request.GET)
    if facet is None or faults:
        raise Http404
    results = search_as(
        request.user,
        asked.text,
        language=language,
        **(asked.fields(request.site_profile.code) | {"after": "", "page": 1}),
        facets=(name,),
        size=1,
    )
    rest = asked.without_facet(name).anew(find={})
    context = chrome_context(request) | {
        "search": asked,
        "facet": facet,
        "choices": every_choice(facet, results.facets.get(name, ()), asked, language),
        "total": len(results.facets.get(name, ())),
        "find": asked.find.get(name, ""),
        "available": results.available,
        "rest": rest.pairs(),
        "back_url": f"/{language}/search/{asked.anew(find={}).query_string}",
    }
    return _private(request, render(request, "finding/facet_list.html", context))


@require_safe
def suggestions(request: HttpRequest, language: str) -> HttpResponse:
    """Titles that go on as `q` was begun: JSON, or a page for who asks for one (no script)."""
    asked, faults = read(request.GET)
    found = () if faults else _begun(request, asked)
    shown = shown_suggestions(found, language=language, current=request.site_profile)
    status = HTTPStatus.BAD_REQUEST if faults else HTTPStatus.OK
    if request.get_preferred_type(["application/json", "text/html"]) == "text/html":
        context = _form_context(request, asked) | {"suggestions": shown, "faults": faults}
        response = render(request, "finding/suggestions.html", context, status=status)
    else:
        told = {
            "query": asked.text,
            "suggestions": [asdict(one) for one in shown],
            "faults": [asdict(one) for one in faults[:MOST_FAULTS]],
        }
        response = JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})
    patch_vary_headers(response, ("Accept",))
    response = _private(request, response)
    if status != HTTPStatus.OK or request.user.is_authenticated:
        return response
    set_response_etag(response)
    return get_conditional_response(request, etag=response["ETag"], response=response)


def _begun(request: HttpRequest, asked: Search) -> tuple[Suggestion, ...]:
    ask = {"language": request.language, "size": SUGGESTIONS}
    if asked.scope is Scope.ALL:
        return suggestions_as(request.user, asked.text, **ask)
    return suggestions_from(request.user, asked.text, site=request.site_profile.code, **ask)


def _private(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What a reader finds is kept by no cache on the way; what a signed-in one finds, by none."""
    kept_nowhere = request.user.is_authenticated or response.status_code != HTTPStatus.OK
    response["Cache-Control"] = "private, no-store" if kept_nowhere else "private, no-cache"
    return response


def _form_context(request: HttpRequest, asked: Search) -> dict[str, Any]:
    return chrome_context(request) | {
        "search": asked,
        # The search box of the header shows the words too.
        "query": asked.text,
        "all_languages": codes.LANGUAGES,
        "sorts": [(sort, name()) for sort, name in SORTS.items()],
        "site_is_all": asked.scope is Scope.ALL,
    }


def _results_context(request: HttpRequest, asked: Search, results: Results) -> dict[str, Any]:
    language = request.language
    shown = shown_facets(results.facets, asked, language)
    is_first = asked.page == 1 and not asked.after
    answer = answer_as(request.user, asked.text, language=language) if is_first else None
    return {
        "hits": shown_hits(results.hits, language=language, current=request.site_profile),
        "facets": shown,
        "chips": chips(asked, shown, language),
        "clear_url": asked.with_nothing_chosen().query_string,
        "answer": shown_answer(answer) if answer else None,
        "meant_url": asked.anew(text=results.meant).query_string if results.meant else "",
        "as_typed_url": asked.anew(spelling=False).query_string if results.meant else "",
        "elsewhere_total": _elsewhere(request, asked, results),
        "everywhere_url": asked.anew(scope=Scope.ALL).query_string,
        "first_url": asked.anew().query_string,
        "keep_query": asked.anew(find={}).query_string.removeprefix("?"),
        "frequencies": Frequency.choices,
        "is_beyond": results.total > 0 and not results.hits,
        **_pages(asked, results),
    }


def _pages(asked: Search, results: Results) -> dict[str, Any]:
    """Addresses of the pages before and after; a list by date or symbol goes on by cursor."""
    by_cursor = asked.sort is not Sort.RELEVANCE or not asked.text
    following = ""
    if results.next and by_cursor:
        following = asked.anew(page=asked.page + 1, after=results.next).query_string
    elif results.next and asked.page < LAST_PAGE:
        following = asked.anew(page=asked.page + 1).query_string
    before = min(asked.page - 1, LAST_PAGE)
    return {
        "next_url": following,
        "previous_url": asked.anew(page=before).query_string if before else "",
        "pages": -(-results.total // PAGE_SIZE) if by_cursor else results.pages,
        "first_number": (asked.page - 1) * PAGE_SIZE + 1,
        "last_number": (asked.page - 1) * PAGE_SIZE + len(results.hits),
    }


def _elsewhere(request: HttpRequest, asked: Search, results: Results) -> int:
    """How much other sites have where this one has nothing; asked only then."""
    if results.total or not results.available or asked.scope is Scope.ALL:
        return 0
    fields = asked.fields(request.site_profile.code) | {"sites": ()}
    found = search_as(request.user, asked.text, language=request.language, size=1, **fields)
    return found.total
