"""The Secretariat's report on the search index: what it holds, what waits, what fails."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.languages import codes
from search.services import engine
from search.status import index_status

from .kinds import kind_label
from .roles import Permission
from .selectors import holds

ADDRESS = "search_index_report"
"""The address's name; who may go there is said in `cms.access.sections`."""


class IndexReportView(WagtailAdminTemplateMixin, TemplateView):
    """`search_status` for people."""

    template_name = "access/index_report.html"
    page_title = _("Search index")
    header_icon = "search"

    @cached_property
    def status(self) -> dict[str, Any]:
        """See `search.status.index_status`."""
        return index_status(engine())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        index = self.status["index"] or {}
        kinds = index.get("kinds", {}).items()
        languages = index.get("languages", {}).items()
        return super().get_context_data(
            **kwargs,
            **self.status,
            kinds=[(kind_label(kind) or kind, count) for kind, count in kinds],
            languages=[(codes.get(code), count) for code, count in languages],
        )


class _IndexMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return holds(request.user, Permission.MANAGE_SITES)


def menu_item() -> MenuItem:
    """The report in the admin's menu."""
    return _IndexMenuItem(
        _("Search index"), reverse(ADDRESS), name="search-index", icon_name="search", order=900
    )


def addresses() -> list[URLPattern]:
    """The report's address below the admin."""
    return [path("reports/search-index/", IndexReportView.as_view(), name=ADDRESS)]
