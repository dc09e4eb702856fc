"""Panels of a document's form that only tell: its files, and what is related to it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel

from ..models import DocumentFile, DocumentRelation
from .files import by_language


class FilesPanel(Panel):
    """The current files and how their texts fared, with the way to where they are replaced."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "library/desk/files_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            if self.instance.pk is None:
                return context
            files = DocumentFile.objects.filter(version__document=self.instance.pk)
            files = files.filter(replaced_at=None).select_related("version__document")
            viewset = type(self.instance).snippet_viewset
            return context | {
                "languages": by_language(files),
                "files_url": reverse(viewset.get_url_name("files"), args=[self.instance.pk]),
            }


class RelatedDocumentsPanel(Panel):
    """What says that it is a revision, addendum, corrigendum or amendment of this document."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "library/desk/related_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            if self.instance.pk is None:
                return context
            relations = DocumentRelation.objects.filter(of=self.instance.pk)
            relations = relations.select_related("document").order_by("document__order_key")
            viewset = type(self.instance).snippet_viewset
            name = viewset.get_url_name("edit")
            return context | {
                "related": [
                    {
                        "relation": relation,
                        "url": reverse(name, args=[relation.document_id]),
                    }
                    for relation in relations
                ]
            }
