"""The entry in the admin's menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from cms.access.roles import Permission
from cms.access.selectors import holds


class PeopleMenuItem(MenuItem):
    """Shown to whoever manages the people of a site."""

    def is_shown(self, request: HttpRequest) -> bool:
        return holds(request.user, Permission.MANAGE_PEOPLE)


def people_menu_item() -> MenuItem:
    """The way to the section."""
    return PeopleMenuItem(
        _("People"), reverse_lazy("people:index"), name="people", icon_name="group", order=550
    )
