"""The settings of this room, looked at when the platform starts. The key is never shown."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from .machine import InvalidMachineURL, provider_from_url, target_of

HINT = (
    "Set it like libretranslate+https://translate.example or deepl+https://api-free.deepl.com, "
    "with the key in MACHINE_TRANSLATION_KEY; or leave it empty: machine translation is then off. "
    "See docs/howto/machine-translation.md."
)


@register()
def check_machine_translation(**kwargs: Any) -> list[CheckMessage]:
    """languages.E001: an address that names no service; languages.W001: a key without an address;
    languages.W002: texts and key that leave this machine in clear."""
    url = getattr(settings, "MACHINE_TRANSLATION_URL", "")
    key = getattr(settings, "MACHINE_TRANSLATION_KEY", "")
    if not url.strip():
        if not key:
            return []
        return [
            Warning(
                "MACHINE_TRANSLATION_KEY is set, but machine translation is off.",
                hint="Set MACHINE_TRANSLATION_URL too, or take the key away.",
                id="languages.W001",
            )
        ]
    try:
        provider_from_url(url, key)
        target = target_of(url)
    except InvalidMachineURL as error:
        return [
            Error(
                f"MACHINE_TRANSLATION_URL can't be used. {error}",
                hint=HINT,
                id="languages.E001",
            )
        ]
    if not target.is_enciphered and not target.is_loopback:
        return [
            Warning(
                "Texts go to the translation service in clear.",
                hint="Use https, unless the network between the two is yours alone.",
                id="languages.W002",
            )
        ]
    return []
