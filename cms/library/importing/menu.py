"""The way to the imports, in the library's menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from cms.access.roles import Permission
from cms.access.selectors import holds


class ImportsMenuItem(MenuItem):
    """Shown to those who may import."""

    def is_shown(self, request: HttpRequest) -> bool:
        return holds(request.user, Permission.MANAGE_SITES)


def imports_menu_item(*, order: int) -> ImportsMenuItem:
    """The entry of the library's menu."""
    return ImportsMenuItem(
        _("Import documents"),
        reverse("library_imports:index"),
        name="library-imports",
        icon_name="upload",
        order=order,
    )
