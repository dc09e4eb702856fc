"""A Main Committee, its sessions and who presides over them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from cms.languages.record_fields import StateCodeField, require_one_language

from .fields import unverified_field


class Committee(models.Model):
    """One of the six Main Committees (rules of procedure of the General Assembly, rule 98).

    `code`: also the code of its site ("c1" … "c6"); `series`: of its documents ("A/C.1").
    Translated: `name`, `short_name`, `mandate`.
    """

    code = models.SlugField(_("code"), max_length=8, unique=True)
    ordinal = models.PositiveSmallIntegerField(_("ordinal"), unique=True)
    series = models.CharField(_("document series"), max_length=16, unique=True)
    name = models.CharField(_("name"), max_length=255, blank=True)
    short_name = models.CharField(_("short name"), max_length=120, blank=True)
    mandate = models.TextField(_("mandate"), blank=True)

    class Meta:
        ordering = ["ordinal"]
        verbose_name = _("Main Committee")
        verbose_name_plural = _("Main Committees")

    def __str__(self) -> str:
        return self.short_name or self.name or self.code

    def clean(self) -> None:
        require_one_language(self, "name")


class CommitteeSession(ClusterableModel):
    """A committee's work in one session of the General Assembly. Translated: `title` (of the
    Assembly's session), `theme` (of the general debate, if any)."""

    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("committee")
    )
    number = models.PositiveSmallIntegerField(
        _("session"), help_text=_("Number of the General Assembly's session, for example 78.")
    )
    title = models.CharField(_("title"), max_length=255, blank=True)
    theme = models.CharField(_("theme"), max_length=255, blank=True)
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    is_current = models.BooleanField(
        _("current"), default=False, help_text=_("Shown on the committee's home page.")
    )
    sources = models.TextField(_("sources"), blank=True, help_text=_("One address a line."))

    class Meta:
        ordering = ["committee__ordinal", "-number"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.UniqueConstraint(fields=["committee", "number"], name="one_session_a_number"),
            models.UniqueConstraint(
                fields=["committee"],
                condition=Q(is_current=True),
                name="one_current_session_a_committee",
                violation_error_message=_(
                    "The committee has a current session already: "
                    "take the mark from that one first."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee.series}/{self.number}"

    def clean(self) -> None:
        if self.opened_on and self.closed_on and self.closed_on < self.opened_on:
            raise ValidationError({"closed_on": _("The session can't close before it opens.")})

    @property
    def source_urls(self) -> list[str]:
        """The web addresses among the sources."""
        lines = (line.strip() for line in self.sources.splitlines())
        return [line for line in lines if line.startswith(("https://", "http://"))]

    @property
    def symbol_prefix(self) -> str:
        """What the symbols of the session's documents begin with: "A/C.3/78/"."""
        return f"{self.committee.series}/{self.number}/"

    @property
    def slug(self) -> str:
        """The last part of the session's address, for all languages and for ever."""
        return str(self.number)


class Office(models.TextChoices):
    """Offices of a bureau (rule 103), in the order of precedence."""

    CHAIR = "chair", _("Chair")
    VICE_CHAIR = "vice_chair", _("Vice-Chair")
    RAPPORTEUR = "rapporteur", _("Rapporteur")


class Officer(models.Model):
    """Somebody who holds an office of a session's bureau, and the State that they come from."""

    session = ParentalKey(
        CommitteeSession,
        on_delete=models.CASCADE,
        related_name="officers",
        verbose_name=_("session"),
    )
    office = models.CharField(
        pgettext_lazy("post in a bureau", "office"), max_length=16, choices=Office.choices
    )
    name = models.CharField(_("name"), max_length=160)
    state = StateCodeField(_("State"))
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_unverified = unverified_field()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("officer")
        verbose_name_plural = _("bureau")

    def __str__(self) -> str:
        return self.name

    def clean(self, *args: Any) -> None:
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": _("The office can't end before it begins.")})
