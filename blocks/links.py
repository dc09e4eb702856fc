"""Addresses that may stand behind a link."""

import re
from urllib.parse import urlsplit

#: What a reader's browser may be sent to. ``javascript:``, ``data:`` and the like are not there.
SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})

#: Browsers drop these inside an address, so that ``java\tscript:`` reads as a scheme.
_IGNORED = re.compile(r"[\x00-\x20\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


def safe_href(url: str | None) -> str:
    """Give the address if a link may point to it, else the empty string.

    Forms refuse bad addresses when they are typed; this is for what came in another way (an
    import, an old revision). A relative address (``/fr/contact``) is safe, ``//host`` is not ours
    to guess and is refused.
    """
    cleaned = _IGNORED.sub("", url or "")
    if not cleaned or cleaned.startswith(("//", "/\\", "\\")):
        return ""
    try:
        scheme = urlsplit(cleaned).scheme.lower()
    except ValueError:
        return ""
    if scheme:
        return cleaned if scheme in SAFE_SCHEMES else ""
    return cleaned if cleaned.startswith(("/", "#", "?")) else ""


def telephone_href(number: str | None) -> str:
    """Give ``tel:+33142346830`` for ``+33 (1) 42 34 68 30``; empty where there are no digits."""
    # int() reads the digits of every script; a tel: address takes ASCII ones only.
    digits = "".join(str(int(char)) for char in number or "" if char.isdecimal())
    if not digits:
        return ""
    return f"tel:+{digits}" if (number or "").lstrip().startswith(("+", "＋")) else f"tel:{digits}"
