"""The old address of a redirect: a path of the site that it is for."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Site


def own_path(address: str, site: Site) -> str:
    """The path of an address on a site. Raises ValidationError for an address on another host."""
    parts = urlsplit(address.strip())
    if not parts.scheme and not parts.netloc:
        return address.strip()
    if (parts.hostname or "").lower() != site.hostname.lower():
        raise ValidationError(
            _("“%(address)s” is not an address of %(host)s.")
            % {"address": address[:200], "host": site.hostname}
        )
    return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"
