"""Who may do what to whom: asked by every service of people before it changes anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User

from cms.access.models import RoleGroup
from cms.access.roles import Permission, get_role, roles_of_kind
from cms.access.selectors import grantable_roles, grants_of, held_on
from cms.access.services import role_group_of
from cms.languages import codes
from cms.pages.models import SiteProfile

from ..selectors import people_of
from .refusals import BeyondYourRights, LastAdministrator, NoRole, NotYours, RoleNotOfSite


@dataclass(frozen=True, order=True)
class RoleChoice:
    """A role to be given. `language`: for a role that is held by language, which; else ""."""

    role: str
    language: str = ""


def lock(site: SiteProfile) -> SiteProfile:
    """The site's row, held until the transaction ends: two administrators who remove one another
    at once come one after the other."""
    return SiteProfile.objects.select_for_update().get(pk=site.pk)


def must_manage(by: User, site: SiteProfile) -> frozenset[Permission]:
    """What `by` holds on a site whose people they manage. Raises NotYours."""
    held = held_on(by, site)
    if Permission.MANAGE_PEOPLE not in held:
        raise NotYours
    return held


def person_on(site: SiteProfile, user_id: int) -> User:
    """One of the people of a site, with what `standing` reads. Raises NotYours."""
    person = people_of(site).filter(pk=user_id).first()
    if person is None:
        raise NotYours
    return person


def must_outrank(held: frozenset[Permission], role_groups: Iterable[RoleGroup]) -> None:
    """Raises BeyondYourRights where roles give what the caller does not hold."""
    if not grants_of(list(role_groups)) <= held:
        raise BeyondYourRights


def role_groups_for(
    choices: Iterable[RoleChoice], *, site: SiteProfile, by: User
) -> list[RoleGroup]:
    """The groups of the roles to be given. Raises NoRole, RoleNotOfSite, BeyondYourRights,
    and UnknownRole for a name that no table has."""
    wanted = sorted(set(choices))
    if not wanted:
        raise NoRole
    offered = roles_of_kind(site.kind)
    grantable = grantable_roles(by, site)
    for choice in wanted:
        role = get_role(choice.role)
        fits = choice.language in codes.BY_CODE if role.by_language else not choice.language
        if role not in offered or not fits:
            raise RoleNotOfSite(choice.role, [str(role.label) for role in offered])
        if role not in grantable:
            raise BeyondYourRights
    return [
        role_group_of(get_role(choice.role), site=site, language=choice.language)
        for choice in wanted
    ]


def must_leave_an_administrator(site: SiteProfile, *, without: User, held: set[str]) -> None:
    """Raises LastAdministrator where nobody who can sign in would manage the site's people.

    `held`: names of the roles that the person keeps. Sites whose roles manage nobody (committees)
    are managed by the Secretariat, and so is a site that has no administrator already.
    """
    managing = [
        role.name
        for role in roles_of_kind(site.kind)
        if Permission.MANAGE_PEOPLE in role.permissions
    ]
    administrators = User.objects.filter(
        groups__role_group__site=site, groups__role_group__role__in=managing, is_active=True
    )
    if (
        not held & set(managing)
        and administrators.filter(pk=without.pk).exists()
        and not administrators.exclude(pk=without.pk).exists()
    ):
        raise LastAdministrator
