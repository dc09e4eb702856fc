"""Pages that go out together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from cms.languages import codes
from cms.pages.models import LANGUAGE_CHOICES, SiteProfile


def check_languages(value: Any) -> None:
    """Raises ValidationError for anything but a list of codes of official languages."""
    if not isinstance(value, list) or not set(value) <= set(codes.CODES):
        raise ValidationError(_("Choose among the six official languages."))


class LanguagesField(models.JSONField):
    """Some of the six languages: a list of codes, chosen by checkboxes."""

    default_validators = [check_languages]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        defaults: dict[str, Any] = {"default": list, "blank": True}
        super().__init__(*args, **(defaults | kwargs))

    def formfield(self, **kwargs: Any) -> Any:
        return forms.MultipleChoiceField(
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            required=not self.blank,
            choices=LANGUAGE_CHOICES,
            widget=forms.CheckboxSelectMultiple,
        )


class SetState(models.TextChoices):
    """How far a set is."""

    PLANNED = "planned", pgettext_lazy("of pages that go out together", "Planned")
    RUNNING = "running", pgettext_lazy("of pages that go out together", "Going out")
    OUT = "out", pgettext_lazy("of pages that go out together", "Out")
    FAILED = "failed", pgettext_lazy("of pages that go out together", "Failed")
    CANCELLED = "cancelled", pgettext_lazy("of pages that go out together", "Cancelled")


class ReleaseSet(ClusterableModel):
    """Pages of one site that go out at one moment, in chosen languages: all of them, or none.

    `languages`: of every page that names none of its own; `required_languages`: nothing goes out
    until these are ready on every page; `goes_out_at`: nothing goes out before (None: by hand).
    RUNNING is never seen outside the transaction that releases, so that a process which is killed
    leaves a set that is planned. `report`: {"at", "blocked": [{"page", "title", "language",
    "reason"}], "released": [{"page", "title", "languages"}], "error"} of the last attempt;
    `told_at`: when its people were told that it waits.
    """

    name = models.CharField(_("name"), max_length=120)
    site = models.ForeignKey(
        SiteProfile, models.CASCADE, verbose_name=_("site"), related_name="release_sets"
    )
    languages = LanguagesField(
        _("languages that go out"),
        blank=False,
        help_text=_("Of every page below that names none of its own."),
    )
    required_languages = LanguagesField(
        _("nothing goes out until these are ready"),
        help_text=_(
            "On every page. A language that goes out and is not ticked here is left behind where "
            "it is not ready."
        ),
    )
    goes_out_at = models.DateTimeField(
        _("goes out at"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("UTC. Nothing goes out before. Empty: when somebody releases it by hand."),
    )
    state = models.CharField(
        pgettext_lazy("of pages that go out together", "state"),
        max_length=10,
        choices=SetState.choices,
        default=SetState.PLANNED,
        editable=False,
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    made_at = models.DateTimeField(auto_now_add=True)
    went_out_at = models.DateTimeField(_("went out at"), null=True, blank=True, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    report = models.JSONField(default=dict, blank=True, editable=False)
    told_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("set of pages that go out together")
        verbose_name_plural = _("sets of pages that go out together")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether it may still be changed and released."""
        return self.state in (SetState.PLANNED, SetState.FAILED)


class ReleaseItem(models.Model):
    """One page of a set.

    `title`: the page's name when it was last known, for a page that has been deleted since (`page`
    None); `languages`: [] for those of the set; `is_fixed`: the words of `revision` go out,
    whatever was written after it (one that is gone blocks the set).
    """

    release_set = ParentalKey(ReleaseSet, on_delete=models.CASCADE, related_name="items")
    page = models.ForeignKey(
        "pages.Page", models.SET_NULL, null=True, verbose_name=_("page"), related_name="+"
    )
    title = models.CharField(max_length=255, blank=True, editable=False)
    languages = LanguagesField(
        _("only these languages"), help_text=_("None ticked: the languages of the set.")
    )
    is_fixed = models.BooleanField(
        _("as it is written now"),
        default=False,
        help_text=_("What is written after today stays a draft. Else the latest words go out."),
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    position = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("page of a set")
        verbose_name_plural = _("pages of a set")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["release_set", "page"], name="each_page_once_in_a_release_set"
            )
        ]

    def __str__(self) -> str:
        return self.title or str(self.page_id)

    def languages_of(self, release_set: ReleaseSet) -> Sequence[str]:
        """The codes that go out for this page, in the UN's order."""
        chosen = set(self.languages or release_set.languages)
        return [code for code in codes.CODES if code in chosen]
