"""Which site a page belongs to, and what its address is there.

Every site's home page is a child of the tree's root, so the first two steps of a page's
materialised path name its site: no list of sites is walked, however many there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.db.models import F
from django.http import HttpRequest
from wagtail.models import Site

if TYPE_CHECKING:
    from .models import Page, SiteProfile

#: treebeard's materialised path: four characters a level; level 2 is a site's home page.
SITE_PATH_LENGTH = 8
_STEP = 4
_remembered: ContextVar[dict[str, SiteProfile | None] | None] = ContextVar("sites", default=None)


def site_path(page: Page) -> str:
    """The materialised path of the home page of a page's site."""
    return page.path[:SITE_PATH_LENGTH]


def line_of(path: str) -> list[str]:
    """The materialised paths from the tree's root down to a page, both included."""
    return [path[:length] for length in range(_STEP, len(path) + 1, _STEP)]


def hold_sites(*page_ids: int) -> None:
    """Wait until nobody else changes the trees of these pages' sites, and keep others waiting until
    the transaction ends. An id that nobody has holds nothing.

    treebeard reads the next free path before it writes it: on PostgreSQL two moves at once took the
    same. SQLite has one writer, and nothing to hold.
    """
    from .models import Page

    possible = [pk for pk in page_ids if pk.bit_length() < 64]  # what a column can hold
    paths = Page._base_manager.filter(pk__in=possible).values_list("path", flat=True)
    homes = {path[:SITE_PATH_LENGTH] for path in paths}
    # In one order for everybody, or two could wait for each other.
    rows = Page._base_manager.select_for_update().filter(path__in=homes).order_by("path")
    list(rows.values_list("pk"))


def hold_page(page_id: int) -> None:
    """Wait until nobody else changes this page, and keep others waiting until the transaction ends:
    who reads its last draft now is the next to save it. SQLite has one writer, and nothing to hold.
    """
    from .models import Page

    if page_id.bit_length() < 64:
        list(Page._base_manager.select_for_update().filter(pk=page_id).values_list("pk"))


def find_profile(hostname: str) -> SiteProfile | None:
    """The site of a host name (any port, letter case ignored), or None. One query.

    Carries the directory's host and port, which every page's frame links to; see `directory_url`.
    """
    from .site_rows import read_profiles

    return next(iter(read_profiles(("site__hostname",), [hostname.lower()])), None)


def profiles_of_codes(site_codes: Collection[str]) -> dict[str, SiteProfile]:
    """{code: profile} of the sites that have one of these codes, suspended ones too. One query,
    none for no codes."""
    from .site_rows import read_profiles

    return {profile.code: profile for profile in read_profiles(("code",), site_codes)}


def profile_named(name: str) -> SiteProfile | None:
    """The site of a code or of a host name (with or without port), in any letter case; None for a
    suspended one. One query."""
    from .site_rows import read_profiles

    code, host = name.lower(), name.lower().rsplit(":", 1)[0]
    for profile in read_profiles(("code", "site__hostname"), {code, host}):
        if not profile.is_suspended and (profile.code == code or profile.site.hostname == host):
            return profile
    return None


def directory_url(profile: SiteProfile, language: str) -> str:
    """The directory of all missions in a language; "" where there is none. No query."""
    host = getattr(profile, "directory_host", None)
    if not host:
        return ""
    return f"{Site(hostname=host, port=profile.directory_port).root_url}/{language}/"


def profile_of(page: Page) -> SiteProfile | None:
    """The profile of the site that a page belongs to, or None (the tree's root). One query."""
    from .site_rows import read_profiles

    return next(iter(read_profiles(("site__root_page__path",), [site_path(page)])), None)


def url_parts(
    page: Page, *, request: HttpRequest | None, language: str
) -> tuple[int, str, str] | None:
    """(site id, "http://host:port", "/fr/news/") of a page; None where no site shows it.

    Costs no query for pages of the request's own site; one for another's, remembered on the page;
    within a request two for those of however many sites.
    """
    profile = getattr(request, "site_profile", None) if request is not None else None
    if profile is None or profile.site.root_page.path != site_path(page):
        profile = getattr(page, "_site_profile", None) or _remembered_profile_of(page)
        page._site_profile = profile
    if profile is None:
        return None
    site = profile.site
    return site.pk, site.root_url, f"/{language}/{page.url_path[len(site.root_page.url_path) :]}"


@contextmanager
def sites_remembered() -> Iterator[None]:
    """For the time of a request: which sites its pages belong to is asked twice at most."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def _remembered_profile_of(page: Page) -> SiteProfile | None:
    """`profile_of`. A list of the Secretariat's shows pages of many sites: at the second one all
    are read at once."""
    from .models import SiteKind
    from .site_rows import read_profiles

    known, path = _remembered.get(), site_path(page)
    if not known:
        found = profile_of(page)
        if known is not None:
            known[path] = found
        return found
    if path not in known:
        every = read_profiles(("kind",), SiteKind.values)
        known |= {profile.site.root_page.path: profile for profile in every}
    return known.setdefault(path, None)


def touch_site_of(page: Page) -> None:
    """Note that what is shown on a page's site has changed."""
    from .models import SiteProfile

    SiteProfile.objects.filter(site__root_page__path=site_path(page)).update(
        version=F("version") + 1
    )


def touch_all_sites() -> None:
    """Note that something shown on every site has changed (a State's name, a document's title)."""
    from .models import SiteProfile

    SiteProfile.objects.update(version=F("version") + 1)


def serve_on_port(port: int) -> int:
    """Make every site's full address say this port, which Wagtail keeps; give the rows changed."""
    changed = Site.objects.exclude(port=port).update(port=port)
    if changed:
        Site.clear_site_root_paths_cache()
        touch_all_sites()
    return changed
