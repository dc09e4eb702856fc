"""Forms of the mission's pages: times are typed on the clocks of the event's own zone."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.languages.zones import HEADQUARTERS, validate_zone, zone_choices
from cms.pages.forms import PageForm


class ZonedForm(PageForm):
    """A form with a `zone`, chosen from the list of time zones."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "zone" in self.fields:
            self.fields["zone"] = forms.ChoiceField(
                label=self.fields["zone"].label,
                help_text=self.fields["zone"].help_text,
                choices=self._choices,
                initial=HEADQUARTERS,
            )

    def _choices(self) -> list[tuple[str, str]]:
        # A zone that the list no longer offers stays the page's own until somebody changes it.
        kept = self.instance.zone
        known = zone_choices()
        return known if kept in dict(known) else [(kept, kept), *known]


class EventForm(ZonedForm):
    """Shows and reads `start` and `end` on the clocks of the chosen zone.

    Otherwise an event in Geneva typed by somebody in New York would be six hours late.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = ZoneInfo(self.instance.zone)
        for name in ("start", "end"):
            moment = getattr(self.instance, name)
            if name in self.fields and moment is not None:
                self.initial[name] = moment.astimezone(zone).replace(tzinfo=None)

    def full_clean(self) -> None:
        with timezone.override(self._chosen_zone()):
            super().full_clean()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", _("The event ends before it starts."))
        return cleaned

    def _chosen_zone(self) -> ZoneInfo:
        name = self.data.get(self.add_prefix("zone")) or self.instance.zone
        try:
            validate_zone(name)
        except ValidationError:  # the field itself will say so
            name = HEADQUARTERS
        return ZoneInfo(name)


class PeopleForm(PageForm):
    """Accepts one permanent representative at most."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        people = self.formsets.get("people")
        if people is not None and people.is_bound:
            marked = [
                form
                for form in people.forms
                if form.is_valid()
                and form.cleaned_data.get("is_representative")
                and not form.cleaned_data.get("DELETE")
            ]
            if len(marked) > 1:
                self.add_error(None, _("Mark one person at most as the permanent representative."))
        return cleaned
