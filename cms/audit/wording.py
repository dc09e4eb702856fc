"""What the details of an entry say to people, in the active language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.access.roles import ROLES
from cms.languages import codes, formats

from .models import AuditEntry


def details_of(entry: AuditEntry) -> str:
    """Roles, languages and places that an entry names; "" where it names none."""
    detail = entry.detail
    said = [
        *_roles(detail),
        *_change("before", "after", detail),
        *_places(detail),
    ]
    return " · ".join(said)


def role_label(name: Any) -> str:
    """A role as the log keeps it: "editor", "translator (ar)"."""
    plain, _space, language = str(name).partition(" (")
    role = ROLES.get(plain)
    if role is None:
        return str(name)
    code = language.rstrip(")")
    return f"{role.label} ({codes.get(code).name})" if code in codes.BY_CODE else str(role.label)


def _roles(detail: dict[str, Any]) -> list[str]:
    names = [detail["role"]] if isinstance(detail.get("role"), str) else detail.get("roles")
    if not isinstance(names, list) or not names:
        return []
    labels = formats.listed(role_label(name) for name in names)
    return [ngettext("role: %(roles)s", "roles: %(roles)s", len(names)) % {"roles": labels}]


def _change(before: str, after: str, detail: dict[str, Any]) -> list[str]:
    if not isinstance(detail.get(before), list) or not isinstance(detail.get(after), list):
        return []
    sides = [
        formats.listed(role_label(one) for one in detail[side]) or "–" for side in (before, after)
    ]
    return [_("from %(before)s to %(after)s") % {"before": sides[0], "after": sides[1]}]


def _places(detail: dict[str, Any]) -> list[str]:
    titles = {
        name: place["title"]
        for name in ("source", "destination")
        if isinstance(place := detail.get(name), dict) and place.get("title")
    }
    if len(titles) == 2:
        return [_("from “%(source)s” to “%(destination)s”") % titles]
    return []
