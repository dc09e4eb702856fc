"""Time zones: which there are (IANA), and what a language calls them (CLDR, by way of Babel)."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from babel.dates import get_timezone_gmt, get_timezone_name
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import codes

#: Where the United Nations has its Headquarters.
HEADQUARTERS = "America/New_York"


@cache
def zone_choices() -> list[tuple[str, str]]:
    """(IANA name, the same to read) of the zones that people choose from, in order."""
    names = {name for name in available_timezones() if "/" in name and not name.startswith("Etc/")}
    return [(name, name.replace("_", " ")) for name in sorted(names | {"UTC"})]


def validate_zone(name: str) -> None:
    """Raise ValidationError unless `name` is an IANA time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValidationError(
            _("“%(name)s” is not a time zone: choose one such as America/New_York."),
            code="unknown_zone",
            params={"name": name},
        ) from error


def zone_name(name: str, language: str, *, at: datetime | None = None) -> str:
    """What a language calls a zone at a moment (now), with its distance from UTC.

    ("America/New_York", "fr") → "heure d’été de l’Est nord-américain · UTC−04:00"; the distance is
    isolated, so that it keeps its order in Arabic too.
    """
    moment = (at or timezone.now()).astimezone(ZoneInfo(name))
    locale = codes.get(language).code
    offset = get_timezone_gmt(moment, width="iso8601", locale=locale)
    offset = "UTC" if offset in ("Z", "+00:00") else f"UTC{offset.replace('-', '−')}"
    return f"{get_timezone_name(moment, width='long', locale=locale)} · \u2066{offset}\u2069"
