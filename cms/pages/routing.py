"""From an address to a page: one query by whole path, however deep the page lies."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpRequest
from wagtail.url_routing import RouteResult


def _prefixes(root_path: str, components: list[str]) -> Iterator[tuple[str, int]]:
    """(url_path, number of components used) of every page that could answer, the longest first."""
    for used in range(len(components), -1, -1):
        yield root_path + "".join(f"{part}/" for part in components[:used]), used


def route_for_request(request: HttpRequest, path: str) -> RouteResult | None:
    """The page (specific), args and kwargs for a path on the request's site, or None.

    `path` is what follows the language prefix. A page type with routes of its own
    (RoutablePageMixin) gets the components that no page below it takes. Remembered on the request.
    """
    if not hasattr(request, "_wagtail_route_for_request"):
        request._wagtail_route_for_request = _find(request, path)
    return request._wagtail_route_for_request


def _find(request: HttpRequest, path: str) -> RouteResult | None:
    from .models import Page

    profile = getattr(request, "site_profile", None)
    if profile is None:
        return None
    components = [part for part in path.split("/") if part]
    candidates = dict(_prefixes(profile.site.root_page.url_path, components))
    found = {
        page.url_path: page
        for page in Page.objects.filter(url_path__in=list(candidates)).select_related(
            "content_type"
        )
    }
    for url_path, used in candidates.items():
        if url_path in found:
            try:
                return found[url_path].specific.route(request, components[used:])
            except Http404:
                return None
    return None
