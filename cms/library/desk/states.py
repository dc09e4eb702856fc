"""What the list of documents says of their files and texts, and how it is narrowed by it."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from ..models import Document, DocumentFile, Extraction

TROUBLE, WAITING, OTHER_LANGUAGE, READ = "trouble", "waiting", "language", "read"
LABELS = {
    TROUBLE: _("Text not read"),
    WAITING: _("Text waiting"),
    OTHER_LANGUAGE: _("Text in another language"),
    READ: _("Text read"),
}


def with_text_state(documents: QuerySet[Document]) -> QuerySet[Document]:
    """Each with `text_state`: the gravest of its current files, "" without any."""
    files = DocumentFile.objects.current().filter(version__document=OuterRef("pk")).order_by()
    another = ~Q(detected_language="") & ~Q(detected_language=F("version__language"))
    states = (
        (Q(extraction__in=(Extraction.FAILED, Extraction.REFUSED)), TROUBLE),
        (Q(extraction=Extraction.WAITING), WAITING),
        (another, OTHER_LANGUAGE),
        (Q(extraction=Extraction.DONE), READ),
    )
    return documents.annotate(
        text_state=Case(
            *(When(Exists(files.filter(where)), then=Value(state)) for where, state in states),
            default=Value(""),
            output_field=CharField(),
        )
    )


class TextStateColumn(Column):
    """The state in words; red where somebody has to do something."""

    cell_template_name = "library/desk/text_state_cell.html"

    def get_value(self, instance: Any) -> dict[str, Any]:
        state = getattr(instance, "text_state", "")
        return {"label": LABELS.get(state, ""), "is_trouble": state in (TROUBLE, OTHER_LANGUAGE)}


class DocumentFilterSet(WagtailFilterSet):
    """By body, type, distribution, subject and the state of the texts."""

    text_state = django_filters.ChoiceFilter(
        label=_("Text of the files"),
        choices=[*LABELS.items(), ("none", _("No files"))],
        method="by_text_state",
    )
    subject = django_filters.CharFilter(
        label=_("Code of a subject"), field_name="subjects__code", max_length=64
    )

    class Meta:
        model = Document
        fields = ["body", "document_type", "distribution"]

    def by_text_state(
        self, documents: QuerySet[Document], name: str, value: str
    ) -> QuerySet[Document]:
        """Those whose gravest state is the one asked for."""
        return with_text_state(documents).filter(text_state="" if value == "none" else value)
