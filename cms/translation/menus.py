"""The entry in the admin's menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from cms.access.roles import Permission
from cms.access.selectors import holds


class TranslationMenuItem(MenuItem):
    """Shown to whoever writes pages, in all languages or in one."""

    def is_shown(self, request: HttpRequest) -> bool:
        return holds(request.user, Permission.CHANGE_PAGE)


def translation_menu_item() -> MenuItem:
    """The way to the board."""
    return TranslationMenuItem(
        _("Translation"),
        reverse_lazy("translation:board"),
        name="translation",
        icon_name="globe",
        order=250,
    )
