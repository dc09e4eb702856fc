"""Where the guide stands on a site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse

from cms.pages.models import SiteProfile
from cms.pages.rendering import request_language
from cms.pages.sites import site_path

if TYPE_CHECKING:
    from .models import GuidePage

#: The guide's first page is a section of the site: a child of its home.
SECTION_DEPTH = 3


def first_guide(profile: SiteProfile) -> GuidePage | None:
    """The guide's first page on a site, live or not. One query."""
    from .models import GuidePage

    home = profile.site.root_page
    return (
        GuidePage.objects.filter(path__startswith=site_path(home), depth=SECTION_DEPTH)
        .order_by("-live", "path")
        .first()
    )


def guide_url(request: HttpRequest) -> str | None:
    """The address of the guide on the request's site, in the reader's language; None without a
    live one. One query."""
    guide = first_guide(request.site_profile)
    if guide is None or not guide.live:
        return None
    return guide.url_in(request_language(request), request)


def add_guide_page_url(user: User, profile: SiteProfile) -> str:
    """Where a page is added to a portal's guide, or the guide to the portal. One query."""
    parent = first_guide(profile) or profile.site.root_page
    return reverse("wagtailadmin_pages:add", args=["portal_guide", "guidepage", parent.pk])
