"""How busy every site is, for the Secretariat: two queries, however many sites there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.paginator import Page as PageOfSites
from django.core.paginator import Paginator
from django.db.models import Count, Max, Q
from django.db.models.functions import Substr
from django.urls import reverse

from cms.languages import codes
from cms.languages.collation import sort_key
from cms.languages.fields import column
from cms.pages.models import Page, SiteKind, SiteProfile
from cms.pages.sites import SITE_PATH_LENGTH

SITES_A_PAGE = 20
ORDERS = ("activity", "name")
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class SiteActivity:
    """One site. `pages`, `drafts`: numbers of pages, of pages with unpublished changes."""

    code: str
    kind: str
    title: str
    lang: str
    dir: str
    url: str
    explore_url: str
    pages: int = 0
    drafts: int = 0
    last_published: datetime | None = None


def counts_by_site(paths: list[str] | None = None) -> dict[str, dict[str, Any]]:
    """{path of the home page: {"pages", "drafts", "last"}}, of all sites or of some. One query."""
    pages = Page.objects.filter(depth__gte=2)
    if paths is not None:
        wanted = Q(pk__in=())
        for path in paths:
            wanted |= Q(path__startswith=path)
        pages = pages.filter(wanted)
    rows = (
        pages.order_by()
        .annotate(site_path=Substr("path", 1, SITE_PATH_LENGTH))
        .values("site_path")
        .annotate(
            pages=Count("pk", filter=Q(live=True)),
            drafts=Count("pk", filter=Q(has_unpublished_changes=True)),
            last=Max("last_published_at"),
        )
    )
    return {row["site_path"]: row for row in rows}


def site_activity(
    *, kind: str = "", find: str = "", order: str = "activity", number: str | int = 1
) -> PageOfSites:
    """A page of sites. `kind`: a value of SiteKind; `find`: a part of a code or of a name in any
    language; `order`: "activity" (last published first) or "name"; `number`: of the page."""
    counts = counts_by_site()
    sites = [_activity(row, counts) for row in _rows(kind, find)]
    by_name = sort_key(codes.active())
    sites.sort(key=lambda site: by_name(site.title))
    if order != "name":
        sites.sort(key=lambda site: site.last_published or _NEVER, reverse=True)
    return Paginator(sites, SITES_A_PAGE).get_page(number)


def _rows(kind: str, find: str) -> list[SiteProfile]:
    profiles = SiteProfile.objects.select_related("site", "site__root_page")
    if kind in SiteKind.values:
        profiles = profiles.filter(kind=kind)
    if find:
        matches = Q(code__icontains=find)
        for code in codes.CODES:
            matches |= Q(**{f"site__root_page__{column('title', code)}__icontains": find})
        profiles = profiles.filter(matches)
    return list(profiles)


def _activity(profile: SiteProfile, counts: dict[str, dict[str, Any]]) -> SiteActivity:
    home = profile.site.root_page
    title, language = home.text("title", codes.active())
    count = counts.get(home.path, {})
    return SiteActivity(
        code=profile.code,
        kind=str(profile.get_kind_display()),
        title=title,
        lang=language,
        dir=codes.direction(language),
        url=profile.site.root_url,
        explore_url=reverse("wagtailadmin_explore", args=[home.pk]),
        pages=count.get("pages", 0),
        drafts=count.get("drafts", 0),
        last_published=count.get("last"),
    )
