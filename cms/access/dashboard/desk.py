"""Whose desk it is: the user's roles and sites, looked up once a request."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from cms.access.models import RoleGroup
from cms.access.roles import ROLES, Permission, Scope
from cms.access.selectors import roles_of
from cms.languages import codes
from cms.pages.models import Page, SiteProfile


@dataclass(frozen=True)
class DeskSite:
    """A site on the user's desk. `roles`: names of theirs there; `languages`: those that they
    write in (all six, unless they only translate)."""

    profile: SiteProfile
    roles: tuple[str, ...]
    permissions: frozenset[Permission]
    languages: frozenset[str]

    @property
    def path(self) -> str:
        """The materialised path of the site's home page."""
        return self.profile.site.root_page.path


@dataclass(frozen=True)
class Desk:
    """A user's own work. `everywhere`: whether they work for the Secretariat; their own sites are
    then those that belong to nobody else (directory, portal)."""

    user: User
    everywhere: bool
    sites: tuple[DeskSite, ...]

    @property
    def pages(self) -> QuerySet[Page]:
        """The pages of the user's own sites."""
        return _below([site.path for site in self.sites])

    @property
    def editable_pages(self) -> QuerySet[Page]:
        """The pages of the user's own sites that they may change."""
        return _below(
            [site.path for site in self.sites if Permission.CHANGE_PAGE in site.permissions]
        )

    def site_of(self, page: Page) -> DeskSite | None:
        """The site on this desk that a page belongs to."""
        return next((site for site in self.sites if page.path.startswith(site.path)), None)


def desk_of(request: HttpRequest) -> Desk:
    """The desk of a request's user. Two queries at most, remembered on the request."""
    desk: Desk | None = getattr(request, "_desk", None)
    if desk is None:
        user = request.user
        if not isinstance(user, User):  # the admin's views let nobody else in
            raise PermissionDenied
        desk = request._desk = _look_up(user)  # type: ignore[attr-defined]
    return desk


def _look_up(user: User) -> Desk:
    held = roles_of(user)
    everywhere = user.is_superuser or any(_is_everywhere(role) for role in held)
    sites = _sites_of_nobody(held) if everywhere else _sites_of(held)
    return Desk(user=user, everywhere=everywhere, sites=tuple(sites))


def _is_everywhere(role: RoleGroup) -> bool:
    return role.definition.scope is Scope.ALL


def _sites_of(held: list[RoleGroup]) -> list[DeskSite]:
    by_site: dict[SiteProfile, list[RoleGroup]] = {}
    for role in held:
        if role.site is not None and role.definition.allows(Permission.USE_ADMIN):
            by_site.setdefault(role.site, []).append(role)
    sites = []
    for profile, roles in by_site.items():
        translates_only = all(role.definition.by_language for role in roles)
        sites.append(
            DeskSite(
                profile=profile,
                roles=tuple(dict.fromkeys(str(role.definition.label) for role in roles)),
                permissions=frozenset().union(*(role.permissions for role in roles)),
                languages=frozenset(
                    (role.language for role in roles) if translates_only else codes.CODES
                ),
            )
        )
    return sites


def _sites_of_nobody(held: list[RoleGroup]) -> list[DeskSite]:
    """The sites of kinds that no role of the table has: the Secretariat's own."""
    kinds = frozenset().union(*(role.kinds for role in ROLES.values()))
    profiles = (
        SiteProfile.objects.exclude(kind__in=kinds)
        .select_related("site", "site__root_page")
        .order_by("code")
    )
    roles = tuple(str(role.definition.label) for role in held if _is_everywhere(role))
    return [
        DeskSite(
            profile=profile,
            roles=roles,
            permissions=frozenset(Permission),
            languages=frozenset(codes.CODES),
        )
        for profile in profiles
    ]


def _below(paths: list[str]) -> QuerySet[Page]:
    if not paths:
        return Page.objects.none()
    below = Q()
    for path in paths:
        below |= Q(path__startswith=path)
    return Page.objects.filter(below)
