"""Rounds of voting and what each candidate received."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from cms.languages.record_fields import StateCodeField

from .candidatures import Candidature
from .elections import Election, SeatAllocation


class Ballot(ClusterableModel):
    """One round of voting for one allocation of seats."""

    election = models.ForeignKey(
        Election, on_delete=models.CASCADE, related_name="ballots", verbose_name=_("election")
    )
    allocation = models.ForeignKey(
        SeatAllocation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="ballots",
        verbose_name=_("seats"),
    )
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    date = models.DateField(_("date"), null=True, blank=True)
    required = models.PositiveSmallIntegerField(_("votes required"), null=True, blank=True)

    class Meta:
        ordering = ["round", "pk"]
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        constraints = [
            models.UniqueConstraint(
                fields=["election", "allocation", "round"], name="one_ballot_a_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.election.slug}, {self.round}"


class BallotResult(models.Model):
    """Votes for a State or nominee in a ballot; States that did not stand may receive votes too.

    `votes`: None where the figure is not known.
    """

    ballot = ParentalKey(
        Ballot, on_delete=models.CASCADE, related_name="results", verbose_name=_("ballot")
    )
    candidature = models.ForeignKey(
        Candidature,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="results",
        verbose_name=_("candidature"),
    )
    state = StateCodeField(_("State"))
    votes = models.PositiveSmallIntegerField(_("votes"), null=True, blank=True)
    is_elected = models.BooleanField(_("elected"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("result")
        verbose_name_plural = _("results")

    def __str__(self) -> str:
        return f"{self.state}: {self.votes if self.votes is not None else '–'}"
