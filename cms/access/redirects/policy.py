"""Whose redirects a user keeps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from ..audiences import Reader
from ..policies import RolePolicy
from ..roles import Permission
from ..selectors import is_secretariat, sites_where


class RedirectPolicy(RolePolicy):
    """Redirects of the sites on which the user publishes; those of all sites: the Secretariat."""

    def __init__(self) -> None:
        super().__init__(Redirect, Permission.PUBLISH_PAGE)

    def user_has_permission_for_instance(self, user: Reader, action: str, instance: Model) -> bool:
        """Whether the redirect is one of the user's."""
        return self.instances_user_has_permission_for(user, action).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(
        self, user: Reader, actions: Iterable[str]
    ) -> QuerySet[Any]:
        """The redirects of the user's sites."""
        if not self._holds(user):
            return Redirect.objects.none()
        if is_secretariat(user):
            return Redirect.objects.all()
        return Redirect.objects.filter(site__in=own_sites(user))

    def instances_user_has_permission_for(self, user: Reader, action: str) -> QuerySet[Any]:
        """The redirects of the user's sites."""
        return self.instances_user_has_any_permission_for(user, [action])


def own_sites(user: Reader) -> QuerySet[Site]:
    """Wagtail's sites whose redirects the user keeps."""
    profiles = sites_where(user, Permission.PUBLISH_PAGE)
    return Site.objects.filter(profile__in=profiles).order_by("hostname")
