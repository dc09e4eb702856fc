"""How to reach a mission: its offices, and its hours on the clocks where it stands."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from cms.languages import codes
from cms.languages.fields import column, text_in
from cms.languages.zones import HEADQUARTERS, validate_zone, zone_name
from cms.pages.models import Page

from ..forms import ZonedForm
from ..panels import language_folds

#: Monday is 0, as in Python.
DAYS = list(WEEKDAYS.items())


class ContactPage(Page):
    """The offices of a mission and when they are open."""

    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])
    zone = models.CharField(
        _("time zone"), max_length=64, default=HEADQUARTERS, validators=[validate_zone]
    )

    base_form_class = ZonedForm
    parent_page_types: ClassVar[list[str]] = ["missions.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    detail_panels: ClassVar[list[Any]] = [
        InlinePanel(
            "offices",
            [
                *language_folds(
                    {"name": _("Name"), "address": _("Address"), "note": _("Note")},
                    long=["address", "note"],
                ),
                FieldPanel("telephones"),
                FieldRowPanel([FieldPanel("fax"), FieldPanel("email")]),
                FieldPanel("website"),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            ],
            heading=_("Offices"),
            label=_("Office"),
        ),
        InlinePanel(
            "hours",
            [
                FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
                FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")]),
            ],
            heading=_("Opening hours"),
            label=_("Opening hours"),
        ),
        FieldPanel("zone", help_text=_("The opening hours are read on this zone's clocks.")),
    ]
    api_fields: ClassVar[list[APIField]] = [
        APIField("intro"),
        APIField("offices"),
        APIField("hours"),
        APIField("zone"),
    ]
    search_kind = "contact"

    class Meta:
        verbose_name = _("contact page")
        verbose_name_plural = _("contact pages")

    @property
    def zone_label(self) -> str:
        """What the active language calls the zone today."""
        return zone_name(self.zone, codes.active())

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {
            "offices": list(self.offices.all()),
            "hours": list(self.hours.all()),
        }

    def extra_search_text(self, code: str) -> str:
        """Names and addresses of the offices, in one language."""
        return "\n".join(
            value
            for office in self.offices.all()
            for field in ("name", "address", "note")
            if (value := getattr(office, column(field, code)))
        )


class Office(Orderable):
    """One address of a mission. `telephones`: one a line; `note`: anything else about reaching it.

    The map is a plain link to OpenStreetMap: nothing is loaded from there.
    """

    page = ParentalKey(ContactPage, on_delete=models.CASCADE, related_name="offices")
    name = models.CharField(_("name"), max_length=200, blank=True)
    address = models.TextField(_("address"), blank=True)
    note = models.TextField(_("note"), blank=True)
    telephones = models.TextField(_("telephones"), blank=True, help_text=_("One a line."))
    fax = models.CharField(_("fax"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )

    api_fields: ClassVar[list[APIField]] = [
        APIField("name"),
        APIField("address"),
        APIField("note"),
        APIField("telephones"),
        APIField("fax"),
        APIField("email"),
        APIField("website"),
        APIField("latitude"),
        APIField("longitude"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("office")
        verbose_name_plural = _("offices")

    def __str__(self) -> str:
        return text_in(self, "name", codes.active())[0] or self.email or self.telephones

    def clean(self) -> None:
        super().clean()
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError(
                {"longitude": _("Give latitude and longitude, or neither of them.")}
            )

    @property
    def telephone_numbers(self) -> list[str]:
        """The telephones, one a line of the field."""
        return [line.strip() for line in self.telephones.splitlines() if line.strip()]

    @property
    def map_url(self) -> str:
        """A link to the place on OpenStreetMap, or ""."""
        if self.latitude is None or self.longitude is None:
            return ""
        place = f"{self.latitude:.5f}/{self.longitude:.5f}"
        return (
            f"https://www.openstreetmap.org/?mlat={self.latitude:.5f}"
            f"&mlon={self.longitude:.5f}#map=17/{place}"
        )


class OpeningHours(Orderable):
    """Open from `opens` to `closes`, from `first_day` to `last_day` (Monday is 0)."""

    page = ParentalKey(ContactPage, on_delete=models.CASCADE, related_name="hours")
    first_day = models.PositiveSmallIntegerField(_("first day"), choices=DAYS, default=0)
    last_day = models.PositiveSmallIntegerField(_("last day"), choices=DAYS, default=4)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    api_fields: ClassVar[list[APIField]] = [
        APIField("first_day"),
        APIField("last_day"),
        APIField("opens"),
        APIField("closes"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")

    def __str__(self) -> str:
        return self.days

    @property
    def days(self) -> str:
        """The days in the active language: "Monday–Friday", or one of them."""
        if self.first_day == self.last_day:
            return str(self.get_first_day_display())
        return f"{self.get_first_day_display()}–{self.get_last_day_display()}"

    def clean(self) -> None:
        super().clean()
        if self.opens and self.closes and self.closes <= self.opens:
            raise ValidationError({"closes": _("The office closes before it opens.")})
