"""What the pages say of waiting and of browsers, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def wait_message(seconds: int) -> str:
    """How long to wait, in whole minutes from a minute on."""
    if seconds < 60:
        text = ngettext(
            "Too many attempts have failed. Try again in %(number)d second.",
            "Too many attempts have failed. Try again in %(number)d seconds.",
            seconds,
        )
        return text % {"number": seconds}
    minutes = -(-seconds // 60)
    text = ngettext(
        "Too many attempts have failed. Try again in %(number)d minute.",
        "Too many attempts have failed. Try again in %(number)d minutes.",
        minutes,
    )
    return text % {"number": minutes}


#: What a browser's own description holds, the particular before the general.
BROWSERS = (
    ("Edg/", "Microsoft Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """A browser's description in words: "Firefox, Linux"."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    if browser and system:
        return _("%(browser)s, %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown browser")
