"""Choosers of subjects, documents and agenda items, searched by words in any of the six languages.

A subject is found by its other labels too, a document by any part of its symbol.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet

from cms.languages import codes
from cms.languages.fields import column

from ..symbols import symbol_key


class WordsForm(BaseFilterForm):
    """`columns`: what is looked through for the words."""

    columns: ClassVar[tuple[str, ...]] = ()
    q = forms.CharField(
        label=_("Search term"),
        widget=forms.TextInput(attrs={"placeholder": _("Search")}),
        max_length=100,
        required=False,
    )

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        """Those that hold every word somewhere, in whatever case."""
        objects = super().filter(objects)
        asked = self.cleaned_data.get("q", "").replace("\x00", "").strip()
        if not asked:
            return objects
        self.is_searching = True
        self.search_query = asked
        return objects.filter(self.condition(asked)).distinct()

    def condition(self, asked: str) -> Q:
        """What is asked of the objects."""
        found = Q()
        for word in asked.split():
            # SQLite knows capitals of ASCII only.
            shapes = {word, word.lower(), word.upper(), word.capitalize()}
            any_column = Q()
            for name in self.columns:
                for shape in shapes:
                    any_column |= Q(**{f"{name}__icontains": shape})
            found &= any_column
        return found


class SubjectWords(WordsForm):
    """Names and other labels, in six languages."""

    columns = ("code", "labels__text", *(column("name", code) for code in codes.CODES))


class DocumentWords(WordsForm):
    """Titles, or a part of a symbol however it is written."""

    columns = tuple(column("title", code) for code in codes.CODES)

    def condition(self, asked: str) -> Q:
        return super().condition(asked) | Q(key__contains=symbol_key(asked))


class AgendaWords(WordsForm):
    """Titles, a session or a number."""

    columns = ("session", "number", *(column("title", code) for code in codes.CODES))


def searched_chooser(form: type[WordsForm]) -> type[SnippetChooserViewSet]:
    """Wagtail's chooser of a snippet, with a search field of ours."""
    choose = type("SearchedChooseView", (ChooseView,), {"filter_form_class": form})
    results = type("SearchedResultsView", (ChooseResultsView,), {"filter_form_class": form})
    return type(
        "SearchedChooserViewSet",
        (SnippetChooserViewSet,),
        {"choose_view_class": choose, "choose_results_view_class": results},
    )
