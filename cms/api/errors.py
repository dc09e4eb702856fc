"""One shape for everything that goes wrong: problem details (RFC 9457).

Which status says what: 400 the address's parameters, 401 no or no valid token, 403 a known user
who may not, 404 nothing there for this reader, 422 the body.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.errors import ValidationError as NinjaValidationError
from wagtail.api.v3.errors import problem_response, register_exception_handlers

from cms.pages.changing import ForeignLanguage

logger = logging.getLogger(__name__)

Errors = list[dict[str, Any]]


class Problem(Exception):
    """What a client is told. `errors`: [{"loc": ["query", "lang"], "msg": "…", "type": "…"}]."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        errors: Errors | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = errors
        self.headers = dict(headers or {})


def bad_parameter(name: str, message: str, *, status: int = 400, type_: str = "value") -> Problem:
    """A problem with one parameter of the address, which it names."""
    return Problem(
        status, message, errors=[{"type": type_, "loc": ["query", name], "msg": message}]
    )


def invalid_token() -> Problem:
    """401 for a token that is unknown, revoked, or of somebody who may not sign in."""
    return Problem(
        401,
        _("The bearer token is not valid: it is unknown, revoked, or its user was suspended."),
        headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
    )


def told(problem: Problem) -> HttpResponse:
    """The response of a problem."""
    response = problem_response(status=problem.status, detail=problem.detail, errors=problem.errors)
    for name, value in problem.headers.items():
        response[name] = value
    return response


def method_not_allowed(allowed: str) -> HttpResponse:
    """405 with the methods that the address has."""
    return told(
        Problem(
            405,
            _("This address answers %(methods)s only.") % {"methods": allowed},
            headers={"Allow": allowed},
        )
    )


def register_handlers(api: NinjaAPI) -> None:
    """Wagtail's handlers (422 for what its forms refuse), and ours before them."""
    register_exception_handlers(api)
    api.add_exception_handler(Problem, lambda request, problem: told(problem))
    api.add_exception_handler(NinjaValidationError, _invalid_input)
    api.add_exception_handler(PermissionDenied, _denied)
    api.add_exception_handler(Http404, _not_found)
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(SuspiciousOperation, _suspicious)
    api.add_exception_handler(Exception, _failure)


def _invalid_input(request: HttpRequest, error: NinjaValidationError) -> HttpResponse:
    places = {str(one["loc"][0]) for one in error.errors if one.get("loc")}
    if "path" in places:
        return _not_found(request, Http404())
    status = 400 if places <= {"query"} else 422
    return problem_response(
        status=status,
        detail=_("Some values are not valid: see “errors”."),
        errors=[{**one, "loc": _place(one["loc"])} for one in error.errors]
        if status == 400
        else error.errors,
    )


def _place(loc: Sequence[str | int]) -> list[str | int]:
    """Where a parameter is: ["query", its name], also where one of several values is at fault."""
    return [loc[0], [part for part in loc if isinstance(part, str)][-1]]


def _denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    if not request.user.is_authenticated:
        return told(_token_wanted())
    detail = str(error) or _("You may not do this.")
    errors = None
    if isinstance(error, ForeignLanguage):
        errors = [
            {"type": "foreign_language", "loc": ["body", column], "msg": detail}
            for column in error.columns
        ]
    return problem_response(status=403, detail=detail, errors=errors)


def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    # Never Wagtail's own words: whether something is hidden or absent must not show.
    return problem_response(status=404, detail=_("There is nothing here for you."))


def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == 401:
        return told(_token_wanted())
    return problem_response(status=error.status_code, detail=str(error))


def _token_wanted() -> Problem:
    return Problem(
        401,
        _("Send a bearer token: Authorization: Bearer wagtail_…"),
        headers={"WWW-Authenticate": "Bearer"},
    )


def _suspicious(request: HttpRequest, error: SuspiciousOperation) -> HttpResponse:
    return problem_response(status=400, detail=_("The request can't be read."))


def _failure(request: HttpRequest, error: Exception) -> HttpResponse:
    # The signal is Django's own way of telling (test client, error reports).
    got_request_exception.send(sender=None, request=request)
    logger.exception("%s %s failed", request.method, request.path, exc_info=error)
    return problem_response(
        status=500, detail=_("Something went wrong on our side; it has been noted.")
    )
