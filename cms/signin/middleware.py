"""What every signed-in request passes: a session without the second factor opens nothing but its
set-up where one is required, and nothing at all where the person has one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from cms.pages.rendering import request_language

from .destinations import safe_address, with_next
from .selectors import factor_state
from .sessions import touch
from .steps import is_verified

#: The API knows no sessions.
WITHOUT_SESSIONS = "/api/"
#: Views that work for who must set up a second factor and has not.
OPEN = frozenset(
    {
        "account_second_factor",
        "account_confirm",
        "logout",
        "wagtailadmin_logout",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_sprite",
    }
)


class SecondFactorMiddleware:
    """Costs a signed-in request one query, a visitor's none. Stands after AuthenticationMiddleware.

    Where a second factor is required the person is led to set one up, whatever they ask for, so
    that what exists and what does not look alike.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Django's hook between resolving and calling a view."""
        if request.path_info.startswith(WITHOUT_SESSIONS) or not request.session.session_key:
            return None
        if not request.user.is_authenticated:
            return None
        touch(request)
        state = factor_state(request.user)
        if state.app is not None and not is_verified(request, state.app):
            # A session from before the app was set up, or begun past the sign-in page.
            logout(request)
            return _to("sign_in", request)
        if state.app is None and state.required and _view_name(request) not in OPEN:
            return _to("account_second_factor", request)
        return None


def _view_name(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name if match else ""


def _to(name: str, request: HttpRequest) -> HttpResponse:
    url = reverse(name, kwargs={"language": request_language(request)})
    back = safe_address(request.get_full_path()) if request.method == "GET" else ""
    response = HttpResponseRedirect(with_next(url, back))
    response["Cache-Control"] = "private, no-store"
    return response
