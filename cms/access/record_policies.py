"""Who may change records that belong to a site: a policy, and forms that offer no other site's.

A record is not a page: it says by a lookup ("session__committee__code") or by its kind of site
whose it is. A stranger's record is no instance for the policy, so the views of
`cms.access.record_viewsets` answer 404.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model, QuerySet
from django.forms import ModelChoiceField
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.permissions import policy_registry

from cms.tenancy.formsets import limit_children

from .audiences import Reader
from .policies import RolePolicy
from .roles import Permission
from .selectors import sites_where


class SiteRecordPolicy(RolePolicy):
    """Every action on the records of the sites where the user holds `CHANGE_RECORDS`.

    `kind`: the kind of site that owns the model; `site_code`: the lookup from a record to the code
    of its site, or "" where one site owns them all (CandiWeb). `fixed`: the records are given (the
    six Main Committees), so that only the Secretariat adds and deletes.
    """

    def __init__(
        self, model: type[Model], *, kind: str, site_code: str = "", fixed: bool = False
    ) -> None:
        super().__init__(model, Permission.CHANGE_RECORDS)
        self.kind = kind
        self.site_code = site_code
        self.fixed = fixed
        self.permission_cache_name = f"_records_of_{kind}"

    def get_all_permissions_for_user(self, user: Reader) -> frozenset[str]:
        """Codes of this kind's sites whose records the user may change."""
        sites = sites_where(user, self.permission).filter(kind=self.kind)
        return frozenset(sites.values_list("code", flat=True))

    def user_has_permission(self, user: Reader, action: str) -> bool:
        """Whether the user may do this to some record. Two queries, remembered on the user."""
        if self.fixed and action in ("add", "delete"):
            return bool(getattr(user, "is_superuser", False)) and user.is_active
        return self._holds(user)

    def user_has_any_permission(self, user: Reader, actions: Iterable[str]) -> bool:
        """Whether the user may do one of these to some record."""
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Reader, action: str, instance: Model) -> bool:
        """Whether the record's site is one of the user's."""
        if not self.user_has_permission(user, action):
            return False
        return not self.site_code or self._code_of(instance) in self._codes(user)

    def instances_user_has_any_permission_for(
        self, user: Reader, actions: Iterable[str]
    ) -> QuerySet[Any]:
        """The records of the user's sites."""
        if not self.user_has_any_permission(user, actions):
            return self.model._default_manager.none()
        if not self.site_code:
            return self.model._default_manager.all()
        return self.model._default_manager.filter(**{f"{self.site_code}__in": self._codes(user)})

    def instances_user_has_permission_for(self, user: Reader, action: str) -> QuerySet[Any]:
        """The records of the user's sites."""
        return self.instances_user_has_any_permission_for(user, [action])

    def users_with_any_permission_for_instance(
        self, actions: Iterable[str], instance: Model
    ) -> QuerySet[User]:
        """Active users who may change this record."""
        candidates = self.users_with_any_permission(actions)
        allowed = [
            user.pk
            for user in candidates
            if self.user_has_any_permission_for_instance(user, actions, instance)
        ]
        return candidates.filter(pk__in=allowed)

    def _codes(self, user: Reader) -> frozenset[str]:
        return frozenset(self.get_cached_permissions_for_user(user))

    def _code_of(self, instance: Model) -> str:
        value: Any = instance
        for name in self.site_code.split("__"):
            value = getattr(value, name)
        return str(value)


class OwnRecordsFormMixin:
    """Limits each choice of a record to those that the user may change, and so refuses others."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = getattr(self, "for_user", None)
        if user is None:
            return
        for field in self.fields.values():  # type: ignore[attr-defined]
            if isinstance(field, ModelChoiceField) and field.queryset is not None:
                policy = policy_registry.get_by_type(field.queryset.model, fallback=False)
                if isinstance(policy, SiteRecordPolicy):
                    field.queryset = policy.instances_user_has_permission_for(user, "change")


class RecordForm(OwnRecordsFormMixin, WagtailAdminModelForm):
    """The form of a record in the admin."""

    def full_clean(self) -> None:
        """Validate, with the record's own children only."""
        limit_children(self)
        super().full_clean()
