"""Whose walls stand where: the scope of a user, for `cms.tenancy`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.contrib.auth.models import User

from cms.tenancy.scope import NOTHING, Scope

from .audiences import Reader
from .roles import ROLES, Permission
from .roles import Scope as RoleScope
from .selectors import roles_with
from .standing import standing_roles

Value = TypeVar("Value")


def scope_of(user: Reader) -> Scope | None:
    """What a user may see in the admin: the sites where a role of theirs uses it. One query.

    None (everything) for the Secretariat; NOTHING for whoever has no such role.
    """
    if not isinstance(user, User) or not user.is_active:
        return NOTHING
    if user.is_superuser:
        return None
    held = list(
        standing_roles(user)
        .filter(role__in=roles_with(Permission.USE_ADMIN))
        .order_by("site__code")
        .values_list("role", "site_id", "site__site__root_page__path", "site__media__collection_id")
        .distinct()
    )
    if any(ROLES[role].scope is RoleScope.ALL for role, *_rest in held):
        return None
    return Scope(
        paths=_distinct(path for _role, _site, path, _collection in held),
        collections=_distinct(collection for _role, _site, _path, collection in held),
        sites=_distinct(site for _role, site, _path, _collection in held),
    )


def _distinct(values: Iterable[Value | None]) -> tuple[Value, ...]:
    return tuple(dict.fromkeys(value for value in values if value is not None))
