"""Proposals that were asked of a machine."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.pages.models import LANGUAGE_CHOICES

#: A job that has not ended by then has died with its worker.
DEAD_AFTER = timedelta(minutes=30)


class ProposalState(models.TextChoices):
    """Where a proposal stands."""

    WAITING = "waiting", pgettext_lazy("state of a proposal", "Waiting")
    RUNNING = "running", pgettext_lazy("state of a proposal", "At work")
    DONE = "done", pgettext_lazy("state of a proposal", "Done")
    FAILED = "failed", pgettext_lazy("state of a proposal", "Failed")


OPEN = (ProposalState.WAITING, ProposalState.RUNNING)


class Failure(models.TextChoices):
    """Why there is no proposal, in a sentence for whoever asked."""

    OFF = "off", _("Machine translation is switched off.")
    UNAVAILABLE = "unavailable", _("The translation service can't be reached: try again later.")
    QUOTA = "quota", _("The translation service has no more characters for us in this period.")
    REFUSED = "refused", _("The translation service refused this: tell the Secretariat.")
    MALFORMED = "malformed", _("The translation service gave an answer that can't be used.")
    FORBIDDEN = "forbidden", _("You may not change this language of the page any more.")
    NOT_SENT = "not_sent", _("The text of this page may not be sent to the translation service.")
    NOTHING = "nothing", _("There is nothing left to be proposed.")
    INVALID = "invalid", _("The page can't be saved as it stands: open it in the editor and save.")
    INTERRUPTED = "interrupted", _("The work was interrupted: ask again.")


class MachineProposal(models.Model):
    """One language of one page, asked of a machine once.

    `report`: pieces that were not filled, [[key, label, fault]]; `detail`: the service's own words
    for a failure, for the Secretariat.
    """

    page = models.ForeignKey("pages.Page", models.CASCADE, related_name="machine_proposals")
    source = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)
    target = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    requested_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    state = models.CharField(
        max_length=8, choices=ProposalState.choices, default=ProposalState.WAITING
    )
    provider = models.CharField(max_length=40, blank=True)
    filled = models.PositiveIntegerField(default=0)
    withheld = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=list)
    failure = models.CharField(max_length=12, choices=Failure.choices, blank=True)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("machine proposal")
        verbose_name_plural = _("machine proposals")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "target"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="one_open_proposal_per_language",
            )
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.source}→{self.target}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN
