"""Records of missions are the Secretariat's: names of States are not a mission's to change."""

from __future__ import annotations

from wagtail.permissions import register_permission_policy

from cms.access.audiences import Reader
from cms.access.policies import RolePolicy
from cms.access.roles import Permission

from .models import Mission, RegionalGroup


def register() -> None:
    """Fill Wagtail's registry (from AppConfig.ready)."""
    for model in (Mission, RegionalGroup):
        register_permission_policy(model, RolePolicy(model, Permission.MANAGE_SITES))


def may_provision(user: Reader) -> bool:
    """Whether a user may make missions' sites."""
    return RolePolicy(Mission, Permission.MANAGE_SITES).user_has_permission(user, "add")
