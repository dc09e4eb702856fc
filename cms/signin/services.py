"""Sessions, passwords, and what a site asks of its people. The second factor's own verbs are in
`second_factor.py`."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from wagtail.models import APIToken

from cms.access.roles import Permission
from cms.access.selectors import may
from cms.pages.models import SiteProfile

from . import journal
from .models import Session, SignInRule
from .tasks import tell


class NotYourSite(PermissionError):
    """Raised where somebody would change the sign-in rule of a site whose people they do not
    manage."""

    def __init__(self, site: SiteProfile) -> None:
        super().__init__(f"Only who manages the people of “{site}” may say how they sign in.")


def session_name(session_key: str) -> str:
    """What a page calls a session: a digest, for the key itself would open it."""
    return salted_hmac("cms.signin.session_name", session_key, algorithm="sha256").hexdigest()[:32]


@transaction.atomic
def end_session(user: User, name: str, *, address: str = "") -> bool:
    """End one of a person's sessions by its `session_name`; False where they have no such one."""
    for row in Session.objects.filter(user=user):
        if session_name(row.session_key) == name:
            row.delete()
            journal.note(journal.SESSIONS_ENDED, user, by=user, address=address, number=1)
            return True
    return False


def end_sessions(user: User, *, keep: str | None = None) -> int:
    """End a person's sessions on every device, but for the one with the key `keep`: how many."""
    number, _rows = Session.objects.filter(user=user).exclude(session_key=keep or "").delete()
    return number


@transaction.atomic
def sign_out_elsewhere(
    user: User, *, keep: str | None, tokens: bool = False, address: str = ""
) -> int:
    """End all other sessions, and revoke the person's API tokens where they ask for it."""
    number = end_sessions(user, keep=keep)
    revoked = revoke_tokens(user) if tokens else 0
    journal.note(
        journal.SESSIONS_ENDED, user, by=user, address=address, number=number, tokens=revoked
    )
    return number


def revoke_tokens(user: User) -> int:
    """Revoke a person's API tokens: how many."""
    return APIToken.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now())


@transaction.atomic
def change_password(
    user: User, password: str, *, keep_session: str | None = None, address: str = ""
) -> None:
    """Give oneself another password (validated already); other sessions end."""
    _set_password(user, password, keep_session)
    journal.note(journal.PASSWORD_CHANGED, user, by=user, address=address)
    tell(user, "password_changed")


@transaction.atomic
def reset_password(user: User, password: str, *, address: str = "") -> None:
    """Set the password of who followed the link in a letter; every session ends."""
    _set_password(user, password, None)
    journal.note(journal.RESET, user, by=user, address=address)
    tell(user, "password_changed")


@transaction.atomic
def change_email(user: User, email: str, *, address: str = "") -> None:
    """Send a person's letters to another address; the old one is told, for it may be a thief."""
    tell(user, "email_changed")
    user.email = email
    user.save(update_fields=["email"])
    journal.note(journal.EMAIL_CHANGED, user, by=user, address=address)


def _set_password(user: User, password: str, keep_session: str | None) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])
    end_sessions(user, keep=keep_session)


@transaction.atomic
def require_second_factor(
    site: SiteProfile, required: bool, *, by: User, address: str = ""
) -> SignInRule:
    """Say whether the people of a site must have a second factor. Who has none is led to set one
    up at their next request. Raises NotYourSite."""
    if not may(by, Permission.MANAGE_PEOPLE, site):
        raise NotYourSite(site)
    rule, _created = SignInRule.objects.get_or_create(site=site)
    if rule.second_factor_required != required:
        rule.second_factor_required = required
        rule.save(update_fields=["second_factor_required"])
        action = journal.FACTOR_REQUIRED if required else journal.FACTOR_NOT_REQUIRED
        journal.note(action, site, by=by, address=address)
    return rule
