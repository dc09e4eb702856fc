"""Which sites the portal's home leads to."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse

from cms.access.roles import Permission
from cms.access.selectors import roles_of
from cms.languages import codes
from cms.pages.models import SiteKind, SiteProfile
from cms.pages.rendering import request_language

#: Sites of the Organization, in the order in which the home names them.
KINDS = (SiteKind.DIRECTORY, SiteKind.CANDIWEB, SiteKind.COMMITTEE)


@dataclass(frozen=True)
class NamedSite:
    """A site as the reader sees it named. `role`: the reader's there; `edit_url`: where the reader
    may work on it, else ""."""

    title: str
    lang: str
    dir: str
    url: str
    role: str = ""
    edit_url: str = ""


def other_sites(request: HttpRequest) -> list[NamedSite]:
    """The Organization's sites: directory, CandiWeb, Main Committees. One query."""
    profiles = SiteProfile.objects.filter(kind__in=KINDS).select_related("site", "site__root_page")
    language = request_language(request)
    ordered = sorted(profiles, key=lambda profile: (KINDS.index(profile.kind), profile.code))
    return [_named(profile, language) for profile in ordered]


def own_sites(request: HttpRequest) -> list[NamedSite]:
    """The sites on which the reader holds a role, with the first of their roles. One query."""
    language = request_language(request)
    named: dict[int, NamedSite] = {}
    for held in roles_of(request.user) if request.user.is_authenticated else ():
        if held.site is not None and held.site_id not in named:
            works = held.definition.allows(Permission.USE_ADMIN)
            named[held.site_id] = _named(
                held.site,
                language,
                role=str(held.definition.label),
                edit_url="/admin/" if works else "",
            )
    return list(named.values())


def _named(profile: SiteProfile, language: str, *, role: str = "", edit_url: str = "") -> NamedSite:
    title, title_language = profile.site.root_page.text("title", language)
    return NamedSite(
        title=title,
        lang=title_language,
        dir=codes.direction(title_language),
        url=f"{profile.site.root_url}/{language}/",
        role=role,
        edit_url=edit_url,
    )


def notices_url(user: User, profile: SiteProfile) -> str:
    """Where the notices of a portal are written: the shared details of its home page. No query."""
    edit = reverse("wagtailadmin_pages:edit", args=[profile.site.root_page_id])
    return f"{edit}#tab-details"
