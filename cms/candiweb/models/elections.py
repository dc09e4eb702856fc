"""The bodies to which States or persons are elected, each election, and its seats."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from anyascii import anyascii
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from cms.languages import codes
from cms.languages.fields import column
from cms.languages.record_fields import require_one_language


class RegionalGroup(models.TextChoices):
    """The regional groups in which States are elected, by the codes of the register of States."""

    AFR = "AFR", _("African States")
    APG = "APG", _("Asia-Pacific States")
    EEG = "EEG", _("Eastern European States")
    GRULAC = "GRULAC", _("Latin American and Caribbean States")
    WEOG = "WEOG", _("Western European and other States")


def validate_groups(value: Any) -> None:
    """Raise ValidationError unless the value is a list of known groups, each once."""
    if not isinstance(value, list) or any(code not in RegionalGroup.values for code in value):
        raise ValidationError(
            _("Give a list of regional groups: %(codes)s.")
            % {"codes": ", ".join(RegionalGroup.values)}
        )
    if len(set(value)) < len(value):
        raise ValidationError(_("A regional group is given twice."))


class GroupsField(models.JSONField):
    """A list of codes of regional groups; ticked in forms."""

    default_validators = [validate_groups]

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=RegionalGroup.choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=self.verbose_name,
            help_text=_("None: open to States of all groups."),
        )


def illustrative_field() -> models.BooleanField:
    """Marks what was made up to show how the site works; the page says so."""
    return models.BooleanField(
        _("illustrative"),
        default=False,
        help_text=_("Made up for demonstration; marked as such on the site."),
    )


def at_midnight(day: date | None) -> datetime | None:
    """The moment by which search sorts something that has a date but no time (UTC)."""
    return datetime.combine(day, time(), tzinfo=UTC) if day else None


class Majority(models.TextChoices):
    """What it takes to be elected."""

    TWO_THIRDS = "two_thirds", _("Two thirds of the members present and voting")
    PRESENT = "present", _("Majority of the members present and voting")
    MEMBERS = "members", _("Majority of all the members of the General Assembly")
    BOTH = "both", _("Absolute majority in the General Assembly and in the Security Council")


class Body(models.Model):
    """A body whose members are elected. Translated: `name`, `about`.

    `elects_persons`: members are persons whom States nominate, not States.
    """

    code = models.SlugField(_("code"), max_length=16, unique=True)
    name = models.CharField(_("name"), max_length=255, blank=True)
    about = models.TextField(_("how it is elected"), blank=True)
    parent_organ = models.CharField(
        _("elected by"), max_length=32, blank=True, help_text=_("Codes of the organs, as GA, SC.")
    )
    is_principal_organ = models.BooleanField(_("principal organ"), default=False)
    elects_persons = models.BooleanField(_("members are persons"), default=False)
    members = models.PositiveSmallIntegerField(_("number of members"), null=True, blank=True)
    majority = models.CharField(_("majority"), max_length=16, choices=Majority.choices, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "code"]
        verbose_name = pgettext_lazy("UN body", "body")
        verbose_name_plural = _("bodies")

    def __str__(self) -> str:
        return self.name or self.code

    def clean(self) -> None:
        require_one_language(self, "name")


class ElectionStatus(models.TextChoices):
    UPCOMING = "upcoming", _("Upcoming")
    HELD = "held", _("Held")


class Election(ClusterableModel):
    """One election to a body. Translated: `title`, `note`.

    `session`: of the electing organ, as a label ("78"); `slug`: the last part of its address;
    `term_start`, `term_end`: of those elected; where only years are known, 1 January and
    31 December with `term_years_only`.
    """

    body = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        related_name="elections",
        verbose_name=pgettext_lazy("UN body", "body"),
    )
    slug = models.SlugField(_("address"), max_length=80, unique=True, blank=True)
    title = models.CharField(_("title"), max_length=255, blank=True)
    note = models.TextField(_("note"), blank=True)
    session = models.CharField(_("session"), max_length=32, blank=True)
    date = models.DateField(_("date"))
    term_start = models.DateField(_("term from"), null=True, blank=True)
    term_end = models.DateField(_("term to"), null=True, blank=True)
    term_years_only = models.BooleanField(_("only the years of the term are known"), default=False)
    is_by_election = models.BooleanField(_("by-election"), default=False)
    majority = models.CharField(
        _("majority"),
        max_length=16,
        choices=Majority.choices,
        blank=True,
        help_text=_("Left empty: the body's."),
    )
    status = models.CharField(
        _("status"),
        max_length=16,
        choices=ElectionStatus.choices,
        default=ElectionStatus.UPCOMING,
    )
    sources = models.TextField(_("sources"), blank=True, help_text=_("One address a line."))
    is_illustrative = illustrative_field()

    class Meta:
        ordering = ["-date", "slug"]
        verbose_name = _("election")
        verbose_name_plural = _("elections")
        indexes = [models.Index(fields=["status", "date"], name="election_status_date")]

    def __str__(self) -> str:
        return self.title or f"{self.body}, {self.date.isoformat()}"

    def clean(self) -> None:
        require_one_language(self, "title")
        if self.term_start and self.term_end and self.term_end < self.term_start:
            raise ValidationError({"term_end": _("The term can't end before it begins.")})
        # A by-election fills what is left of a term that runs already.
        fills_a_term = self.is_by_election or self.term_years_only
        if self.term_start and self.date and self.term_start < self.date and not fills_a_term:
            raise ValidationError({"term_start": _("The term can't begin before the election.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = self.proposed_slug()
        super().save(*args, **kwargs)

    def proposed_slug(self) -> str:
        """ "security-council-2024", with a number where that is taken."""
        names = [getattr(self.body, column("name", code)) for code in ("en", *codes.CODES)]
        name = next(filter(None, names), self.body.code)
        base = f"{slugify(anyascii(name))[:64]}-{self.date.year}"
        taken = set(
            Election.objects.filter(slug__startswith=base)
            .exclude(pk=self.pk)
            .values_list("slug", flat=True)
        )
        numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
        return next(slug for slug in (base, *numbered) if slug not in taken)

    @property
    def source_urls(self) -> list[str]:
        """The web addresses among the sources."""
        lines = (line.strip() for line in self.sources.splitlines())
        return [line for line in lines if line.startswith(("https://", "http://"))]

    @property
    def required_majority(self) -> str:
        """Words for the majority, the election's own or the body's; "" where it is not known."""
        value = self.majority or self.body.majority
        return str(Majority(value).label) if value else ""

    @property
    def is_upcoming(self) -> bool:
        return self.status == ElectionStatus.UPCOMING


class SeatAllocation(models.Model):
    """Seats for one set of regional groups. `groups`: their codes; empty: open to all."""

    election = ParentalKey(
        Election, on_delete=models.CASCADE, related_name="seats", verbose_name=_("election")
    )
    groups = GroupsField(_("regional groups"), default=list, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), default=1)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("allocation of seats")
        verbose_name_plural = _("allocations of seats")

    def __str__(self) -> str:
        return f"{'/'.join(self.groups) or '*'}: {self.seats}"
