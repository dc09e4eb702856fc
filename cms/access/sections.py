"""Sections of the admin in which most people have no business: for them they do not exist.

Wagtail looks a section's objects up before it asks for permission, or answers a stranger with a
message; either tells an existing id from a made-up one.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import ResolverMatch

from .roles import Permission
from .selectors import holds

#: Namespaces or names of Wagtail's addresses, and who has business there.
SECTIONS: dict[str, Permission] = {
    "people": Permission.MANAGE_PEOPLE,
    "search_index_report": Permission.MANAGE_SITES,
    "wagtailadmin_reports:page_types_usage": Permission.MANAGE_SITES,  # counts everybody's pages
    "wagtailadmin_reports:page_types_usage_results": Permission.MANAGE_SITES,
    "wagtailadmin_collections": Permission.MANAGE_SITES,
    "wagtailadmin_reports:site_history": Permission.MANAGE_SITES,
    "wagtailadmin_reports:site_history_results": Permission.MANAGE_SITES,
    "wagtailadmin_workflows": Permission.MANAGE_SITES,
    "wagtailsettings": Permission.MANAGE_SITES,
    "wagtailsites": Permission.MANAGE_SITES,
    # The views that Wagtail does not limit to one's own tokens.
    "wagtailusers_api_tokens:history": Permission.MANAGE_SITES,
    "wagtailusers_api_tokens:history_results": Permission.MANAGE_SITES,
    "wagtailusers_api_tokens:usage": Permission.MANAGE_SITES,
    "wagtailusers_groups": Permission.MANAGE_SITES,
    "wagtailusers_users": Permission.MANAGE_SITES,
}
#: Apps whose models bulk actions reach at an address that all models share (`bulk`).
BULK_SECTIONS: dict[str, Permission] = {"auth": Permission.MANAGE_SITES}


def permission_for(match: ResolverMatch) -> Permission | None:
    """The permission that an address asks for, or None where the view itself decides."""
    names = [match.view_name, *match.namespaces]
    return next((SECTIONS[name] for name in names if name in SECTIONS), None)


def is_closed(request: HttpRequest) -> bool:
    """Whether the user has no business at this address. One query, in these sections only."""
    match = request.resolver_match
    permission = permission_for(match) if match else None
    return permission is not None and not holds(request.user, permission)
