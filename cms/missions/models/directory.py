"""The directory of all missions, on the main host."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.api import APIField
from wagtail.fields import RichTextField

from blocks.fields import ContentField
from cms.languages import codes
from cms.pages.models import Page
from cms.pages.rendering import request_language

from ..selectors import directory, directory_groups, other_sites


class DirectoryPage(Page):
    """All missions by letter of the reader's alphabet; `?group=WEOG` and `?letter=N` narrow it."""

    heading = models.CharField(
        _("heading"), max_length=200, blank=True, help_text=_("Default: the title.")
    )
    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])
    body = ContentField(verbose_name=_("body"))

    parent_page_types: ClassVar[list[str]] = ["pages.Page"]
    subpage_types: ClassVar[list[str]] = ["missions.StandardPage"]
    api_fields: ClassVar[list[APIField]] = [
        APIField("heading"),
        APIField("intro"),
        APIField("body"),
        APIField("missions"),
    ]

    class Meta:
        verbose_name = _("directory of missions")
        verbose_name_plural = _("directories of missions")

    @property
    def missions(self) -> list[dict[str, Any]]:
        """The API's list: code, name, title, group, url, in the active language's order."""
        return [entry.for_api() for entry in directory(codes.active()).entries]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        language = request_language(request)
        groups = directory_groups(language)
        group = request.GET.get("group", "")
        if group and group not in {choice.code for choice in groups}:
            raise Http404
        listing = directory(language, group=group)
        letter = request.GET.get("letter", "")
        if letter and letter not in listing.letters:
            raise Http404
        sections = listing.sections(letter)
        return super().get_context(request, *args, **kwargs) | {
            "groups": groups,
            "group": group,
            "letter": letter,
            "letters": listing.letters,
            "present": listing.present,
            "sections": sections,
            "other_sites": other_sites(language),
            "shown": sum(len(entries) for _letter, entries in sections),
        }
