"""The board as a spreadsheet: a line a language of a page."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.languages.spreadsheets import SafeSpreadsheetMixin
from cms.languages.states import State
from cms.pages.models import Page, PageLanguage, SiteProfile
from cms.pages.sites import site_path

from .selectors import name_of, title_of, type_of

HEADINGS = {
    "page": _("Page"),
    "title": _("Title"),
    "type": _("Page type"),
    "site": _("Site"),
    "language": _("Language"),
    "state": pgettext_lazy("translation state", "State"),
    "state_since": _("Since (UTC)"),
    "words_to_go": _("Words to go"),
    "translator": _("Who is on it"),
    "is_released": pgettext_lazy("translation state", "Released"),
    "first_released_at": _("First released (UTC)"),
    "last_released_at": _("Last released (UTC)"),
    "release_at": _("To be released (UTC)"),
    "withdraw_at": _("To be withdrawn (UTC)"),
    "withdrawn_at": _("Withdrawn (UTC)"),
}


def exported(pages: QuerySet[Page], cells: Q) -> QuerySet[PageLanguage]:
    """The languages of these pages that fulfil `cells`, page by page."""
    rows = PageLanguage.objects.filter(cells, page__in=pages.order_by().values("pk"))
    lean = rows.defer("page__translations", "page__draft_translations")
    return lean.select_related("page__content_type", "translator").order_by(
        "page__path", "language"
    )


class BoardExport(SafeSpreadsheetMixin):
    """What the board shows, in CSV and XLSX."""

    list_export = list(HEADINGS)
    export_headings = HEADINGS

    def to_row_dict(self, item: PageLanguage) -> dict[str, Any]:
        told = {name: getattr(item, name, "") for name in HEADINGS}
        return told | {
            "page": item.page_id,
            "title": title_of(item.page)[0],
            "type": type_of(item.page),
            "site": self.site_codes.get(site_path(item.page), ""),
            "state": State(item.state).label,
            "translator": name_of(item.translator) if item.translator else "",
            "is_released": str(_("yes") if item.is_released else _("no")),
        }

    @property
    def site_codes(self) -> dict[str, str]:
        """{path of the home page: code} of the sites in the export. One query, for all rows."""
        if not hasattr(self, "_site_codes"):
            sites = SiteProfile.objects.values_list("site__root_page__path", "code")
            self._site_codes = dict(sites)
        return self._site_codes
