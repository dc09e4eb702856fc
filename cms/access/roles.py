"""The table of roles: what each may do, in one place.

A role is held on one site (`scope` SITE) or everywhere (ALL). Its permissions become a Django
group for each site, so that Wagtail's own checks and ours read the same table.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """What can be allowed. A name that is not here can't be asked about."""

    USE_ADMIN = "use_admin"
    ADD_PAGE = "add_page"
    CHANGE_PAGE = "change_page"
    PUBLISH_PAGE = "publish_page"
    LOCK_PAGE = "lock_page"
    UNLOCK_PAGE = "unlock_page"
    ADD_MEDIA = "add_media"
    CHANGE_MEDIA = "change_media"
    CHOOSE_MEDIA = "choose_media"
    CHANGE_RECORDS = "change_records"
    READ_PORTAL = "read_portal"
    MANAGE_SITES = "manage_sites"
    MANAGE_PEOPLE = "manage_people"
    READ_AUDIT = "read_audit"
    EXPORT_SITE = "export_site"


class UnknownPermission(KeyError):
    """Raised when code asks about a permission that the table does not have."""

    def __init__(self, name: object) -> None:
        super().__init__(
            f"{name!r} is no permission: use one of {', '.join(Permission)} (cms.access.roles)."
        )


class Scope(StrEnum):
    SITE = "site"
    ALL = "all"


@dataclass(frozen=True)
class Role:
    """One role. `kinds`: the kinds of site that have it (empty: scope ALL); `by_language`: whether
    it is held for given languages; `yields`: what it gives up on a site whose pages need approval.
    """

    name: str
    label: Promise
    permissions: frozenset[Permission]
    kinds: frozenset[str] = frozenset()
    scope: Scope = Scope.SITE
    by_language: bool = False
    yields: frozenset[Permission] = frozenset()

    def allows(self, permission: Permission | str, *, approval: bool = False) -> bool:
        """Whether the role has a permission. `approval`: on a site whose pages need approval.
        Raises UnknownPermission."""
        return known(permission) in self.permissions_under(approval)

    def permissions_under(self, approval: bool) -> frozenset[Permission]:
        """What the role may do on a site whose pages need approval, or don't."""
        return self.permissions - self.yields if approval else self.permissions


def known(permission: Permission | str) -> Permission:
    """The permission of a name. Raises UnknownPermission."""
    try:
        return Permission(permission)
    except ValueError:
        raise UnknownPermission(permission) from None


_WRITE = frozenset(
    {
        Permission.USE_ADMIN,
        Permission.ADD_PAGE,
        Permission.CHANGE_PAGE,
        Permission.ADD_MEDIA,
        Permission.CHANGE_MEDIA,
        Permission.CHOOSE_MEDIA,
    }
)
_RUN = _WRITE | {Permission.PUBLISH_PAGE, Permission.LOCK_PAGE, Permission.UNLOCK_PAGE}
_PORTAL = frozenset({Permission.READ_PORTAL})
_MISSION = frozenset({"mission"})
#: Kinds of site whose pages the Secretariat approves; nobody there can switch that off.
ALWAYS_APPROVED = frozenset({"candiweb"})

ROLES: dict[str, Role] = {
    role.name: role
    for role in (
        Role(
            "mission_administrator",
            _("Mission administrator"),
            _RUN
            | _PORTAL
            | {
                Permission.CHANGE_RECORDS,
                Permission.MANAGE_PEOPLE,
                Permission.READ_AUDIT,
                Permission.EXPORT_SITE,
            },
            kinds=_MISSION,
        ),
        Role("publisher", _("Publisher"), _RUN | _PORTAL, kinds=_MISSION),
        Role(
            "editor",
            _("Editor"),
            _WRITE | {Permission.PUBLISH_PAGE} | _PORTAL,
            kinds=_MISSION,
            yields=frozenset({Permission.PUBLISH_PAGE}),
        ),
        Role(
            "translator",
            _("Translator"),
            frozenset({Permission.USE_ADMIN, Permission.CHANGE_PAGE, Permission.CHOOSE_MEDIA})
            | _PORTAL,
            kinds=_MISSION,
            by_language=True,
        ),
        Role("delegate", _("Delegate"), _PORTAL, kinds=_MISSION),
        Role(
            "committee_secretary",
            _("Committee secretary"),
            _RUN | {Permission.CHANGE_RECORDS, Permission.READ_AUDIT},
            kinds=frozenset({"committee"}),
        ),
        Role(
            "elections_desk",
            _("Elections desk"),
            # Its pages are published by the Secretariat: `ALWAYS_APPROVED`.
            _WRITE | {Permission.CHANGE_RECORDS, Permission.READ_AUDIT},
            kinds=ALWAYS_APPROVED,
        ),
        Role("secretariat", _("Secretariat"), frozenset(Permission), scope=Scope.ALL),
    )
}


class UnknownRole(KeyError):
    """Raised for a role name that the table does not have; the message lists those it has."""

    def __init__(self, name: object) -> None:
        super().__init__(f"{name!r} is no role: use one of {', '.join(ROLES)}.")


def get_role(name: str) -> Role:
    """The role of a name. Raises UnknownRole."""
    try:
        return ROLES[name]
    except KeyError:
        raise UnknownRole(name) from None


def roles_of_kind(kind: str) -> list[Role]:
    """The roles that a site of a kind has."""
    return [role for role in ROLES.values() if kind in role.kinds]
