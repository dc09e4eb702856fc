"""The people of a mission, in the order of protocol."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from cms.languages import codes
from cms.languages.fields import column, text_in
from cms.media.models import SiteImage
from cms.pages.models import Page

from ..forms import PeopleForm
from ..panels import language_folds


class PeoplePage(Page):
    """The members of the mission, in the order that the editor gives."""

    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])

    base_form_class = PeopleForm
    parent_page_types: ClassVar[list[str]] = ["missions.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    detail_panels: ClassVar[list[Any]] = [
        InlinePanel(
            "people",
            [
                FieldPanel("is_representative"),
                *language_folds(
                    {
                        "name": _("Name"),
                        "rank": _("Rank"),
                        "function": _("Title"),
                        "biography": _("Biography"),
                    },
                    long=["biography"],
                ),
                FieldPanel("photo"),
                FieldPanel("email"),
                FieldPanel("telephone"),
                FieldPanel("since"),
            ],
            heading=_("People"),
            label=_("Person"),
        )
    ]
    api_fields: ClassVar[list[APIField]] = [APIField("intro"), APIField("people")]
    search_kind = "people"

    class Meta:
        verbose_name = _("people")
        verbose_name_plural = _("pages of people")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        people = list(self.people.select_related("photo"))
        return super().get_context(request, *args, **kwargs) | {"people": people}

    def extra_search_text(self, code: str) -> str:
        """Names, ranks and functions of the people, in one language."""
        return "\n".join(
            value
            for person in self.people.all()
            for field in ("name", "rank", "function", "biography")
            if (value := getattr(person, column(field, code)))
        )


class Person(Orderable):
    """A member of a mission. `rank`: "Ambassador"; `function`: "Deputy Representative"."""

    page = ParentalKey(PeoplePage, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(_("name"), max_length=200)
    rank = models.CharField(_("rank"), max_length=120, blank=True)
    function = models.CharField(pgettext_lazy("of a person", "title"), max_length=200, blank=True)
    biography = models.TextField(_("biography"), blank=True)
    photo = models.ForeignKey(
        SiteImage,
        verbose_name=_("photograph"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    email = models.EmailField(_("e-mail"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    since = models.DateField(_("in office since"), null=True, blank=True)
    is_representative = models.BooleanField(
        _("permanent representative"),
        default=False,
        help_text=_("Shown on the home page. One person at most; for an observer, the observer."),
    )

    api_fields: ClassVar[list[APIField]] = [
        APIField("name"),
        APIField("rank"),
        APIField("function"),
        APIField("biography"),
        APIField("photo"),
        APIField("email"),
        APIField("telephone"),
        APIField("since"),
        APIField("is_representative"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return text_in(self, "name", codes.active())[0]

    @property
    def initial(self) -> str:
        """The first letter of the name, where there is no photograph."""
        return str(self)[:1]

    def clean(self) -> None:
        super().clean()
        if not any(getattr(self, column("name", code)) for code in codes.CODES):
            raise ValidationError(_("Give the person's name in one language."))
