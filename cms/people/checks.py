"""The settings of this room, looked at when the platform starts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

SETTINGS = {
    "INVITATION_DAYS": "how many days the link of an invitation works",
    "INVITATIONS_A_DAY": "how many letters one administrator may send in 24 hours",
}


@register()
def check_settings(**kwargs: Any) -> list[CheckMessage]:
    """people.E001: a setting that is no positive number."""
    return [
        Error(
            f"{name} says {meaning}: it is {value!r}, which is no positive whole number.",
            hint="Set it in missions_site/settings/base.py, for example to 7.",
            id="people.E001",
        )
        for name, meaning in SETTINGS.items()
        if not isinstance(value := getattr(settings, name, None), int) or value < 1
    ]
