"""Browsers in which a person has signed in before, told by a signed cookie.

The cookie opens nothing. It only lets its browser be counted apart from everybody else's failed
attempts, so that a stranger can't keep a person out (OWASP, "device cookies").
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "known_device"
SALT = "cms.signin.known_devices"
SECONDS = 180 * 24 * 60 * 60
#: How many people may share a browser.
PEOPLE = 8


def device_of(request: HttpRequest | None, user: User | None) -> str | None:
    """The name that this browser got when the user signed in with it; None for any other."""
    if request is None or user is None:
        return None
    return _read(request).get(str(user.pk))


def remember_device(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Let this browser be known for a user."""
    names = _read(request)
    name = names.pop(str(user.pk), None) or secrets.token_urlsafe(16)
    names = dict(list(names.items())[-PEOPLE + 1 :]) | {str(user.pk): name}
    response.set_cookie(
        COOKIE,
        signing.dumps(names, salt=SALT),
        max_age=SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _read(request: HttpRequest) -> dict[str, str]:
    try:
        names = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return {}
    return dict(names)
