"""Which of a user's roles count: those of a suspended site don't, until it is resumed.

Nothing is taken from anybody: the groups stay as they are, and what they allow is asked here.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q, QuerySet

from cms.pages.models import SiteStatus

from .models import RoleGroup

#: Role groups of sites that are not suspended, and those held everywhere.
STANDING = Q(site=None) | Q(site__status=SiteStatus.ACTIVE)


def standing_roles(user: User | AnonymousUser) -> QuerySet[RoleGroup]:
    """The role groups of a user that count; none for a visitor."""
    if not user.is_authenticated:
        return RoleGroup.objects.none()
    return RoleGroup.objects.filter(STANDING, group__user=user)


def is_shut_out(user: User | AnonymousUser) -> bool:
    """Whether a user may not sign in, nor use a session or a token, because every site on which
    they hold a role is suspended. One query; none for superusers and visitors.

    Somebody with a role on another site keeps that one; somebody without any role is nobody's.
    """
    if not isinstance(user, User) or user.is_superuser:
        return False
    held = RoleGroup.objects.filter(group__user=user).values_list("site__status", flat=True)
    return set(held.distinct()) == {SiteStatus.SUSPENDED}
