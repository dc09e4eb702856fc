"""The page that asks for the password of a restricted part of a site."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail import views
from wagtail.models import PageViewRestriction

from cms.pages.models import Page


def ask_for_password(
    request: HttpRequest, page_view_restriction_id: int, page_id: int
) -> HttpResponse:
    """Wagtail's view, for a live page of this site below the restriction.

    Wagtail's takes any two ids that exist, on any host: whose drafts exist could be counted.
    Raises Http404.
    """
    restriction = get_object_or_404(
        PageViewRestriction.objects.select_related("page"),
        pk=page_view_restriction_id,
        restriction_type=PageViewRestriction.PASSWORD,
    )
    page = get_object_or_404(Page, pk=page_id, live=True)
    site = request.site_profile.site  # type: ignore[attr-defined]
    inside = page.path.startswith(restriction.page.path)
    if not inside or not page.path.startswith(site.root_page.path):
        raise Http404
    return views.authenticate_with_password(request, page_view_restriction_id, page_id)
