"""Who asks: nobody in particular, or the user of a bearer token. Sessions count for nothing."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from wagtail.api.v3.auth import AllowAnonymous, BearerTokenAuth
from wagtail.models import APIToken

from cms.access.standing import is_shut_out
from cms.access.walls import scope_of
from cms.tenancy.scope import limit_to

from .errors import invalid_token


class TokenAuth(BearerTokenAuth):
    """Wagtail's tokens; a token that is no good is refused, never taken for an anonymous visitor.

    Raises Problem (401) for any Authorization header that does not hold a good token.
    """

    def __call__(self, request: HttpRequest) -> APIToken | None:
        header = request.headers.get("Authorization")
        if header is None:
            request.user = AnonymousUser()
            return None
        scheme, _, token = header.partition(" ")
        found = self.authenticate(request, token.strip()) if scheme.lower() == "bearer" else None
        if found is None or is_shut_out(found.user):
            raise invalid_token()
        return found


class OwnThingsAuth(TokenAuth):
    """For what is only done to one's own things: the walls of `cms.tenancy` stand around the rest
    of the request, so that a stranger's id is one that nobody has. `delivery` takes them down."""

    def __call__(self, request: HttpRequest) -> APIToken | None:
        found = super().__call__(request)
        if found is not None:
            limit_to(scope_of(request.user))
        return found


#: For reads: with a token or without.
ANYBODY = [TokenAuth(), AllowAnonymous()]
#: For everything else.
TOKEN = OwnThingsAuth()
