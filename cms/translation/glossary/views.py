"""The glossary as translators read it: `/admin/translation/glossary/?q=…&kind=…`."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.languages import codes
from cms.languages.collation import sort_key
from search.analysis.words import fold

from ..models import TermKind
from .book import Entry, book
from .policies import may_change_terms, may_read_terms

PER_PAGE = 50


@dataclass(frozen=True)
class Cell:
    """One language of a term."""

    language: codes.Language
    name: str
    full_name: str
    avoid: tuple[str, ...]


class GlossaryView(WagtailAdminTemplateMixin, TemplateView):
    """Lists the terms in the order of the reader's language; finds them by any of their names."""

    template_name = "translation/glossary/list.html"
    page_title = _("Glossary")
    header_icon = "openquote"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_read_terms(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        board = {"url": reverse("translation:board"), "label": _("Translation")}
        return [*self.breadcrumbs_items, board, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET.get("q", "").strip()[:200]
        kind = self.request.GET.get("kind", "")
        found = entries_matching(query, kind)
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "query": query,
            "kind": kind,
            "kinds": TermKind.choices,
            "languages": codes.LANGUAGES,
            "total": len(found),
            "page_obj": page,
            "rows": [(entry, cells_of(entry)) for entry in page.object_list],
            "may_change": may_change_terms(self.request.user),
        }


def entries_matching(query: str, kind: str = "") -> list[Entry]:
    """The terms of a kind ("": any) of which some name holds the words, in the order of the active
    language. At most two queries."""
    wanted = _plain(query)
    key = sort_key(codes.active())
    found = [
        entry
        for entry in book().entries
        if (not kind or entry.kind == kind) and (not wanted or _holds(entry, wanted))
    ]
    return sorted(found, key=lambda entry: key(best_name(entry)))


def best_name(entry: Entry) -> str:
    """A term's name in the active language, or in the nearest one that it has."""
    code = codes.best(codes.active(), entry.name)
    return entry.name[code] if code else ""


def _holds(entry: Entry, wanted: str) -> bool:
    several = (
        *(text for texts in entry.aliases.values() for text in texts),
        *(text for texts in entry.avoid.values() for text in texts),
    )
    texts = (*entry.name.values(), *entry.full_name.values(), *several)
    return any(wanted in _plain(text) for text in texts)


def _plain(text: str) -> str:
    """A text without accents, case and typographic differences."""
    return fold(unicodedata.normalize("NFKC", text).replace("’", "'").lower())


def cells_of(entry: Entry) -> list[Cell]:
    """A term's languages, in the UN's order."""
    return [
        Cell(
            language,
            entry.name.get(language.code, ""),
            entry.full_name.get(language.code, ""),
            entry.avoid.get(language.code, ()),
        )
        for language in codes.LANGUAGES
    ]
