"""Documents and their subjects in the admin, for the Secretariat."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.languages import codes
from cms.languages.fields import column

from .models import Document, Subject


def _six_languages(field: str, heading: object) -> MultiFieldPanel:
    """A panel with the field in each language, typed in that language's direction."""
    return MultiFieldPanel(
        [
            FieldPanel(
                column(field, language.code),
                heading=language.name,
                widget=AdminAutoHeightTextInput(
                    attrs={"lang": language.code, "dir": language.direction}
                ),
            )
            for language in codes.LANGUAGES
        ],
        heading=heading,
    )


class DocumentViewSet(SnippetViewSet):
    """Documents, found by symbol or words of a title in any language."""

    model = Document
    icon = "doc-full"
    menu_label = _("UN documents")
    list_display = ["symbol", "title", "date", "body", "distribution"]
    list_filter = ["body", "document_type", "distribution", "subjects"]
    search_fields = ["symbol", "key", *(column("title", code) for code in codes.CODES)]
    list_per_page = 50
    panels = [
        FieldPanel("symbol", widget=forms.TextInput(attrs={"dir": "ltr"})),
        _six_languages("title", _("Title")),
        FieldRowPanel([FieldPanel("date"), FieldPanel("year")]),
        FieldRowPanel([FieldPanel("body"), FieldPanel("session")]),
        FieldRowPanel([FieldPanel("document_type"), FieldPanel("distribution")]),
        FieldPanel("subjects", widget=forms.CheckboxSelectMultiple),
        InlinePanel("versions", heading=_("Languages in which it was issued"), max_num=6),
    ]


class SubjectViewSet(SnippetViewSet):
    """The subjects that documents are filed under."""

    model = Subject
    icon = "tag"
    menu_label = _("Subjects")
    list_display = ["code", "__str__"]
    panels = [FieldPanel("code"), _six_languages("name", _("Name"))]


class LibraryViewSetGroup(SnippetViewSetGroup):
    """The library's entry in the admin's menu."""

    items = (DocumentViewSet, SubjectViewSet)
    menu_icon = "doc-full"
    menu_label = _("Library")
    menu_name = "library"
    menu_order = 400
