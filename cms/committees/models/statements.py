"""What was said in the committee, as the speaker's delegation handed it in."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.languages.record_fields import StateCodeField
from cms.pages.models import LANGUAGE_CHOICES

from .bureau import CommitteeSession
from .fields import unverified_field
from .programme import AgendaItem, Meeting


class Statement(models.Model):
    """A statement by a State or in the name of a group. Translated: `group`, `text`.

    `language`: the one in which it was delivered. A text, a file or both.
    """

    session = models.ForeignKey(
        CommitteeSession,
        on_delete=models.CASCADE,
        related_name="statements",
        verbose_name=_("session"),
    )
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("meeting"),
    )
    item = models.ForeignKey(
        AgendaItem,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("agenda item"),
    )
    speaker = models.CharField(_("speaker"), max_length=160, blank=True)
    state = StateCodeField(_("State"), blank=True)
    group = models.CharField(
        _("group of States"),
        max_length=255,
        blank=True,
        help_text=_("In whose name the statement was made, if not the State's alone."),
    )
    date = models.DateField(_("date"))
    language = models.CharField(
        _("delivered in"), max_length=2, choices=LANGUAGE_CHOICES, blank=True
    )
    text = models.TextField(_("text"), blank=True)
    file = models.ForeignKey(
        "media.File",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("file"),
    )
    is_unverified = unverified_field()

    class Meta:
        ordering = ["-date", "pk"]
        verbose_name = _("statement")
        verbose_name_plural = _("statements")

    def __str__(self) -> str:
        return f"{self.date.isoformat()} {self.state or self.group} {self.speaker}".strip()

    def clean(self) -> None:
        if not self.state and not self.group:
            raise ValidationError(
                {"state": _("Say who spoke: a State, a group of States, or both.")}
            )
        for name in ("item", "meeting"):
            other = getattr(self, name)
            if other is not None and other.session_id != self.session_id:
                raise ValidationError({name: _("This belongs to another session.")})
