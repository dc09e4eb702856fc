"""The way from Wagtail's account page to the person's sign-in page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.languages import codes


def account_menu_item(request: HttpRequest) -> dict[str, Any]:
    """Wagtail's `register_account_menu_item` hook."""
    return {
        "url": reverse("account", kwargs={"language": codes.active()}),
        "label": _("Sign-in and sessions"),
        "help_text": _("Password, two-factor sign-in, recovery codes, and where you are signed in"),
    }
