"""What is kept about signing in: sessions, second factors, failed attempts, a site's rule."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_otp.models import Device
from django_otp.oath import TOTP

from cms.pages.models import SiteProfile

from .encryption import unseal


class Session(AbstractBaseSession):
    """A session, with whose it is and where it was begun, so that it can be listed and ended."""

    # No constraint in the database: a session that is saved while its account is deleted must not
    # become an error page.
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, related_name="sessions", db_constraint=False
    )
    started = models.DateTimeField(_("begun"), default=timezone.now)
    last_seen = models.DateTimeField(_("last seen"), default=timezone.now)
    address = models.GenericIPAddressField(_("address"), null=True)
    user_agent = models.CharField(_("browser"), max_length=300, blank=True, default="")

    class Meta:
        verbose_name = pgettext_lazy("of a signed-in person", "session")
        verbose_name_plural = pgettext_lazy("of a signed-in person", "sessions")

    @classmethod
    def get_session_store_class(cls) -> type:
        from .sessions import SessionStore

        return SessionStore


class AuthenticatorApp(Device):
    """The app on a person's telephone that shows codes (TOTP, RFC 6238: SHA-1, 6 digits, 30 s).

    `confirmed`: a code of it was seen; until then it is being set up and opens nothing.
    `last_step`: the time step of the last code that was taken, so that none is taken twice.
    """

    sealed_secret = models.TextField(editable=False)
    last_step = models.BigIntegerField(default=-1, editable=False)
    created_at = models.DateTimeField(_("set up"), auto_now_add=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)

    class Meta:
        verbose_name = _("authenticator app")
        verbose_name_plural = _("authenticator apps")
        constraints = [
            models.UniqueConstraint(fields=["user", "confirmed"], name="one_app_a_person_and_state")
        ]

    #: A telephone's clock may be this many steps of 30 s early or late.
    TOLERANCE = 1

    def __str__(self) -> str:
        return self.name

    def verify_token(self, token: str) -> bool:
        """Whether a code is right and has not been taken before. Call it in a transaction that
        holds the row (`AuthenticatorApp.from_persistent_id(…, for_verify=True)`)."""
        try:
            number = int(token)  # takes the digits of any script
        except ValueError:
            return False
        totp = TOTP(bytes.fromhex(unseal(self.sealed_secret)))
        if not totp.verify(number, tolerance=self.TOLERANCE, min_t=self.last_step + 1):
            return False
        self.last_step = totp.t()
        self.last_used_at = timezone.now()
        self.save(update_fields=["last_step", "last_used_at"])
        return True


class RecoveryCode(models.Model):
    """One code for the day on which the telephone is lost. Only its digest is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64, editable=False)
    used_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        constraints = [
            models.UniqueConstraint(fields=["user", "digest"], name="one_digest_a_person")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class FailedAttempts(models.Model):
    """How often something failed lately, for one account, address or browser (`limits.py`).

    `key`: a digest, so that the table names nobody; `free_at`: when the next attempt is allowed.
    """

    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=timezone.now, db_index=True)
    free_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("failed attempts")
        verbose_name_plural = _("failed attempts")

    def __str__(self) -> str:
        return str(self.failures)


class SignInRule(models.Model):
    """What a site asks of its people when they sign in."""

    site = models.OneToOneField(SiteProfile, on_delete=models.CASCADE, related_name="sign_in_rule")
    second_factor_required = models.BooleanField(_("two-factor sign-in is required"), default=False)

    class Meta:
        verbose_name = _("sign-in rule")
        verbose_name_plural = _("sign-in rules")

    def __str__(self) -> str:
        return str(self.site)
