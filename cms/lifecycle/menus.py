"""The way to the section."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from cms.access.roles import Permission
from cms.access.selectors import holds


class SitesMenuItem(MenuItem):
    """Shown to those who may archive a site."""

    def is_shown(self, request: HttpRequest) -> bool:
        return holds(request.user, Permission.EXPORT_SITE)


def sites_menu_item() -> SitesMenuItem:
    """The entry of the admin's menu."""
    return SitesMenuItem(_("Sites"), reverse("lifecycle:index"), icon_name="site", order=330)
