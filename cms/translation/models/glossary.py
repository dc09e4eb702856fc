"""Terms and names, as the Organization says them in each language."""

from __future__ import annotations

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.languages import codes
from cms.languages.fields import column, text_in


class TermKind(models.TextChoices):
    """What a term names."""

    STATE = "state", pgettext_lazy("kind of term", "State")
    ORGAN = "organ", pgettext_lazy("kind of term", "Organ")
    TERM = "term", pgettext_lazy("kind of term", "Term")


def own_key() -> str:
    """The key of a term that was written here and not loaded."""
    return f"own:{uuid.uuid4().hex}"


class Term(models.Model):
    """One thing and its names in six languages.

    `key`: where it was loaded from ("state:FRA", "organ:GA", "unbis:1000234"); `name`: the
    official one, of a State its short one; `full_name`: a State's formal one; `aliases`: other
    wordings that are right too, one a line; `avoid`: wordings that are not, one a line. `loaded`:
    fingerprint of what was loaded last, so that a later loading leaves alone what was changed here.
    """

    key = models.CharField(max_length=64, unique=True, default=own_key, editable=False)
    kind = models.CharField(
        _("kind"), max_length=8, choices=TermKind.choices, default=TermKind.TERM
    )
    name = models.CharField(_("official name"), max_length=300, blank=True)
    full_name = models.CharField(_("full name"), max_length=400, blank=True)
    aliases = models.TextField(
        _("other names"), blank=True, help_text=_("One a line: they are right as well.")
    )
    avoid = models.TextField(
        _("not to be used"),
        blank=True,
        help_text=_("One a line: whoever writes them is shown the official name."),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    attribution = models.CharField(
        _("source"), max_length=300, blank=True, help_text=_("Where the names come from.")
    )
    loaded = models.CharField(max_length=16, blank=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["key"]

    def __str__(self) -> str:
        return str(text_in(self, "name", codes.active())[0])

    def clean(self) -> None:
        super().clean()
        if not any(getattr(self, column("name", code)) for code in codes.CODES):
            raise ValidationError(_("Give the official name in one language at least."))
