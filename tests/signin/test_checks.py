"""Wrong settings are told by name, with the way out."""

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.test import override_settings

from cms.signin import checks

FULL = settings.MIDDLEWARE


def found(check, **changes):
    with override_settings(**changes):
        return [message.id for message in check()]


def test_the_settings_of_the_house_are_sound():
    assert [message for message in run_checks() if message.id.startswith("signin.")] == []


@pytest.mark.parametrize(
    ("check", "changes", "identifier"),
    [
        (
            checks.backends,
            {"AUTHENTICATION_BACKENDS": ["django.contrib.auth.backends.ModelBackend"]},
            "signin.E001",
        ),
        (
            checks.middleware,
            {"MIDDLEWARE": [name for name in FULL if "SecondFactor" not in name]},
            "signin.E002",
        ),
        (checks.middleware, {"MIDDLEWARE": FULL[::-1]}, "signin.E002"),
        (
            checks.middleware,
            {"MIDDLEWARE": [name for name in FULL if "ClientAddress" not in name]},
            "signin.E003",
        ),
        (
            checks.sessions,
            {"SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies"},
            "signin.E004",
        ),
        (checks.proxies, {"TRUSTED_PROXIES": -1}, "signin.E005"),
        (
            checks.proxies,
            {"SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https")},
            "signin.W006",
        ),
        (checks.passwords, {"AUTH_PASSWORD_VALIDATORS": []}, "signin.E007"),
        (checks.deployment, {"SECOND_FACTOR_REQUIRED": False}, "signin.W008"),
        (checks.deployment, {"SESSION_COOKIE_SAMESITE": "None"}, "signin.W009"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_wrong_setting_is_named(check, changes, identifier):
    with override_settings(**changes):
        messages = {message.id: message for message in check()}
    assert identifier in messages
    assert messages[identifier].hint


def test_a_production_with_the_second_factor_is_sound():
    assert found(checks.deployment, SECOND_FACTOR_REQUIRED=True) == []
    assert (
        found(
            checks.proxies,
            SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"),
            TRUSTED_PROXIES=1,
        )
        == []
    )
