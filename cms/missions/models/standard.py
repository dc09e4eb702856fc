"""A page of running text, wherever a site needs one."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.api import APIField

from blocks.fields import ContentField
from cms.pages.models import Page
from cms.pages.rendering import localize_all


class StandardPage(Page):
    """Title, summary and a body of blocks."""

    summary = models.TextField(_("summary"), blank=True)
    body = ContentField(verbose_name=_("body"))

    parent_page_types: ClassVar[list[str]] = [
        "missions.HomePage",
        "missions.DirectoryPage",
        "missions.StandardPage",
    ]
    subpage_types: ClassVar[list[str]] = ["missions.StandardPage", "missions.ServicePage"]
    api_fields: ClassVar[list[APIField]] = [APIField("summary"), APIField("body")]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        children = Page.objects.child_of(self).live()
        return super().get_context(request, *args, **kwargs) | {
            "children": localize_all(children, request)
        }
