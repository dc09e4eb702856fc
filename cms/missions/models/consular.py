"""A service that a mission renders: what it is, when, for which fees."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField

from blocks.fields import ContentField
from blocks.table import TableBlock
from cms.pages.models import Page


class FeesBlock(blocks.StreamBlock):
    """Tables of fees, and nothing else."""

    table = TableBlock()

    class Meta:
        template = "blocks/stream.html"


class ServicePage(Page):
    """A consular or other service."""

    summary = models.TextField(_("summary"), blank=True)
    body = ContentField(verbose_name=_("body"))
    hours = models.TextField(_("hours"), blank=True)
    fees = ContentField(FeesBlock(required=False), verbose_name=_("fees"))
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    appointments = models.URLField(_("address for appointments"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["missions.HomePage", "missions.StandardPage"]
    subpage_types: ClassVar[list[str]] = ["missions.StandardPage"]
    detail_panels: ClassVar[list[Any]] = [
        FieldPanel("telephone"),
        FieldPanel("email"),
        FieldPanel("appointments"),
    ]
    api_fields: ClassVar[list[APIField]] = [
        APIField("summary"),
        APIField("body"),
        APIField("hours"),
        APIField("fees"),
        APIField("telephone"),
        APIField("email"),
        APIField("appointments"),
    ]
    search_kind = "service"

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
