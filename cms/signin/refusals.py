"""Reasons for which a person may not sign in although the password is right, told by other rooms
(a suspended site's people). Filled from AppConfig.ready()."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import User

#: Given a user, the reason in the reader's language, or None.
Rule = Callable[[User], str | None]

_RULES: list[Rule] = []


def register_refusal(rule: Rule) -> None:
    """Ask a rule of everybody who gives the right password. Registering twice asks once."""
    if rule not in _RULES:
        _RULES.append(rule)


def refusal(user: User) -> str | None:
    """Why a person may not sign in, or None."""
    for rule in _RULES:
        reason = rule(user)
        if reason is not None:
            return reason
    return None
