"""The walls around each request to the admin."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.defaults import page_not_found

from cms.tenancy.scope import Scope, kept_inside, limited_to

from .sections import is_closed
from .walls import scope_of


class WallsMiddleware:
    """Keeps every query of a request to the admin inside the user's own sites.

    A page that is previewed passes through the middleware a second time, as its reader would: what
    limits the editor then limits the preview too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _is_in_admin(request):
            return self.get_response(request)
        scope = scope_of(request.user)
        with limited_to(scope):
            response = self.get_response(request)
        return _streamed_inside(scope, response)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """404 for each address of a section in which the user has no business."""
        if _is_in_admin(request) and is_closed(request):
            return page_not_found(request, Http404(), template_name="wagtailadmin/404.html")
        return None


def _streamed_inside(scope: Scope | None, response: HttpResponseBase) -> HttpResponseBase:
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = kept_inside(
            scope, cast(Iterable[bytes], response.streaming_content)
        )
    return response


def _is_in_admin(request: HttpRequest) -> bool:
    # The path first: reading `user` of anybody's visit would cost a look at the session.
    return request.path_info.startswith(_admin_path()) and request.user.is_authenticated


@cache
def _admin_path() -> str:
    return reverse("wagtailadmin_home")
