"""The form by which the Secretariat imports a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .sources import SourceFormat

MOST_BYTES = 500 * 1024 * 1024


class ImportForm(forms.Form):
    """A file of documents and what to do about subjects that there are none of."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, MARC 21 (.mrc) or MARCXML (.xml). At most 500 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.mrc,.marc,.iso2709,.xml,.marcxml"}),
    )
    format = forms.ChoiceField(
        label=_("Format"),
        choices=[("", _("By the name of the file")), *SourceFormat.choices],
        required=False,
    )
    create_subjects = forms.BooleanField(
        label=_("Make subjects that there are none of"),
        required=False,
        help_text=_("Otherwise they are listed and left out."),
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise ValidationError(_("This file is too large: divide it."))
        return upload
