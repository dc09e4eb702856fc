"""Terms are the Secretariat's to change; whoever writes pages reads them."""

from __future__ import annotations

from wagtail.permissions import register_permission_policy

from cms.access.audiences import Reader
from cms.access.policies import RolePolicy
from cms.access.roles import Permission
from cms.access.selectors import holds

from ..models import Term


def register() -> None:
    """Fill Wagtail's registry (from AppConfig.ready)."""
    register_permission_policy(Term, RolePolicy(Term, Permission.MANAGE_SITES))


def may_read_terms(user: Reader) -> bool:
    """Whether a user reads the glossary: whoever writes pages, in one language or in all."""
    return holds(user, Permission.CHANGE_PAGE)


def may_change_terms(user: Reader) -> bool:
    """Whether a user changes the glossary."""
    return holds(user, Permission.MANAGE_SITES)
