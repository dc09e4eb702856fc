"""The admin's forms: each is one call of a service."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .services.deletion import GRACE_DAYS

#: Nobody decides further ahead than this.
MOST_DAYS = 365


class SuspendForm(forms.Form):
    """Why a site is suspended; for the log, never for the public."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        help_text=_("Kept in the log. The public is not told."),
    )


class ConfirmForm(forms.Form):
    """The code of the site, typed; the service compares."""

    confirm = forms.CharField(
        label=_("Code of the site"),
        max_length=32,
        help_text=_("Type the code of the site to confirm."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )


class ScheduleForm(ConfirmForm):
    """When a site is deleted."""

    days = forms.IntegerField(
        label=_("Days until the deletion"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=GRACE_DAYS,
        help_text=_("Until then the site is suspended, and the deletion can be cancelled."),
    )
    field_order = ("days", "confirm")


class RestoreForm(forms.Form):
    """An archive and where to restore it."""

    archive = forms.FileField(
        label=_("Archive"), help_text=_("A file that was downloaded here or on another platform.")
    )
    code = forms.CharField(
        label=_("Code of the site"),
        max_length=32,
        required=False,
        help_text=_("Left empty: the code of the site that was archived."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    hostname = forms.CharField(
        label=_("Host name"),
        max_length=253,
        required=False,
        help_text=_("Left empty: the code before the domain of the missions."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    suspended = forms.BooleanField(
        label=_("Suspended for now"),
        required=False,
        help_text=_("Nobody sees the restored site until you resume it."),
    )
