"""The people of a site, as those who manage them may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.contrib.auth.models import Group, User
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cms.access.models import RoleGroup
from cms.access.roles import ROLES, Permission, Scope
from cms.access.selectors import Reader, sites_where
from cms.languages import codes
from cms.pages.models import SiteProfile

from .models import Invitation, SuspendedRole

#: Roles held everywhere: whoever has one is nobody's to manage on a site.
EVERYWHERE = tuple(role.name for role in ROLES.values() if role.scope is Scope.ALL)
#: {role: its place in the table}: lists name the strongest first.
_ORDER = {name: place for place, name in enumerate(ROLES)}


class Status(StrEnum):
    """What a person is on one site. Nothing of it comes from another site."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


STATUS_LABELS = {
    Status.ACTIVE: _("Active"),
    Status.SUSPENDED: _("Suspended"),
    Status.CLOSED: _("Closed by the Secretariat"),
}


@dataclass(frozen=True)
class NamedRole:
    """A role as lists name it, with its languages where it is held for some."""

    label: str
    languages: tuple[codes.Language, ...] = ()


@dataclass(frozen=True)
class Standing:
    """A person on one site. `last_sign_in`: None where it would tell of another site."""

    status: Status
    role_groups: tuple[RoleGroup, ...]
    last_sign_in: datetime | None

    @property
    def label(self) -> str:
        """The status, in the active language."""
        return str(STATUS_LABELS[self.status])

    @property
    def roles(self) -> list[NamedRole]:
        """The roles, named; those of a suspended person as they will be again."""
        return named(self.role_groups)


def managed_sites(user: Reader) -> QuerySet[SiteProfile]:
    """The sites whose people a user manages, with what names them."""
    return (
        sites_where(user, Permission.MANAGE_PEOPLE)
        .select_related("site", "site__root_page", "approval")
        .order_by("code")
    )


def people_of(site: SiteProfile) -> QuerySet[User]:
    """Who holds a role on a site, or held one when suspended there, with what `standing` reads.

    Neither superusers nor the Secretariat: they are nobody's to manage here. Three queries.
    """
    held = RoleGroup.objects.filter(group__user=OuterRef("pk"))
    suspended = SuspendedRole.objects.filter(role_group__site=site)
    on_site = Group.objects.filter(role_group__site=site).select_related("role_group")
    return (
        User.objects.filter(
            Exists(held.filter(site=site)) | Exists(suspended.filter(user=OuterRef("pk"))),
            is_superuser=False,
        )
        .exclude(Exists(held.filter(role__in=EVERYWHERE)))
        .prefetch_related(
            Prefetch("groups", queryset=on_site, to_attr="groups_on_site"),
            Prefetch(
                "suspended_roles",
                queryset=suspended.select_related("role_group"),
                to_attr="suspended_on_site",
            ),
        )
    )


def standing(user: User) -> Standing:
    """What somebody of `people_of` is there. No query."""
    rows: list[SuspendedRole] = getattr(user, "suspended_on_site", [])
    groups: list[Group] = getattr(user, "groups_on_site", [])
    last = user.last_login
    if rows:
        if last is not None and last > min(row.since for row in rows):
            last = None  # they signed in since: for another site, which is nobody's business here
        return Standing(Status.SUSPENDED, tuple(row.role_group for row in rows), last)
    status = Status.ACTIVE if user.is_active else Status.CLOSED
    return Standing(status, tuple(group.role_group for group in groups), last)


def named(role_groups: tuple[RoleGroup, ...] | list[RoleGroup]) -> list[NamedRole]:
    """Roles as lists name them: each once, the strongest first, with its languages."""
    by_role: dict[str, set[str]] = {}
    for held in role_groups:
        by_role.setdefault(held.role, set()).add(held.language)
    return [
        NamedRole(
            label=str(ROLES[name].label),
            languages=tuple(code for code in codes.LANGUAGES if code.code in by_role[name]),
        )
        for name in sorted(by_role, key=_ORDER.__getitem__)
    ]


def pending_invitations(site: SiteProfile) -> QuerySet[Invitation]:
    """Invitations that nobody has accepted, the last asked for first. Two queries."""
    return (
        Invitation.objects.pending()
        .filter(site=site)
        .select_related("asked_by")
        .prefetch_related("roles")
        .order_by("-asked_at", "-pk")
    )


def accounts_at(email: str) -> list[User]:
    """The accounts whose e-mail, or user name, is an address; those that can sign in first.

    Letter for letter but for case: an address that merely looks alike is another's mailbox.
    """
    address = email.strip().lower()
    near = User.objects.filter(Q(email__iexact=address) | Q(username__iexact=address))
    return [
        user
        for user in near.order_by("-is_active", "pk")
        if address in (user.email.lower(), user.username.lower())
    ]
