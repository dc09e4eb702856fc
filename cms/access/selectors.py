"""What a user holds, and where.

One rule in two forms: `may` asks about one site, `sites_where` gives all sites of which it is true.
Both read the table of roles through `_giving`; nothing else in the house compares role names.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet

from cms.pages.kept_sql import Asked, KeptQuery
from cms.pages.models import SiteProfile

from .models import RoleGroup
from .roles import ALWAYS_APPROVED, ROLES, Permission, Role, Scope, get_role, known
from .standing import STANDING, standing_roles

#: Whoever asks, signed in or not.
Reader = User | AnonymousUser


def roles_of(user: Reader) -> list[RoleGroup]:
    """The roles that a user holds, with their sites, suspended ones left out. One query."""
    return list(
        standing_roles(user)
        .select_related("site", "site__site", "site__site__root_page", "site__approval", "group")
        .order_by("site__code", "role", "language")
    )


def roles_with(permission: Permission | str) -> list[str]:
    """Names of the roles that can have a permission. Raises UnknownPermission."""
    return [role.name for role in ROLES.values() if role.allows(permission)]


def holds(user: Reader, permission: Permission | str) -> bool:
    """Whether a user has a permission on some site, or everywhere. One query."""
    wanted = known(permission)
    if not _counts(user):
        return False
    return _is_superuser(user) or bool(_held_somewhere.rows(wanted, user=user.pk))


def may(user: Reader, permission: Permission | str, site: SiteProfile) -> bool:
    """Whether a user has a permission on a site. One query. Raises UnknownPermission."""
    wanted = known(permission)
    if not _counts(user):
        return False
    return _is_superuser(user) or bool(_held_there.rows(wanted, user=user.pk, site=site.pk))


def sites_where(user: Reader, permission: Permission | str) -> QuerySet[SiteProfile]:
    """The sites of which `may` is true; all of them for the Secretariat. No query of its own.

    Raises UnknownPermission.
    """
    giving = _giving(permission)
    if not _counts(user):
        return SiteProfile.objects.none()
    if _is_superuser(user):
        return SiteProfile.objects.all()
    held = giving.filter(group__user=user.pk)
    return SiteProfile.objects.filter(
        Exists(held.filter(site=None)) | Exists(held.filter(site=OuterRef("pk")))
    )


def holders_of(permission: Permission | str, site: SiteProfile | None = None) -> QuerySet[User]:
    """Active users of whom `may` is true (without a site: `holds`), superusers among them."""
    giving = _giving(permission)
    if site is not None:
        giving = giving.filter(Q(site=None) | Q(site=site))
    return User.objects.filter(
        Q(is_superuser=True) | Q(pk__in=User.objects.filter(groups__role_group__in=giving)),
        is_active=True,
    )


def is_secretariat(user: Reader) -> bool:
    """Whether a user works for the Secretariat (or is a superuser). One query at most."""
    if not _counts(user):
        return False
    everywhere = [role.name for role in ROLES.values() if role.scope is Scope.ALL]
    return (
        _is_superuser(user)
        or RoleGroup.objects.filter(group__user=user.pk, role__in=everywhere).exists()
    )


def held_on(user: Reader, site: SiteProfile) -> frozenset[Permission]:
    """Everything that a user may do on a site: `may`, for all permissions. One query."""
    if not _counts(user):
        return frozenset()
    if _is_superuser(user):
        return frozenset(Permission)
    held = standing_roles(user).filter(Q(site=None) | Q(site=site))
    roles = held.select_related("site__approval")
    return frozenset().union(*(role_group.permissions for role_group in roles))


def grantable_roles(user: Reader, site: SiteProfile) -> list[Role]:
    """The roles of a site's kind that give nothing which the user does not hold there."""
    held = held_on(user, site)
    return [role for role in ROLES.values() if site.kind in role.kinds and role.permissions <= held]


def grants_of(role_groups: list[RoleGroup]) -> frozenset[Permission]:
    """What roles give together at most, approval or not."""
    return frozenset().union(*(get_role(held.role).permissions for held in role_groups))


def _giving(permission: Permission | str) -> QuerySet[RoleGroup]:
    """The role groups that give a permission on their site; those of a suspended site give none.
    Raises UnknownPermission."""
    wanted = known(permission)
    always = [role.name for role in ROLES.values() if wanted in role.permissions - role.yields]
    yielding = [role.name for role in ROLES.values() if wanted in role.permissions & role.yields]
    unapproved = Q(site__approval=None) & ~Q(site__kind__in=ALWAYS_APPROVED)
    return RoleGroup.objects.filter(
        Q(role__in=always) | (Q(role__in=yielding) & unapproved) if yielding else Q(role__in=always)
    ).filter(STANDING)


# Every page of the admin asks these a dozen times, for its menu.
@KeptQuery
def _held_somewhere(permission: Permission) -> QuerySet[Any, Any]:
    user = Asked("user", BigIntegerField())
    return _giving(permission).filter(group__user=user).values("pk")[:1]


@KeptQuery
def _held_there(permission: Permission) -> QuerySet[Any, Any]:
    user, site = (Asked(name, BigIntegerField()) for name in ("user", "site"))
    there = Q(site=None) | Q(site=site)
    return _giving(permission).filter(there, group__user=user).values("pk")[:1]


def _counts(user: Reader) -> bool:
    return user.is_authenticated and user.is_active


def _is_superuser(user: Reader) -> bool:
    return bool(getattr(user, "is_superuser", False))
