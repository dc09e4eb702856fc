"""The one place where a password is compared, whoever asks: a page, Wagtail, a command.

The limits are here and not in a page, so that no other way to ask gets around them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, check_password
from django.contrib.auth.models import User
from django.http import HttpRequest

from cms.access.standing import is_shut_out

from .addresses import client_address, network
from .known_devices import device_of
from .limits import ACCOUNT, ADDRESS, HERE, KNOWN_DEVICE, Counter, begin_attempt
from .names import find_account, plain_name
from .tasks import log_failure


class PasswordBackend(ModelBackend):
    """Django's own backend with names in any letter case, limits, and the same work for all."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        """The active user of a name and password. Raises MustWait (a PermissionDenied: Django
        then asks no other backend)."""
        if username is None or password is None:
            return None
        user = find_account(username)
        attempt = begin_attempt(password_counters(request, user, username))
        if not _matches(user, password) or user is None or not self.user_can_authenticate(user):
            # By a job, for an unknown name too: writing it here would take a known one longer.
            log_failure.enqueue(user_pk=user.pk if user else None, address=client_address(request))
            return None
        attempt.succeeded()
        return user

    def user_can_authenticate(self, user: Any) -> bool:
        """Django asks it at sign-in and for each session's user: nobody whose every site is
        suspended. One query more for a signed-in request."""
        return super().user_can_authenticate(user) and not is_shut_out(user)


def password_counters(
    request: HttpRequest | None, user: User | None, typed: str
) -> Sequence[Counter]:
    """Under what a try of a password counts. Variants of a name are one account."""
    device = device_of(request, user)
    if device is not None:
        return [Counter(KNOWN_DEVICE, device)]
    account = f"user {user.pk}" if user else f"name {plain_name(typed)}"
    address = network(client_address(request))
    counters = [Counter(ACCOUNT, account)]
    if address:
        counters += [Counter(HERE, f"{account}\n{address}"), Counter(ADDRESS, address)]
    return counters


def _matches(user: User | None, password: str) -> bool:
    """Whether a password is right, for the price of one hash in every case: Django works one out
    for a password that can't be used as well."""
    if user is None:
        return check_password(password, UNUSABLE_PASSWORD_PREFIX)
    return user.check_password(password)
