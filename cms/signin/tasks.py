"""Letters about signing in, and the log of failures, written outside the request.

A job holds only what is no secret: the link of a new password is made where the letter is written.
"""

from __future__ import annotations

import logging

from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.users.models import UserProfile

from cms.languages import codes
from cms.pages.models import SiteProfile

from . import journal
from .limits import LETTER, Counter, MustWait, begin_attempt

logger = logging.getLogger(__name__)


@task()
def log_failure(*, user_pk: int | None, address: str) -> None:
    """Log a failed sign-in with its account. What was typed is never logged, it may be a password;
    nor are tries during a wait, or a stranger could fill the log."""
    user = User.objects.filter(pk=user_pk).first() if user_pk is not None else None
    if user is not None:
        journal.note(journal.FAILED, user, by=None, address=address)
    else:
        logger.info("A sign-in failed for a name that nobody has, from %s", address or "a command")


def tell(user: User, what: str) -> None:
    """Tell a person, at the e-mail address that they have now, what happens to their account (a
    key of `_news`), once it has."""
    email = user.email
    if email:
        transaction.on_commit(lambda: write_news.enqueue(user_pk=user.pk, email=email, what=what))


@task()
def write_news(*, user_pk: int, email: str, what: str) -> None:
    """Send the letter of `tell`, in the person's own language."""
    user = User.objects.filter(pk=user_pk).first()
    if user is None:
        return
    profile = UserProfile.get_for_user(user)
    with codes.override(codes.normalise(profile.get_preferred_language()) or "en"):
        subject, happened = _news(what)
        body = render_to_string("signin/mail/news.txt", {"user": user, "happened": happened})
        send_mail(subject, body, None, [email])


def _news(what: str) -> tuple[str, str]:
    """(subject, what happened) in the active language."""
    return {
        "password_changed": (
            _("Your password was changed"),
            _("The password of your account was changed."),
        ),
        "email_changed": (
            _("Your e-mail address was changed"),
            _("Letters about your account go to another e-mail address from now on."),
        ),
        "factor_set": (
            _("Two-factor sign-in was set up"),
            _("An authenticator app was set up for your account."),
        ),
        "factor_removed": (
            _("Two-factor sign-in was removed"),
            _("The authenticator app was removed from your account."),
        ),
        "factor_reset": (
            _("Your second factor was reset"),
            _(
                "An administrator took away the authenticator app of your account, with its "
                "recovery codes. You sign in with your password alone until you set up a new one."
            ),
        ),
    }[what]


@task()
def write_reset_letters(*, email: str, site_pk: int, language: str) -> None:
    """Send the link for a new password to the active accounts of an e-mail address, in the
    language and to the host where it was asked for. Nobody's address: nothing happens."""
    site = SiteProfile.objects.select_related("site").filter(pk=site_pk).first()
    if site is None:
        return
    people = User.objects.filter(email__iexact=email, is_active=True).order_by("pk")[:5]
    for user in people:
        if not user.has_usable_password():
            continue
        try:
            begin_attempt([Counter(LETTER, str(user.pk))])
        except MustWait:
            continue  # three letters are on their way already
        _send_link(user, site, language)


def _send_link(user: User, site: SiteProfile, language: str) -> None:
    token = default_token_generator.make_token(user)
    path = reverse(
        "sign_in_new_password",
        kwargs={
            "language": language,
            "uidb64": urlsafe_base64_encode(force_bytes(user.pk)),
            "token": token,
        },
    )
    with codes.override(language):
        body = render_to_string(
            "signin/mail/reset.txt", {"user": user, "url": f"{site.site.root_url}{path}"}
        )
        send_mail(_("A new password"), body, None, [user.email])
    journal.note(journal.RESET_ASKED, user, by=None)
