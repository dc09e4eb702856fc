"""Documents, their subjects and agenda items in the admin, for the Secretariat."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultipleChooserPanel,
    ObjectList,
)
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import EditView, SnippetViewSet, SnippetViewSetGroup

from cms.languages import codes
from cms.languages.fields import column
from cms.languages.panels import language_fields

from .desk.choosers import AgendaWords, DocumentWords, SubjectWords, searched_chooser
from .desk.files import FilesView
from .desk.forms import DocumentForm, LanguageBoxes
from .desk.panels import FilesPanel, RelatedDocumentsPanel
from .desk.states import DocumentFilterSet, TextStateColumn, with_text_state
from .importing.menu import imports_menu_item
from .models import AgendaItem, Document, Subject


class DocumentEditView(EditView):
    """Wagtail's, with the way to the files."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        url = reverse(Document.snippet_viewset.get_url_name("files"), args=[self.object.pk])
        return [*super().header_buttons, HeaderButton(_("Files"), url=url, icon_name="doc-full")]


class DocumentViewSet(SnippetViewSet):
    """Documents, found by symbol or words of a title in any language."""

    model = Document
    icon = "doc-full"
    menu_label = _("UN documents")
    list_display = [
        "symbol",
        # Titles are long, and a symbol has no place to break.
        Column("title", label=_("Title"), sort_key="title", width="45%"),
        "date",
        "body",
        "distribution",
        TextStateColumn("text_state", label=_("Text")),
    ]
    filterset_class = DocumentFilterSet
    chooser_viewset_class = searched_chooser(DocumentWords)
    edit_view_class = DocumentEditView
    search_fields = ["symbol", "key", *(column("title", code) for code in codes.CODES)]
    list_per_page = 50
    edit_handler = ObjectList(
        [
            FieldPanel("symbol", widget=forms.TextInput(attrs={"dir": "ltr"})),
            language_fields("title", heading=_("Title")),
            FieldRowPanel([FieldPanel("date"), FieldPanel("year")]),
            FieldRowPanel([FieldPanel("body"), FieldPanel("session")]),
            FieldRowPanel([FieldPanel("document_type"), FieldPanel("distribution")]),
            FilesPanel(heading=_("Files")),
            InlinePanel("versions", heading=_("Languages in which it was issued"), max_num=6),
            InlinePanel(
                "relations",
                [
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("of")]),
                    FieldPanel("languages", widget=LanguageBoxes),
                ],
                heading=_("What it revises, adds to, corrects or amends"),
                label=_("Relation"),
            ),
            RelatedDocumentsPanel(heading=_("What revises, adds to, corrects or amends it")),
            MultipleChooserPanel(
                "subject_links",
                chooser_field_name="subject",
                heading=_("Subjects"),
                label=_("Subject"),
            ),
            MultipleChooserPanel(
                "agenda_links",
                chooser_field_name="item",
                heading=pgettext_lazy("of documents", "Agenda items"),
                label=pgettext_lazy("of a document", "Agenda item"),
            ),
        ],
        base_form_class=DocumentForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        return with_text_state(Document.objects.all())

    @property
    def files_view(self) -> Any:
        """Where the files of a document are kept."""
        return self.construct_view(
            FilesView,
            permission_policy=self.permission_policy,
            index_url_name=self.get_url_name("list"),
            edit_url_name=self.get_url_name("edit"),
        )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/files/", self.files_view, name="files"),
        ]


class SubjectViewSet(SnippetViewSet):
    """The subjects that documents are filed under."""

    model = Subject
    icon = "tag"
    menu_label = _("Subjects")
    list_display = ["code", "__str__"]
    search_fields = ["code", *(column("name", code) for code in codes.CODES)]
    list_per_page = 50
    chooser_viewset_class = searched_chooser(SubjectWords)
    panels = [
        FieldPanel("code"),
        language_fields("name", heading=_("Name")),
        InlinePanel(
            "labels",
            [FieldRowPanel([FieldPanel("language"), FieldPanel("text")])],
            heading=_("What else it is called"),
            label=_("Label"),
        ),
        FieldPanel("uri"),
    ]


class AgendaItemViewSet(SnippetViewSet):
    """The agenda items that documents were issued under."""

    model = AgendaItem
    icon = "list-ol"
    menu_label = pgettext_lazy("of documents", "Agenda items")
    list_display = ["body", "session", "number", "title"]
    list_filter = ["body", "session"]
    search_fields = ["session", "number", *(column("title", code) for code in codes.CODES)]
    list_per_page = 50
    chooser_viewset_class = searched_chooser(AgendaWords)
    panels = [
        FieldRowPanel([FieldPanel("body"), FieldPanel("session"), FieldPanel("number")]),
        language_fields("title", heading=_("Title")),
    ]


class LibraryViewSetGroup(SnippetViewSetGroup):
    """The library's entry in the admin's menu."""

    items = (DocumentViewSet, SubjectViewSet, AgendaItemViewSet)
    menu_icon = "doc-full"
    menu_label = _("Library")
    menu_name = "library"
    menu_order = 400

    def get_submenu_items(self) -> list[MenuItem]:
        items: list[MenuItem] = super().get_submenu_items()
        return [*items, imports_menu_item(order=len(items) + 1)]
