"""Who stands in an election, and how far the candidature has come."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.languages.record_fields import StateCodeField

from .elections import Election, RegionalGroup, SeatAllocation, illustrative_field


class CandidatureStatus(models.TextChoices):
    """How far a candidature has come. Changed by `cms.candiweb.services` only."""

    ANNOUNCED = "announced", _("Announced")
    SUBMITTED = "submitted", _("Submitted")
    ENDORSED = "endorsed", _("Endorsed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ELECTED = "elected", _("Elected")
    NOT_ELECTED = "not_elected", _("Not elected")

    @property
    def badge(self) -> str:
        """The status's name in the component kit."""
        return self.value.replace("_", "-")

    @property
    def is_standing(self) -> bool:
        """Whether it will be voted on."""
        return self in (
            CandidatureStatus.ANNOUNCED,
            CandidatureStatus.SUBMITTED,
            CandidatureStatus.ENDORSED,
        )


class Candidature(models.Model):
    """A State that stands for a seat, or the person whom a State nominates.

    `regional_group`: the group as whose member the State stands in this election; groups change
    over the years, so it is kept with the candidature.
    """

    election = models.ForeignKey(
        Election,
        on_delete=models.CASCADE,
        related_name="candidatures",
        verbose_name=_("election"),
    )
    allocation = models.ForeignKey(
        SeatAllocation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="candidatures",
        verbose_name=_("seats"),
    )
    state = StateCodeField(_("State"))
    nominee = models.CharField(
        _("nominee"),
        max_length=160,
        blank=True,
        help_text=_("For bodies whose members are persons."),
    )
    regional_group = models.CharField(
        _("regional group"), max_length=8, choices=RegionalGroup.choices, blank=True
    )
    status = models.CharField(
        _("status"),
        max_length=16,
        choices=CandidatureStatus.choices,
        default=CandidatureStatus.ANNOUNCED,
    )
    announced_on = models.DateField(_("announced on"), null=True, blank=True)
    note_reference = models.CharField(_("note verbale"), max_length=64, blank=True)
    note_date = models.DateField(_("date of the note verbale"), null=True, blank=True)
    endorsed_by = models.CharField(
        _("endorsed by"), max_length=8, choices=RegionalGroup.choices, blank=True
    )
    endorsed_on = models.DateField(_("endorsed on"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_illustrative = illustrative_field()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("candidature")
        verbose_name_plural = _("candidatures")
        constraints = [
            models.UniqueConstraint(
                fields=["election", "state", "nominee"],
                condition=~Q(status="withdrawn"),
                name="one_candidature_a_candidate",
                violation_error_message=_("This candidate stands in the election already."),
            )
        ]

    def __str__(self) -> str:
        who = f"{self.nominee} ({self.state})" if self.nominee else self.state
        return f"{who}, {self.election.slug}"

    def clean(self) -> None:
        if self.election_id and self.election.body.elects_persons and not self.nominee:
            raise ValidationError({"nominee": _("Members of this body are persons: name one.")})
        if self.election_id and not self.election.body.elects_persons and self.nominee:
            raise ValidationError({"nominee": _("Members of this body are States: name nobody.")})
        if self.allocation and self.allocation.election_id != self.election_id:
            raise ValidationError({"allocation": _("These seats are of another election.")})
        groups = self.allocation.groups if self.allocation else []
        if groups and self.regional_group and self.regional_group not in groups:
            raise ValidationError(
                {"regional_group": _("These seats are for other regional groups.")}
            )

    @property
    def candidature_status(self) -> CandidatureStatus:
        return CandidatureStatus(self.status)

    @property
    def group(self) -> str:
        """Code of the group: the candidature's own, else that of seats for one group; or ""."""
        if self.regional_group or not self.allocation or len(self.allocation.groups) != 1:
            return self.regional_group
        return str(self.allocation.groups[0])
