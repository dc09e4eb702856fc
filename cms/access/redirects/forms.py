"""Forms of redirects: the user's own sites only, and a file that is taken whole or not at all."""

from __future__ import annotations

import csv
from typing import Any
from zipfile import BadZipFile

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl.utils.exceptions import InvalidFileException
from wagtail.contrib.redirects.forms import RedirectForm as WagtailRedirectForm
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.utils import get_format_cls_by_extension
from wagtail.log_actions import log

from ..audiences import Reader
from ..selectors import is_secretariat
from .addresses import own_path
from .policy import own_sites

LARGEST_FILE = 1_000_000  # bytes
MOST_ROWS = 5_000


def limit_sites(field: Any, user: Reader) -> None:
    """Offer the user's own sites; "all sites" to the Secretariat only."""
    field.queryset = own_sites(user)
    if not is_secretariat(user):
        field.required = True
        field.empty_label = None if field.queryset.count() == 1 else "---------"
        field.initial = field.queryset.first()


class RedirectForm(WagtailRedirectForm):
    """One redirect."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit_sites(self.fields["site"], self.for_user)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        site, old = cleaned.get("site"), cleaned.get("old_path")
        if site is not None and old:
            try:
                cleaned["old_path"] = own_path(old, site)
            except ValidationError as refusal:
                self.add_error("old_path", refusal)
        named = ("redirect_page", "redirect_link")
        if not any(cleaned.get(name) or name in self.errors for name in named):
            self.add_error(
                "redirect_link", _("Say where the old address leads: a page, or an address.")
            )
        return cleaned


class ImportForm(forms.Form):
    """A table of redirects. `save()` makes all of them; one bad row refuses the whole file."""

    site: Any = forms.ModelChoiceField(
        label=gettext_lazy("From site"), queryset=None, required=False
    )
    import_file = forms.FileField(
        label=gettext_lazy("File to import"),
        help_text=gettext_lazy(
            "A CSV, TSV or XLSX file with two columns: the old address and the new one. "
            "Nothing is imported unless every row is right."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.xlsx"}),
    )
    permanent = forms.BooleanField(label=gettext_lazy("Permanent"), initial=True, required=False)

    def __init__(self, *args: Any, user: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        limit_sites(self.fields["site"], user)

    def clean_import_file(self) -> list[list[str]]:
        upload: UploadedFile = self.cleaned_data["import_file"]
        if (upload.size or 0) > LARGEST_FILE:
            raise ValidationError(_("The file is larger than 1 MB: split it."))
        rows = _rows(upload)
        if not rows:
            raise ValidationError(_("The file holds no rows."))
        if len(rows) > MOST_ROWS:
            raise ValidationError(_("The file holds more than 5,000 rows: split it."))
        return rows

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        refused = []
        self.forms = []
        for number, row in enumerate(cleaned["import_file"], start=1):
            form = RedirectForm(self._row(row), for_user=self.user)
            self.forms.append(form)
            if not form.is_valid():
                reasons = " ".join(
                    message for messages in form.errors.values() for message in messages
                )
                refused.append(
                    _("Row %(number)d: %(reasons)s") % {"number": number, "reasons": reasons}
                )
        paths = [form.cleaned_data.get("old_path") for form in self.forms]
        for path in sorted({path for path in paths if path and paths.count(path) > 1}):
            refused.append(_("“%(path)s” stands in several rows.") % {"path": path[:200]})
        if refused:
            raise ValidationError(refused[:50])
        return cleaned

    def _row(self, row: list[str]) -> dict[str, Any]:
        site = self.cleaned_data["site"]
        target = row[1] if len(row) > 1 else ""
        if site is not None and target.startswith("/"):
            target = site.root_url + target  # what is kept is a whole address
        return {
            "old_path": row[0] if row else "",
            "redirect_link": target,
            "is_permanent": self.cleaned_data["permanent"],
            "site": site.pk if site else "",
        }

    @transaction.atomic
    def save(self) -> list[Redirect]:
        """Make the redirects, all or none."""
        made = []
        for form in self.forms:
            redirect = form.save()
            log(instance=redirect, action="wagtail.create", user=self.user)
            made.append(redirect)
        return made


def _rows(upload: UploadedFile) -> list[list[str]]:
    """The rows of the table as text, without a heading and without empty rows."""
    ending = (upload.name or "").rsplit(".", 1)[-1].lower()
    reader = get_format_cls_by_extension(ending)
    if reader is None:
        raise ValidationError(_("The file must be CSV, TSV or XLSX."))
    content = upload.read()
    try:
        table = reader().create_dataset(
            content if ending == "xlsx" else content.decode("utf-8-sig")
        )
    except UnicodeDecodeError:
        raise ValidationError(_("The file is not UTF-8: save it as CSV UTF-8.")) from None
    except (csv.Error, BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise ValidationError(_("The file can’t be read: save it again as CSV.")) from error
    cells = [[str(cell or "").strip() for cell in row] for row in (table.headers, *table)]
    rows = [row for row in cells if any(row)]
    if rows and not rows[0][0].startswith(("/", "http://", "https://")):
        rows = rows[1:]
    return rows
