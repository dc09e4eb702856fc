"""What a mission is, apart from its pages: the State, its names, its group."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.languages import codes
from cms.languages.fields import column, text_in
from cms.pages.models import LANGUAGE_CHOICES, SiteProfile


class RegionalGroup(models.Model):
    """A regional group of Member States, in which they elect."""

    code = models.CharField(_("code"), max_length=8, unique=True)
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("regional group")
        verbose_name_plural = _("regional groups")
        ordering = ["code"]

    def __str__(self) -> str:
        return text_in(self, "name", codes.active())[0]


class MissionStatus(models.TextChoices):
    """What a State is to the Organization."""

    MEMBER = "member", _("Member State")
    OBSERVER = "observer", _("Observer State")


class Mission(models.Model):
    """The permanent or observer mission of a State; its site (`profile`) comes by provisioning.

    `code`: ISO 3166-1 alpha-3, upper case; `short_name`: "France"; `formal_name`: "the French
    Republic"; `title`: "Permanent Mission of France to the United Nations"; `source_language`: the
    language in which the mission's site is written first.
    """

    code = models.CharField(
        _("code"),
        max_length=3,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{3}\Z", _("Three capital letters (ISO 3166-1)."))],
    )
    iso2 = models.CharField(
        _("two-letter code"),
        max_length=2,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{2}\Z", _("Two capital letters (ISO 3166-1)."))],
    )
    status = models.CharField(
        _("status"),
        max_length=8,
        choices=MissionStatus.choices,
        default=MissionStatus.MEMBER,
    )
    short_name = models.CharField(_("short name"), max_length=200)
    formal_name = models.CharField(_("formal name"), max_length=300, blank=True)
    title = models.CharField(_("title of the mission"), max_length=300)
    regional_group = models.ForeignKey(
        RegionalGroup,
        verbose_name=_("regional group"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="missions",
    )
    admitted = models.DateField(_("date of admission"), null=True, blank=True)
    capital = models.CharField(_("capital"), max_length=120, blank=True)
    source_language = models.CharField(
        _("first language of the site"), max_length=2, choices=LANGUAGE_CHOICES, default="en"
    )
    profile = models.OneToOneField(
        SiteProfile,
        verbose_name=_("site"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="mission",
    )
    representative = models.OneToOneField(
        "missions.Person",
        verbose_name=_("permanent representative"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="represented_mission",
        help_text=_("The person marked as such on the mission's page of people."),
    )

    class Meta:
        verbose_name = _("mission")
        verbose_name_plural = _("missions")
        ordering = ["code"]
        indexes = [models.Index(fields=["regional_group", "code"], name="mission_by_group")]

    def __str__(self) -> str:
        return text_in(self, "short_name", codes.active(), source=self.source_language)[0]

    def clean(self) -> None:
        super().clean()
        for field in ("short_name", "title"):
            if not any(getattr(self, column(field, code)) for code in codes.CODES):
                raise ValidationError(
                    _("Give the short name and the title of the mission in one language at least.")
                )

    @property
    def site_code(self) -> str:
        """The code of the mission's site, whether it exists or not: "fra"."""
        return self.code.lower()

    @property
    def is_observer(self) -> bool:
        """Whether this is an observer State's mission."""
        return self.status == MissionStatus.OBSERVER
