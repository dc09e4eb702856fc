"""What a user holds, and where."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import QuerySet

from cms.pages.models import SiteProfile

from .audiences import Reader
from .models import RoleGroup
from .roles import ROLES, Permission, Scope


def roles_of(user: User) -> list[RoleGroup]:
    """The roles that a user holds, with their sites. One query."""
    return list(
        RoleGroup.objects.filter(group__user=user)
        .select_related("site", "site__site", "site__site__root_page", "group")
        .order_by("site__code", "role", "language")
    )


def roles_with(permission: Permission | str) -> list[str]:
    """Names of the roles that have a permission. Raises UnknownPermission."""
    return [role.name for role in ROLES.values() if role.allows(permission)]


def holds(user: Reader, permission: Permission | str) -> bool:
    """Whether a user has a permission on some site, or everywhere. One query."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return (
        user.is_superuser
        or RoleGroup.objects.filter(group__user=user, role__in=roles_with(permission)).exists()
    )


def sites_where(user: User, permission: Permission | str) -> QuerySet[SiteProfile]:
    """The sites on which a user has a permission; all of them for the Secretariat."""
    names = roles_with(permission)
    everywhere = [name for name in names if ROLES[name].scope is Scope.ALL]
    if (
        user.is_superuser
        or RoleGroup.objects.filter(group__user=user, role__in=everywhere).exists()
    ):
        return SiteProfile.objects.all()
    return SiteProfile.objects.filter(
        role_groups__group__user=user, role_groups__role__in=names
    ).distinct()


def is_secretariat(user: User) -> bool:
    """Whether a user works for the Secretariat (or is a superuser)."""
    return (
        user.is_superuser
        or RoleGroup.objects.filter(
            group__user=user,
            role__in=[role.name for role in ROLES.values() if role.scope is Scope.ALL],
        ).exists()
    )
