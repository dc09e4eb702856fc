"""Settings without which signing in is not what this room says it is."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from .addresses import ClientAddressMiddleware
from .backends import PasswordBackend
from .middleware import SecondFactorMiddleware

LEAST_LENGTH = 12


def _path(of: type) -> str:
    return f"{of.__module__}.{of.__qualname__}"


def backends(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """A second backend would compare passwords without limits."""
    if list(settings.AUTHENTICATION_BACKENDS) == [_path(PasswordBackend)]:
        return []
    return [
        Error(
            "AUTHENTICATION_BACKENDS must hold nothing but the backend that counts failures.",
            hint=f"Set it to [{_path(PasswordBackend)!r}]; another way needs the same limits.",
            id="signin.E001",
        )
    ]


def middleware(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Addresses before anybody asks for them, the second factor right after who it is."""
    found = list(settings.MIDDLEWARE)
    authentication = "django.contrib.auth.middleware.AuthenticationMiddleware"
    sessions = "django.contrib.sessions.middleware.SessionMiddleware"
    messages: list[CheckMessage] = []
    for wall, before, identifier in (
        (_path(SecondFactorMiddleware), authentication, "signin.E002"),
        (sessions, _path(ClientAddressMiddleware), "signin.E003"),
    ):
        if {wall, before} <= set(found) and found.index(wall) > found.index(before):
            continue
        messages.append(
            Error(
                f"MIDDLEWARE must hold {wall} after {before}.",
                hint="Compare with missions_site/settings/base.py.",
                id=identifier,
            )
        )
    return messages


def sessions(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Sessions that can be listed and ended by person."""
    if settings.SESSION_ENGINE == "cms.signin.sessions":
        return []
    return [
        Error(
            "SESSION_ENGINE must be cms.signin.sessions: other sessions can't be ended by person.",
            hint="Remove the setting of SESSION_ENGINE after base.py.",
            id="signin.E004",
        )
    ]


def proxies(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """How many proxies are ours is a number from 0."""
    number = settings.TRUSTED_PROXIES
    if not isinstance(number, int) or number < 0:
        return [
            Error(
                "TRUSTED_PROXIES must be the number of our own proxies before the server, from 0.",
                hint="Set the variable TRUSTED_PROXIES to 1 behind one load balancer.",
                id="signin.E005",
            )
        ]
    if settings.SECURE_PROXY_SSL_HEADER and not number:
        return [
            Warning(
                "TRUST_PROXY_TLS says that a proxy stands before the server, TRUSTED_PROXIES that "
                "none does: all visitors would share its address and its limits.",
                hint="Set the variable TRUSTED_PROXIES to the number of proxies.",
                id="signin.W006",
            )
        ]
    return []


def passwords(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Passwords of at least twelve characters."""
    validators: Any = settings.AUTH_PASSWORD_VALIDATORS
    lengths = [
        validator.get("OPTIONS", {}).get("min_length", 8)
        for validator in validators
        if validator["NAME"].endswith(".MinimumLengthValidator")
    ]
    if max(lengths, default=0) >= LEAST_LENGTH:
        return []
    return [
        Error(
            f"Passwords must have at least {LEAST_LENGTH} characters.",
            hint="Give MinimumLengthValidator in AUTH_PASSWORD_VALIDATORS that min_length.",
            id="signin.E007",
        )
    ]


def deployment(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """What is right for a demo only."""
    messages: list[CheckMessage] = []
    if not settings.SECOND_FACTOR_REQUIRED:
        messages.append(
            Warning(
                "The Secretariat and administrators may sign in with a password alone.",
                hint="Unset the variable SECOND_FACTOR_REQUIRED: production asks for it.",
                id="signin.W008",
            )
        )
    if not settings.SESSION_COOKIE_HTTPONLY or settings.SESSION_COOKIE_SAMESITE not in (
        "Lax",
        "Strict",
    ):
        messages.append(
            Warning(
                "The session's cookie must be HttpOnly and SameSite=Lax.",
                hint="Remove SESSION_COOKIE_HTTPONLY and SESSION_COOKIE_SAMESITE after base.py.",
                id="signin.W009",
            )
        )
    return messages


def register_all() -> None:
    """Register every check (from AppConfig.ready)."""
    for check in (backends, middleware, sessions, proxies, passwords):
        register(check, Tags.security)
    register(deployment, Tags.security, deploy=True)
