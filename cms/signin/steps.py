"""A sign-in from the password to the session, and how long what was proved is believed."""

from __future__ import annotations

import time

from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django_otp import DEVICE_ID_SESSION_KEY

from .models import AuthenticatorApp

BACKEND = "cms.signin.backends.PasswordBackend"
#: Session keys: who gave the right password and still owes a code; when all was proved last.
PENDING = "signin_pending"
PROVED_AT = "signin_proved_at"
#: Seconds: how long a code may take; how long delicate things need no new proof.
PENDING_SECONDS = 10 * 60
PROVED_SECONDS = 10 * 60


def begin_second_step(request: HttpRequest, user: User, address: str) -> None:
    """Remember who gave the right password, under a new session key. Nobody is signed in yet."""
    request.session.cycle_key()
    request.session[PENDING] = {
        "user": user.pk,
        "password": user.get_session_auth_hash(),
        "at": int(time.time()),
        "next": address,
    }


def pending(request: HttpRequest) -> tuple[User, str] | None:
    """(who owes a code, where they wanted to go); None where nobody does, it took too long, or
    the account has changed meanwhile."""
    held = request.session.get(PENDING)
    if held is None or time.time() - held["at"] > PENDING_SECONDS:
        return None
    user = User.objects.filter(pk=held["user"], is_active=True).first()
    if user is None or not constant_time_compare(held["password"], user.get_session_auth_hash()):
        return None
    return user, held["next"]


def complete(request: HttpRequest, user: User, app: AuthenticatorApp | None) -> None:
    """Sign in: a new session key, whatever the browser came with."""
    request.session.pop(PENDING, None)
    login(request, user, backend=BACKEND)
    if app is not None:
        mark_verified(request, app)


def mark_verified(request: HttpRequest, app: AuthenticatorApp) -> None:
    """Note that this session has given a code of an app."""
    request.session[DEVICE_ID_SESSION_KEY] = app.persistent_id
    prove(request)


def forget_verified(request: HttpRequest) -> None:
    """Note that this session's app is gone."""
    request.session.pop(DEVICE_ID_SESSION_KEY, None)


def is_verified(request: HttpRequest, app_id: int | None) -> bool:
    """Whether this session has given a code of the app with an id."""
    held = request.session.get(DEVICE_ID_SESSION_KEY)
    return app_id is not None and held == AuthenticatorApp(pk=app_id).persistent_id


def prove(request: HttpRequest) -> None:
    """Note that the person has just shown who they are."""
    request.session[PROVED_AT] = int(time.time())


def is_proved(request: HttpRequest) -> bool:
    """Whether the person has shown so in the last ten minutes."""
    return time.time() - request.session.get(PROVED_AT, 0) < PROVED_SECONDS
