"""Wagtail's permission policies, answered from the table of roles.

For records that Wagtail knows as snippets: it asks for Django's model permissions, which no role
carries; these policies ask which role the user holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model, QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy

from .audiences import Reader
from .roles import Permission
from .selectors import holders_of, holds


class RolePolicy(BasePermissionPolicy):
    """Every action on a model is allowed to holders of one permission, wherever they hold it.

    For records that belong to no site (documents, subjects). `permission`: of the table of roles.
    """

    def __init__(self, model: type[Model] | str, permission: Permission) -> None:
        super().__init__(model)
        self.permission = permission
        self.permission_cache_name = f"_holds_{permission.value}"

    def user_has_permission(self, user: Reader, action: str) -> bool:
        """Whether an active user holds the permission. One query, remembered on the user."""
        return self._holds(user)

    def user_has_any_permission(self, user: Reader, actions: Iterable[str]) -> bool:
        """The same answer for every action."""
        return self._holds(user)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        """Active holders of the permission, superusers among them."""
        return holders_of(self.permission)

    def get_all_permissions_for_user(self, user: Reader) -> Any:
        """The permission if the user holds it, else nothing."""
        return frozenset({self.permission}) if holds(user, self.permission) else frozenset()

    def _holds(self, user: Reader) -> bool:
        return bool(self.get_cached_permissions_for_user(user))
