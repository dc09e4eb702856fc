"""What machines follow of a site: a sitemap of its languages, and a feed of what was released.

Both are the public's, whoever asks: a session opens nothing more. Sitemaps protocol 0.9 with
`xhtml:link` alternates; Atom: RFC 4287.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as render_sitemap
from django.contrib.syndication.views import Feed
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from cms.languages.fields import column

from .models import Page, PageLanguage
from .rendered import REVALIDATE
from .sites import site_path
from .visibility import nameable

#: Entries of a feed.
LATEST = 50


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


def sitemap(request: HttpRequest) -> HttpResponse:
    """`/sitemap.xml` of a site; `?p=2` goes on where it is long."""
    _public_pages(request)  # 404 without a site
    response: HttpResponse = render_sitemap(request, {"pages": SiteMap(request)})
    response.headers["Cache-Control"] = REVALIDATE
    return response


class ReleaseFeed(Feed):
    """What was released last on a site in one language: `/fr/feed/`, Atom."""

    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        response.headers["Cache-Control"] = REVALIDATE
        return response

    def get_object(self, request: HttpRequest, language: str) -> tuple[HttpRequest, str]:
        _public_pages(request)  # 404 without a site
        return request, language

    def title(self, asked: tuple[HttpRequest, str]) -> str:
        home = self._home(asked[0])
        return home.text("title", asked[1])[0]

    def subtitle(self, asked: tuple[HttpRequest, str]) -> str:
        del asked
        return _("What was published last on this site in this language.")

    def link(self, asked: tuple[HttpRequest, str]) -> str:
        return f"{self._root_url(asked[0])}/{asked[1]}/"

    def feed_url(self, asked: tuple[HttpRequest, str]) -> str:
        return self._root_url(asked[0]) + reverse("feed", kwargs={"language": asked[1]})

    def items(self, asked: tuple[HttpRequest, str]) -> list[PageLanguage]:
        request, language = asked
        rows = PageLanguage.objects.filter(
            language=language, is_released=True, page__in=_public_pages(request).values("pk")
        )
        found = list(rows.select_related("page").order_by("-last_released_at", "page")[:LATEST])
        for row in found:
            row.address = self._root_url(request) + (row.page.url_in(language, request) or "")
        return found

    def item_title(self, item: PageLanguage) -> str:
        return str(getattr(item.page, column("title", item.language)))

    def item_description(self, item: PageLanguage) -> str:
        return getattr(item.page, column("search_description", item.language)) or ""

    def item_link(self, item: PageLanguage) -> str:
        return str(item.address)  # type: ignore[attr-defined]

    def item_guid(self, item: PageLanguage) -> str:
        return f"urn:uuid:{item.page.translation_key}#{item.language}"

    def item_pubdate(self, item: PageLanguage) -> datetime | None:
        return item.first_released_at

    def item_updateddate(self, item: PageLanguage) -> datetime | None:
        return item.last_released_at

    def _home(self, request: HttpRequest) -> Page:
        home: Page = request.site_profile.site.root_page  # type: ignore[attr-defined]
        return home

    def _root_url(self, request: HttpRequest) -> str:
        return str(request.site_profile.site.root_url)  # type: ignore[attr-defined]
