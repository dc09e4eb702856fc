"""Forms of files out and in."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.languages import codes
from cms.languages.exchange.documents import MAX_BYTES
from cms.languages.exchange.formats import FORMATS

_TOO_LARGE = _("This file is too large: send the pages in several files.")


def language_choices(offered: Collection[str]) -> list[tuple[str, str]]:
    """The languages by their own names, in the UN's order."""
    return [(one.code, one.name) for one in codes.LANGUAGES if one.code in offered]


class ExportForm(forms.Form):
    """What goes out. `sources`: languages that some of the pages are translated from; `targets`:
    those that the user writes."""

    source = forms.ChoiceField(label=pgettext_lazy("language of a translation", "From"))
    language = forms.ChoiceField(label=pgettext_lazy("language of a translation", "Into"))
    format = forms.ChoiceField(
        label=_("Format"),
        choices=[(one.name, one.label) for one in FORMATS.values()],
        widget=forms.RadioSelect,
        initial="xliff",
    )
    below = forms.BooleanField(label=_("With all pages below"), required=False)
    only_open = forms.BooleanField(
        label=_("Only what is not translated, not reviewed or outdated"), required=False
    )

    def __init__(
        self,
        *args: Any,
        sources: Collection[str],
        targets: Collection[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["source"].choices = language_choices(sources)
        fields["language"].choices = language_choices(targets)
        if len(sources) == 1 and not self.is_bound:
            fields["language"].choices = language_choices(set(targets) - set(sources))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("source") and given.get("source") == given.get("language"):
            self.add_error("language", _("Choose another language than the one it is written in."))
        return given


class UploadForm(forms.Form):
    """A file that comes back."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("XLIFF 2 (.xlf) or PO (.po), as it was exported here. At most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlf,.xliff,.po"}),
    )

    def clean_file(self) -> bytes:
        upload: UploadedFile = self.cleaned_data["file"]
        if (upload.size or 0) > MAX_BYTES:
            raise ValidationError(_TOO_LARGE)
        return bytes(upload.read())


class ApplyForm(forms.Form):
    """The file of the preview once more, and what was asked for. Everything is checked again."""

    content = forms.CharField(widget=forms.HiddenInput)

    def clean_content(self) -> bytes:
        try:
            return unpacked(self.cleaned_data["content"])
        except ValueError as error:
            raise ValidationError(_("Choose the file once more.")) from error


def packed(data: bytes) -> str:
    """A file as it travels in the preview's own form: nothing is kept on the server."""
    return base64.b64encode(zlib.compress(data, 9)).decode()


def unpacked(text: str) -> bytes:
    """The file of `packed`. Raises ValueError for anything else, and for more than is read."""
    try:
        reader = zlib.decompressobj()
        data = reader.decompress(base64.b64decode(text, validate=True), MAX_BYTES + 1)
    except (binascii.Error, zlib.error) as error:
        raise ValueError("This is no packed file.") from error
    if len(data) > MAX_BYTES or not reader.eof:
        raise ValueError("There is more in it than is read.")
    return data
