"""What signing in leaves in the log of actions: who, what, from which address; never a secret."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, log

SIGNED_IN = "signin.in"
FAILED = "signin.failed"
SIGNED_OUT = "signin.out"
RESET_ASKED = "signin.password_reset_asked"
RESET = "signin.password_reset"
PASSWORD_CHANGED = "signin.password_changed"  # noqa: S105
EMAIL_CHANGED = "signin.email_changed"
FACTOR_SET = "signin.factor_set"
FACTOR_REMOVED = "signin.factor_removed"
FACTOR_RESET = "signin.factor_reset"
CODES_MADE = "signin.recovery_codes_made"
CODE_USED = "signin.recovery_code_used"
SESSIONS_ENDED = "signin.sessions_ended"
FACTOR_REQUIRED = "signin.factor_required"
FACTOR_NOT_REQUIRED = "signin.factor_not_required"

ACTIONS = {
    SIGNED_IN: (_("Sign in"), _("Signed in")),
    FAILED: (_("Sign-in failed"), _("A sign-in failed")),
    SIGNED_OUT: (_("Sign out"), _("Signed out")),
    RESET_ASKED: (_("Ask for a new password"), _("A new password was asked for")),
    RESET: (_("Reset password"), _("Password set by a link sent by e-mail")),
    PASSWORD_CHANGED: (_("Change password"), _("Password changed")),
    EMAIL_CHANGED: (_("Change e-mail address"), _("E-mail address changed")),
    FACTOR_SET: (_("Set up second factor"), _("Authenticator app set up")),
    FACTOR_REMOVED: (_("Remove second factor"), _("Authenticator app removed")),
    FACTOR_RESET: (_("Reset second factor"), _("Second factor taken away by an administrator")),
    CODES_MADE: (_("Make recovery codes"), _("New recovery codes made")),
    CODE_USED: (_("Use recovery code"), _("Signed in with a recovery code")),
    SESSIONS_ENDED: (_("Sign out elsewhere"), _("Sessions ended")),
    FACTOR_REQUIRED: (_("Require second factor"), _("Two-factor sign-in made compulsory")),
    FACTOR_NOT_REQUIRED: (
        _("Do not require second factor"),
        _("Two-factor sign-in made voluntary"),
    ),
}


def register_actions(actions: LogActionRegistry) -> None:
    """Wagtail's `register_log_actions` hook."""
    for name, (label, message) in ACTIONS.items():
        actions.register_action(name, label, message)


def note(
    action: str, about: models.Model, *, by: User | None, address: str = "", **data: Any
) -> None:
    """Write one entry. `about`: the account (or site) concerned; `by`: who did it, None for a
    stranger; `address`: from where, "" where nobody asked (commands)."""
    if address:
        data["address"] = address
    log(about, action, user=by, data=data)
