"""When a language goes out and when it is taken back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from cms.pages.models import PageLanguage


class PlanForm(forms.Form):
    """Moments on the clocks of the user's time zone; both empty: nothing is planned."""

    release_at = forms.DateTimeField(
        required=False, label=_("Release at"), widget=AdminDateTimeInput()
    )
    withdraw_at = forms.DateTimeField(
        required=False, label=_("Withdraw at"), widget=AdminDateTimeInput()
    )

    def __init__(self, *args: Any, row: PageLanguage, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", row.language)
        kwargs.setdefault("initial", {"release_at": row.release_at, "withdraw_at": row.withdraw_at})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("release_at", "withdraw_at"):
            moment = cleaned.get(name)
            if moment and name in self.changed_data and moment <= timezone.now():
                self.add_error(name, _("This moment has passed: choose a later one."))
        return cleaned
