"""The panels of the admin's first page, and which of them a user is greeted with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import Media
from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from cms.access.roles import Permission
from cms.languages import codes
from cms.languages.states import LEGEND
from cms.pages.models import SiteKind

from . import work
from .activity import ORDERS, counts_by_site, site_activity
from .desk import Desk, desk_of
from .registry import offered_actions, registered_panels

#: More sites than this are reached through the list of pages.
SITES_SHOWN = 12


class DeskPanel(Component):
    """A panel about the work on one desk."""

    order = 100

    def __init__(self, request: HttpRequest, desk: Desk) -> None:
        self.request = request
        self.desk = desk

    @property
    def media(self) -> Media:
        return Media(css={"all": ["languages/tabs.css", "access/dashboard.css"]})

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"request": self.request, "desk": self.desk, **self.content()}

    def content(self) -> dict[str, Any]:
        """What the panel's template shows."""
        raise NotImplementedError(f"{type(self).__name__} must say what it shows.")


class SitesPanel(DeskPanel):
    """My sites, their addresses, and what to do there at once."""

    order = 10
    template_name = "access/dashboard/sites.html"

    def content(self) -> dict[str, Any]:
        shown = self.desk.sites[:SITES_SHOWN]
        counts = counts_by_site([site.path for site in shown]) if shown else {}
        return {
            "sites": [self._site(site, counts.get(site.path, {})) for site in shown],
            "more": max(len(self.desk.sites) - len(shown), 0),
            "pages_url": reverse("wagtailadmin_explore_root"),
        }

    def _site(self, site: Any, count: Mapping[str, Any]) -> dict[str, Any]:
        home = site.profile.site.root_page
        title, language = home.text("title", codes.active())
        return {
            "title": title,
            "lang": language,
            "dir": codes.direction(language),
            "kind": site.profile.get_kind_display(),
            "roles": site.roles,
            "languages": self._names(site.languages),
            "url": site.profile.site.root_url,
            "address": site.profile.site.root_url.split("//", 1)[-1],
            "explore_url": reverse("wagtailadmin_explore", args=[home.pk]),
            "actions": offered_actions(self.desk.user, site.profile, site.permissions),
            "pages": count.get("pages", 0),
            "last_published": count.get("last"),
        }

    def _names(self, languages: frozenset[str]) -> list[codes.Language]:
        """The languages of somebody who only translates; nothing for whoever writes in all."""
        if len(languages) == len(codes.CODES):
            return []
        return [language for language in codes.LANGUAGES if language.code in languages]


class ApprovalsPanel(DeskPanel):
    """What waits for my approval."""

    order = 20
    template_name = "access/dashboard/approvals.html"

    def content(self) -> dict[str, Any]:
        return {"pile": work.approvals(self.desk)}


class DraftsPanel(DeskPanel):
    """My drafts."""

    order = 30
    template_name = "access/dashboard/drafts.html"

    def content(self) -> dict[str, Any]:
        may_add = any(Permission.ADD_PAGE in site.permissions for site in self.desk.sites)
        return {"pile": work.drafts(self.desk), "may_add": may_add}


class LanguagesPanel(DeskPanel):
    """Which languages of which pages are missing or outdated."""

    order = 40
    template_name = "access/dashboard/languages.html"

    def content(self) -> dict[str, Any]:
        return {
            "pile": work.languages(self.desk),
            "languages": codes.LANGUAGES,
            "legend": LEGEND,
        }


class PublishedPanel(DeskPanel):
    """What was published last."""

    order = 50
    template_name = "access/dashboard/published.html"

    def content(self) -> dict[str, Any]:
        return {"pile": work.published(self.desk)}


class ActivityPanel(DeskPanel):
    """All sites with their activity."""

    order = 15
    template_name = "access/dashboard/activity.html"

    def content(self) -> dict[str, Any]:
        asked = self.request.GET
        order = asked.get("order", "")
        order = order if order in ORDERS else ORDERS[0]
        kind = asked.get("kind", SiteKind.MISSION)
        find = asked.get("find", "").replace("\x00", "").strip()[:100]
        return {
            "sites": site_activity(kind=kind, find=find, order=order, number=asked.get("sites", 1)),
            "kinds": SiteKind.choices,
            "kind": kind,
            "find": find,
            "order": order,
        }


def greeting_panels(request: HttpRequest) -> list[Component]:
    """The panels for a request's user, those of other rooms included."""
    desk = desk_of(request)
    kinds: list[type[DeskPanel]] = [SitesPanel]
    if desk.everywhere:
        kinds.append(ActivityPanel)
    if desk.sites or desk.everywhere:
        kinds += [ApprovalsPanel, DraftsPanel, LanguagesPanel, PublishedPanel]
    return [*(kind(request, desk) for kind in kinds), *registered_panels(request)]
