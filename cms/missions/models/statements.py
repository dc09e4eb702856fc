"""Statements delivered at the United Nations: the list and its items."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import F
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField

from blocks.fields import ContentField
from cms.media.models import File
from cms.pages.models import LANGUAGE_CHOICES, Page

from ..presentation import listed_statement
from .news import PAGE_SIZE


class StatementIndexPage(Page):
    """All statements of a site, the latest first."""

    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])

    parent_page_types: ClassVar[list[str]] = ["missions.HomePage"]
    subpage_types: ClassVar[list[str]] = ["missions.StatementPage"]
    max_count_per_parent = 1
    api_fields: ClassVar[list[APIField]] = [APIField("intro")]

    class Meta:
        verbose_name = _("statements index")
        verbose_name_plural = _("statements indexes")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        items = StatementPage.objects.child_of(self).live()
        items = items.order_by(F("date").desc(nulls_last=True), "-pk")
        page_obj = Paginator(items, PAGE_SIZE).get_page(request.GET.get("page"))
        return super().get_context(request, *args, **kwargs) | {
            "page_obj": page_obj,
            "items": [listed_statement(page, request) for page in page_obj],
        }


class StatementPage(Page):
    """What somebody said, where and in which language; its text, a file, or both.

    `organ`: the UN body ("General Assembly"); `meeting`: "78th session, 12th plenary meeting";
    `symbol`: of the record or document, if it has one; `date`: of delivery, if it is known.
    """

    speaker = models.CharField(_("speaker"), max_length=200, blank=True)
    speaker_title = models.CharField(_("title of the speaker"), max_length=200, blank=True)
    organ = models.CharField(pgettext_lazy("UN body", "body"), max_length=200, blank=True)
    meeting = models.CharField(_("meeting"), max_length=255, blank=True)
    date = models.DateField(_("date of delivery"), null=True, blank=True, db_index=True)
    language_delivered = models.CharField(
        _("language in which it was delivered"),
        max_length=2,
        choices=LANGUAGE_CHOICES,
        blank=True,
    )
    symbol = models.CharField(
        _("symbol"), max_length=60, blank=True, help_text=_("For example A/78/PV.12.")
    )
    body = ContentField(verbose_name=_("text of the statement"))
    file = models.ForeignKey(
        File,
        verbose_name=_("file"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    parent_page_types: ClassVar[list[str]] = ["missions.StatementIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    detail_panels: ClassVar[list[Any]] = [
        FieldPanel("date"),
        FieldPanel("language_delivered"),
        FieldPanel("symbol"),
        FieldPanel("file"),
    ]
    api_fields: ClassVar[list[APIField]] = [
        APIField("speaker"),
        APIField("speaker_title"),
        APIField("organ"),
        APIField("meeting"),
        APIField("date"),
        APIField("language_delivered"),
        APIField("symbol"),
        APIField("body"),
        APIField("file"),
    ]
    search_kind = "statement"

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")

    @property
    def search_date(self) -> Any:
        """The day by which search sorts."""
        return self.date

    def clean(self) -> None:
        super().clean()
        if not self.file_id and not self.has_text("body"):
            raise ValidationError(_("Give the text of the statement in one language, or a file."))
