"""Invitations, suspended roles, and accounts that sleep because their last role went."""

from __future__ import annotations

import hashlib

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.access.models import RoleGroup
from cms.pages.models import LANGUAGE_CHOICES, SiteProfile


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by what became of them."""

    def pending(self) -> InvitationQuerySet:
        """Neither accepted nor withdrawn; those that have expired can be sent again."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class Invitation(models.Model):
    """An invitation by e-mail to hold roles on a site.

    `token_hash`: digest of the secret in the last link that was sent, "" before the first; `mails`:
    how often a mail was asked for, `asked_at` and `asked_by`: the last time and by whom.
    """

    site = models.ForeignKey(SiteProfile, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES)
    roles = models.ManyToManyField(RoleGroup, related_name="invitations", verbose_name=_("roles"))
    token_hash = models.CharField(max_length=64, blank=True, default="", db_index=True)
    expires_at = models.DateTimeField(_("expires"))
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="invitations_asked"
    )
    mails = models.PositiveIntegerField(default=1)
    sent_at = models.DateTimeField(_("sent"), null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="invitations_accepted"
    )
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["site", "email"],
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="one_pending_invitation_a_site_and_address",
            )
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def has_expired(self) -> bool:
        """Whether its link is too old."""
        return self.expires_at <= timezone.now()

    @property
    def is_pending(self) -> bool:
        """Whether nobody has accepted or withdrawn it."""
        return self.accepted_at is None and self.withdrawn_at is None


def digest(token: str) -> str:
    """What is kept of a link's secret. The secret is 256 random bits: no salt, no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


class SuspendedRole(models.Model):
    """A role that a person held on a site when they were suspended there, to be given back."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="suspended_roles")
    role_group = models.ForeignKey(
        RoleGroup, on_delete=models.CASCADE, related_name="suspended_holders"
    )
    since = models.DateTimeField(pgettext_lazy("from a date on", "since"), auto_now_add=True)

    class Meta:
        verbose_name = _("suspended role")
        verbose_name_plural = _("suspended roles")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role_group"], name="one_suspension_a_person_and_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role_group}"


class Departure(models.Model):
    """That an account was made inactive because its last role went: the next role wakes it.

    An account that the Secretariat closed has no such row, so no mission can open it again.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="departure")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("departure")
        verbose_name_plural = _("departures")

    def __str__(self) -> str:
        return str(self.user)
