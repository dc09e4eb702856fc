"""What changes in Wagtail's own first page and menus; registered in `cms.access.wagtail_hooks`."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from .desk import desk_of
from .panels import greeting_panels

#: Reports on the whole installation; their addresses are closed in `cms.access.sections`.
_SECRETARIAT_REPORTS = frozenset({"site-history", "page-types-usage"})


def greet(request: HttpRequest, panels: list[Any]) -> None:
    """`construct_homepage_panels`: each role's own work in the place of Wagtail's panels."""
    panels[:] = greeting_panels(request)


def drop_summary(request: HttpRequest, items: list[Any]) -> None:
    """`construct_homepage_summary_items`: no counts of everybody's pages, images and files."""
    items.clear()


def keep_own_reports(request: HttpRequest, items: list[Any]) -> None:
    """`construct_reports_menu`: the Secretariat's reports are the Secretariat's."""
    if not desk_of(request).everywhere:
        items[:] = [item for item in items if item.name not in _SECRETARIAT_REPORTS]


def drop_product_news(request: HttpRequest, items: list[Any]) -> None:
    """`construct_help_menu`: no news of Wagtail and no guide to it. The portal has our own guide,
    and each item that was not dismissed would be counted in a badge on the menu."""
    dropped = ("whats-new", "editor-guide")
    items[:] = [item for item in items if not item.name.startswith(dropped)]
