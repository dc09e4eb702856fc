"""Who may read which part of the record."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from cms.access.models import RoleGroup
from cms.access.roles import ROLES, Permission, Scope
from cms.access.selectors import Reader, is_secretariat, sites_where
from cms.pages.models import SiteProfile

from .models import AuditEntry


def audited_sites(user: Reader) -> QuerySet[SiteProfile]:
    """The sites whose record a user may read. No query of its own."""
    return sites_where(user, Permission.READ_AUDIT).order_by("code")


def sees_all(user: Reader) -> bool:
    """Whether a user reads the record of every site, and what is no site's."""
    return is_secretariat(user)


def entries_for(user: Reader, *, everywhere: bool) -> QuerySet[AuditEntry]:
    """What a user may read of the record, each event once. `everywhere`: `sees_all`."""
    if everywhere:
        return AuditEntry.objects.all()
    return AuditEntry.objects.filter(site__in=audited_sites(user).order_by().values("pk"))


def people_of(sites: QuerySet[SiteProfile]) -> QuerySet[User]:
    """People who hold a role on one of these sites."""
    held = RoleGroup.objects.filter(site__in=sites.order_by().values("pk"))
    return _named(User.objects.filter(pk__in=held.values("group__user")))


def people_of_the_secretariat() -> QuerySet[User]:
    """People who hold a role everywhere, and superusers."""
    everywhere = [role.name for role in ROLES.values() if role.scope is Scope.ALL]
    held = RoleGroup.objects.filter(role__in=everywhere)
    return _named(User.objects.filter(Q(is_superuser=True) | Q(pk__in=held.values("group__user"))))


def _named(people: QuerySet[User]) -> QuerySet[User]:
    return people.order_by("last_name", "first_name", "username")
