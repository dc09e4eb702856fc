"""What a session deals with, and when."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.languages.record_fields import require_one_language

from .bureau import CommitteeSession
from .fields import unverified_field


class AgendaItem(models.Model):
    """An item that the General Assembly allocated to the committee. Translated: `title`.

    `number`: as on the agenda ("26 (a)"), "" where it is not known; `order`: place in the list;
    `key`: names the item in imports, unique in its session.
    """

    session = models.ForeignKey(
        CommitteeSession,
        on_delete=models.CASCADE,
        related_name="agenda_items",
        verbose_name=_("session"),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="sub_items",
        verbose_name=_("main item"),
    )
    key = models.SlugField(_("key"), max_length=48)
    number = models.CharField(_("number"), max_length=16, blank=True)
    title = models.CharField(_("title"), max_length=500, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        constraints = [
            models.UniqueConstraint(fields=["session", "key"], name="one_agenda_item_a_key")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    def clean(self) -> None:
        require_one_language(self, "title")
        if self.parent and self.parent.session_id != self.session_id:
            raise ValidationError({"parent": _("The main item belongs to another session.")})


class MeetingStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")


class Meeting(models.Model):
    """A meeting of the programme of work. Translated: `title`, `room`.

    Times are local times of the place (`zone`, an IANA name), since delegates meet by the clock on
    the wall; `number`: the meeting's number in the session, None where it is not known.
    """

    session = models.ForeignKey(
        CommitteeSession,
        on_delete=models.CASCADE,
        related_name="meetings",
        verbose_name=_("session"),
    )
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    date = models.DateField(_("date"))
    start_time = models.TimeField(_("from"), null=True, blank=True)
    end_time = models.TimeField(_("to"), null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=48, default="America/New_York")
    title = models.CharField(_("title"), max_length=255, blank=True)
    room = models.CharField(_("room"), max_length=160, blank=True)
    status = models.CharField(
        _("status"), max_length=16, choices=MeetingStatus.choices, default=MeetingStatus.PLANNED
    )
    items = models.ManyToManyField(
        AgendaItem, blank=True, related_name="meetings", verbose_name=_("agenda items")
    )
    is_unverified = unverified_field()

    class Meta:
        ordering = ["date", "start_time", "number", "pk"]
        verbose_name = _("meeting")
        verbose_name_plural = _("programme of work")
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="one_meeting_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.session} · {self.number or '–'} · {self.date.isoformat()}"

    def clean(self) -> None:
        require_one_language(self, "title")
        if self.start_time and self.end_time and self.end_time <= self.start_time:
            raise ValidationError({"end_time": _("The meeting can't end before it begins.")})
