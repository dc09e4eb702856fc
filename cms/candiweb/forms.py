"""The forms with which the elections desk records what happened."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from cms.access.record_actions import ActionForm

from . import services
from .models import Candidature, CandidatureStatus, Election, RegionalGroup


class CandidatureActionForm(ActionForm):
    """A candidature is submitted, endorsed or withdrawn."""

    refusals: ClassVar[tuple[type[Exception], ...]] = (services.CandidatureRefused,)

    action = forms.ChoiceField(
        label=_("What happened"),
        choices=(
            ("submit", _("Submitted")),
            ("endorse", _("Endorsed")),
            ("withdraw", _("Withdrawn")),
        ),
    )
    on = forms.DateField(label=_("Date"), widget=AdminDateInput, initial=timezone.localdate)
    reference = forms.CharField(
        label=_("Reference of the note verbale"), max_length=64, required=False
    )
    by = forms.ChoiceField(
        label=_("Endorsed by"), choices=[("", "—"), *RegionalGroup.choices], required=False
    )

    def act(self) -> None:
        given, candidature = self.cleaned_data, self.record
        match given["action"]:
            case "submit":
                services.submit(candidature, reference=given["reference"], on=given["on"])
            case "endorse":
                services.endorse(candidature, by=given["by"], on=given["on"])
            case "withdraw":
                services.withdraw(candidature, on=given["on"])


class ElectionResultForm(ActionForm):
    """An election was held: who is elected."""

    refusals: ClassVar[tuple[type[Exception], ...]] = (services.CandidatureRefused,)

    on = forms.DateField(label=_("Date"), widget=AdminDateInput)
    elected = forms.ModelMultipleChoiceField(
        label=_("Elected"),
        queryset=Candidature.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("All others that stand are then marked as not elected."),
    )

    def __init__(self, *args: Any, record: Election, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        closed = (
            CandidatureStatus.WITHDRAWN,
            CandidatureStatus.ELECTED,
            CandidatureStatus.NOT_ELECTED,
        )
        standing = record.candidatures.exclude(status__in=closed).select_related("election")
        self.fields["elected"].queryset = standing  # type: ignore[attr-defined]
        self.fields["on"].initial = record.date

    def act(self) -> None:
        given = self.cleaned_data
        services.declare_elected(self.record, list(given["elected"]), on=given["on"])
