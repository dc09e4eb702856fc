"""What may be sent to a service, looked at when the platform starts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from .planning import SENDS


@register()
def check_sends(**kwargs: Any) -> list[CheckMessage]:
    """translation.E001: something is to be sent that is no kind of text we know."""
    found = getattr(settings, "MACHINE_TRANSLATION_SENDS", None)
    if isinstance(found, list | tuple | set | frozenset) and set(found) <= SENDS:
        return []
    return [
        Error(
            "MACHINE_TRANSLATION_SENDS does not say what may be sent to the translation service.",
            hint=f"List some of {', '.join(sorted(SENDS))}, for example `public,draft`. "
            "See docs/howto/machine-translation.md.",
            id="translation.E001",
        )
    ]
