"""What a reader meets who may not read a page, and what menus name to whom.

Wagtail sends everybody whom a restriction keeps out to the sign-in page: right for a visitor
without a session, useless for a reader who is signed in and whom signing in again can't help. They
are told politely at the site's home, whose existence is no secret; below it a page that is not for
them does not exist.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from wagtail.models import PageViewRestriction

from cms.pages.models import Page
from cms.pages.rendering import chrome_context
from cms.pages.visibility import register_rule

from .audiences import PORTAL, audience_of, readable_by

#: Depth of a site's home page in the tree.
HOME_DEPTH = 2


def refuse_signed_in_stranger(
    page: Page, request: HttpRequest, args: Any, kwargs: Any
) -> HttpResponse | None:
    """Wagtail's `before_serve_page` hook: 403 at the home page of a site, 404 below it, None for
    everybody whom Wagtail should serve or send to sign in."""
    if not request.user.is_authenticated or not _is_kept_out(page, request):
        return None
    if page.depth > HOME_DEPTH:
        raise Http404
    response = render(request, "access/not_for_you.html", chrome_context(request), status=403)
    add_never_cache_headers(response)
    return response


def _is_kept_out(page: Page, request: HttpRequest) -> bool:
    """Whether a restriction that signing in could satisfy refuses this user. One query for those
    who may read, and who need no second look."""
    if readable_by(request.user, Page.objects.filter(pk=page.pk)).exists():
        return False
    by_sign_in = (PageViewRestriction.LOGIN, PageViewRestriction.GROUPS)
    return any(
        restriction.restriction_type in by_sign_in
        # The portal's group still has those whose only mission is suspended.
        and (audience_of(page) == PORTAL or not restriction.accept_request(request))
        for restriction in page.get_view_restrictions()
    )


def name_readable_pages(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """Menus name to a reader what the reader may read."""
    return readable_by(getattr(request, "user", AnonymousUser()), pages)


def register() -> None:
    """Fill the registry (from AppConfig.ready)."""
    register_rule(name_readable_pages)
