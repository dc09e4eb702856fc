"""What machines follow of a site: a sitemap of its languages, and a feed of what was released.

Both are the public's, whoever asks: a session opens nothing more. Sitemaps protocol 0.9 with
`xhtml:link` alternates; Atom: RFC 4287.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index as render_index
from django.contrib.sitemaps.views import sitemap as render_sitemap
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cms.languages.fields import column

from .atom import FeedEntry, atom_feed
from .models import Page, PageLanguage
from .rendered import REVALIDATE
from .sites import site_path
from .visibility import nameable

#: Entries of a feed.
LATEST = 50
#: What a room's own part of a map is made by, for a request.
SectionFactory = Callable[[HttpRequest], Sitemap | None]


def _public_pages(request: HttpRequest) -> QuerySet[Page]:
    """The live pages of the request's site that anybody may read. Raises Http404 without a site."""
    profile = getattr(request, "site_profile", None)
    if profile is None:
        raise Http404
    request.user = AnonymousUser()
    home = profile.site.root_page
    return nameable(Page.objects.filter(path__startswith=site_path(home), live=True), request)


class SiteMap(Sitemap):
    """Every language of every public page of a site, each naming the others."""

    limit = 5000  # each is listed in up to six languages; the protocol allows 50,000 addresses

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.root_url = request.site_profile.site.root_url  # type: ignore[attr-defined]

    def items(self) -> QuerySet[Page]:
        released = PageLanguage.objects.filter(is_released=True)
        rows = Prefetch("page_languages", queryset=released, to_attr="released_languages")
        return _public_pages(self.request).order_by("path").prefetch_related(rows)

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: Any = None) -> list[Any]:
        del site, protocol  # a site answers under its own address
        return [
            entry
            for item in self.paginator.page(page).object_list
            for entry in self._entries_of(item)
        ]

    def _entries_of(self, page: Page) -> Iterable[dict[str, Any]]:
        released = {row.language: row.last_released_at for row in page.released_languages}
        addresses = {
            code: f"{self.root_url}{page.url_in(code, self.request)}" for code in page.languages
        }
        alternates = [
            {"lang_code": code, "location": address} for code, address in addresses.items()
        ]
        for code, address in addresses.items():
            yield {
                "location": address,
                "lastmod": released.get(code) or page.last_published_at,
                "alternates": alternates if len(alternates) > 1 else [],
            }


#: More maps than that of a site's pages: {section: factory}, which gives None where a site has
#: none of it. See `register_sitemap`.
_sections: dict[str, SectionFactory] = {}
PAGES = "pages"


def register_sitemap(section: str, factory: SectionFactory) -> None:
    """Let a room add its own addresses to a site's map, under a name. From `AppConfig.ready()`."""
    _sections[section] = factory


def _maps_of(request: HttpRequest) -> dict[str, Sitemap]:
    """{section: map} of a site. Raises Http404 without a site."""
    _public_pages(request)
    made = {name: factory(request) for name, factory in _sections.items()}
    return {PAGES: SiteMap(request)} | {name: one for name, one in made.items() if one}


def sitemap(request: HttpRequest, section: str = "") -> HttpResponse:
    """`/sitemap.xml` of a site; where it has more than pages, the list of `/sitemap-<section>.xml`.
    `?p=2` goes on where one is long."""
    maps = _maps_of(request)
    if section and section not in maps:
        raise Http404
    response: HttpResponse
    if section or len(maps) == 1:
        response = render_sitemap(request, {"": maps[section or PAGES]})
    else:
        response = render_index(request, maps, sitemap_url_name="sitemap_section")
    response.headers["Cache-Control"] = REVALIDATE
    return response


def release_feed(request: HttpRequest, language: str) -> HttpResponse:
    """What was released last on a site in one language: `/fr/feed/`, Atom."""
    pages = _public_pages(request)
    site = request.site_profile.site  # type: ignore[attr-defined]
    rows = PageLanguage.objects.filter(
        language=language, is_released=True, page__in=pages.values("pk")
    )
    found = rows.select_related("page").order_by("-last_released_at", "page")[:LATEST]
    return atom_feed(
        title=site.root_page.text("title", language)[0],
        subtitle=_("What was published last on this site in this language."),
        link=f"{site.root_url}/{language}/",
        self_url=site.root_url + reverse("feed", kwargs={"language": language}),
        language=translation.get_language(),
        entries=[_entry(row, request, site.root_url) for row in found],
    )


def _entry(row: PageLanguage, request: HttpRequest, root_url: str) -> FeedEntry:
    return FeedEntry(
        title=str(getattr(row.page, column("title", row.language))),
        summary=getattr(row.page, column("search_description", row.language)) or "",
        url=root_url + (row.page.url_in(row.language, request) or ""),
        identifier=f"urn:uuid:{row.page.translation_key}#{row.language}",
        published=row.first_released_at,
        updated=row.last_released_at,
    )
