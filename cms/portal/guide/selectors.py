"""Where the guide stands on a site."""

from __future__ import annotations

from django.http import HttpRequest

from cms.pages.rendering import request_language
from cms.pages.sites import site_path

#: The guide's first page is a section of the site: a child of its home.
SECTION_DEPTH = 3


def guide_url(request: HttpRequest) -> str | None:
    """The address of the guide on the request's site, in the reader's language; None without one.

    One query.
    """
    from .models import GuidePage

    home = request.site_profile.site.root_page
    guide = (
        GuidePage.objects.filter(path__startswith=site_path(home), depth=SECTION_DEPTH, live=True)
        .order_by("path")
        .first()
    )
    return guide.url_in(request_language(request), request) if guide else None
