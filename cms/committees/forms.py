"""The form with which a secretary records what happened to a draft proposal."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from cms.access.record_actions import ActionForm

from . import services
from .models import DraftProposal, Meeting

ACTIONS = (
    ("revise", _("Revised")),
    ("adopt_without_vote", _("Adopted without a vote")),
    ("adopt_by_vote", _("Adopted by vote")),
    ("reject", _("Not adopted")),
    ("withdraw", _("Withdrawn")),
    ("add_sponsors", _("More sponsors")),
)


class DraftActionForm(ActionForm):
    """One action on a draft proposal, as the services know it."""

    refusals: ClassVar[tuple[type[Exception], ...]] = (services.TransitionRefused,)

    action = forms.ChoiceField(label=_("What happened"), choices=ACTIONS)
    on = forms.DateField(label=_("Date"), widget=AdminDateInput, initial=timezone.localdate)
    meeting = forms.ModelChoiceField(
        label=_("Meeting"), queryset=Meeting.objects.none(), required=False
    )
    symbol = forms.CharField(
        label=_("Symbol of the revision"),
        max_length=64,
        required=False,
        help_text=_("Left empty: the next /Rev. of the same symbol."),
    )
    yes = forms.IntegerField(label=_("In favour"), min_value=0, max_value=999, required=False)
    no = forms.IntegerField(label=_("Against"), min_value=0, max_value=999, required=False)
    abstain = forms.IntegerField(label=_("Abstaining"), min_value=0, max_value=999, required=False)
    orally_revised = forms.BooleanField(label=_("As orally revised"), required=False)
    notice_waived = forms.BooleanField(
        label=_("The rule of circulation the day before was waived"), required=False
    )
    states = forms.CharField(
        label=_("Sponsors who join"),
        required=False,
        help_text=_("ISO codes of the States, separated by spaces: FRA EGY."),
    )

    def __init__(self, *args: Any, record: DraftProposal, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        self.fields["meeting"].queryset = record.session.meetings.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        needs_vote = cleaned.get("action") == "adopt_by_vote"
        for name in ("yes", "no"):
            if needs_vote and cleaned.get(name) is None and name not in self.errors:
                self.add_error(name, _("Give the figures of the vote."))
        if cleaned.get("action") == "add_sponsors" and not (cleaned.get("states") or "").split():
            self.add_error("states", _("Name a State."))
        return cleaned

    @property
    def vote(self) -> services.Vote | None:
        """The figures, if both sides are given."""
        given = self.cleaned_data
        if given["yes"] is None or given["no"] is None:
            return None
        return services.Vote(given["yes"], given["no"], given["abstain"] or 0)

    def act(self) -> None:
        given, draft = self.cleaned_data, self.record
        on, meeting = given["on"], given["meeting"]
        adoption = {
            "meeting": meeting,
            "orally_revised": given["orally_revised"],
            "notice_waived": given["notice_waived"],
        }
        match given["action"]:
            case "revise":
                services.revise(draft, on=on, symbol=given["symbol"])
            case "adopt_without_vote":
                services.adopt_without_vote(draft, on=on, **adoption)
            case "adopt_by_vote":
                services.adopt_by_vote(draft, on=on, vote=self.vote, **adoption)
            case "reject":
                services.reject(draft, on=on, vote=self.vote, meeting=meeting)
            case "withdraw":
                services.withdraw(draft, on=on)
            case "add_sponsors":
                services.add_sponsors(draft, given["states"].upper().split(), on=on)
