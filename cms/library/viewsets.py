"""Documents and their subjects in the admin, for the Secretariat."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.languages import codes
from cms.languages.fields import column
from cms.languages.panels import language_fields

from .models import Document, Subject


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
        language_fields("title", heading=_("Title")),
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
    panels = [FieldPanel("code"), language_fields("name", heading=_("Name"))]


class LibraryViewSetGroup(SnippetViewSetGroup):
    """The library's entry in the admin's menu."""

    items = (DocumentViewSet, SubjectViewSet)
    menu_icon = "doc-full"
    menu_label = _("Library")
    menu_name = "library"
    menu_order = 400
