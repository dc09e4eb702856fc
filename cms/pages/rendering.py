"""What a template knows of a page: the languages, the navigation, how to name another page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from cms.languages import codes

from . import parallel
from .sites import directory_url, line_of, site_path
from .visibility import nameable

if TYPE_CHECKING:
    from .models import Page


@dataclass(frozen=True)
class LocalizedPage:
    """Another page named for the reader: title in the best language, address in the reader's."""

    page: Page
    title: str
    language: str
    direction: str
    url: str
    current: bool = False
    children: list[LocalizedPage] = field(default_factory=list)

    # Attribute names of HTML, for templates.
    @property
    def lang(self) -> str:
        return self.language

    @property
    def dir(self) -> str:
        return self.direction


@dataclass(frozen=True)
class LanguageChoice:
    """One entry of the language menu. `exists`: whether the page has this language."""

    code: str
    name: str
    dir: str
    url: str
    exists: bool
    current: bool


def localize(page: Page, request: HttpRequest, *, current: bool = False) -> LocalizedPage:
    """Name a page for the reader of this request (`request.language`)."""
    reader = request_language(request)
    title, language = page.text("title", reader)
    return LocalizedPage(
        page=page,
        title=title,
        language=language,
        direction=codes.direction(language),
        url=page.url_in(reader, request) or "",
        current=current,
    )


def request_language(request: HttpRequest) -> str:
    """The reader's language: the address's, else the thread's."""
    return getattr(request, "language", None) or codes.active()


def language_menu(page: Page, request: HttpRequest) -> list[LanguageChoice]:
    """All six languages, in the UN's order, each saying whether the page has it."""
    reader, existing = request_language(request), page.languages
    return [
        LanguageChoice(
            code=language.code,
            name=language.name,
            dir=language.direction,
            url=page.url_in(language.code, request) or "",
            exists=language.code in existing,
            current=language.code == reader,
        )
        for language in codes.LANGUAGES
    ]


def navigation(page: Page, request: HttpRequest) -> list[LocalizedPage]:
    """The sections of a page's site: live children of its home that ask for it, and that the
    reader may know of. One query."""
    from .models import Page as BasePage

    sections = BasePage.objects.filter(
        path__startswith=site_path(page), depth=3, live=True, show_in_menus=True
    ).order_by("path")
    sections = nameable(sections, request)
    return [
        localize(section, request, current=page.path.startswith(section.path))
        for section in sections
    ]


def breadcrumbs(page: Page, request: HttpRequest) -> list[LocalizedPage]:
    """The pages from the site's home down to this page's parent. At most one query."""
    from .models import Page as BasePage

    if page.depth <= 2:
        return []
    steps = BasePage.objects.filter(path__in=line_of(page.path)[1:-1]).order_by("path")
    return [localize(step, request) for step in steps]


def localize_all(pages: Iterable[Page], request: HttpRequest) -> list[LocalizedPage]:
    """Name each page for the reader; no query for pages of the request's own site."""
    return [localize(page, request) for page in pages]


def page_context(page: Page, request: HttpRequest) -> dict[str, Any]:
    """The context of every page template (docs/howto/add-a-page-type.md)."""
    served = page.best_language(request_language(request))
    menu = language_menu(page, request)
    profile = getattr(request, "site_profile", None)
    site_url = profile.site.root_url if profile else ""
    return chrome_context(request, current=page) | {
        "served_language": served,
        "served_django_language": codes.get(served).django_code,
        "served_direction": codes.direction(served),
        "served_language_name": codes.get(served).name,
        "languages": menu,
        "alternates": [
            {"code": choice.code, "url": site_url + choice.url} for choice in menu if choice.exists
        ],
        "canonical_url": site_url + (page.url_in(served, request) or ""),
        "breadcrumb": breadcrumbs(page, request),
        "parallel_url": parallel.address(page, request),
    }


def chrome_context(request: HttpRequest, *, current: Page | None = None) -> dict[str, Any]:
    """What surrounds the content, in the reader's language; also for pages that are no `Page`
    (search, sign-in, 404), which exist in all six languages. Needs `request.site_profile`."""
    reader = request_language(request)
    profile = getattr(request, "site_profile", None)
    home = profile.site.root_page if profile else None
    site_name, site_name_language = home.text("title", reader) if home else ("", reader)
    return {
        "language": reader,
        "direction": codes.direction(reader),
        "served_language": reader,
        "served_django_language": codes.get(reader).django_code,
        "served_direction": codes.direction(reader),
        "served_language_name": codes.get(reader).name,
        "languages": _interface_languages(request, reader),
        "alternates": [],
        "canonical_url": "",
        "navigation": navigation(current or home, request) if home else [],
        "breadcrumb": [],
        "site_profile": profile,
        "site_kind": profile.kind if profile else "directory",
        "site_name": site_name,
        "site_name_language": site_name_language,
        "site_name_direction": codes.direction(site_name_language),
        "home_url": f"/{reader}/",
        "search_url": f"/{reader}/search/",
        "directory_url": directory_url(profile, reader) if profile else "",
        "logout_url": "/_util/logout/",
    }


def _interface_languages(request: HttpRequest, reader: str) -> list[LanguageChoice]:
    path = request.get_full_path()
    rest = path[len(f"/{reader}") :] if path.startswith(f"/{reader}/") else "/"
    return [
        LanguageChoice(
            code=language.code,
            name=language.name,
            dir=language.direction,
            url=f"/{language.code}{rest}",
            exists=True,
            current=language.code == reader,
        )
        for language in codes.LANGUAGES
    ]
