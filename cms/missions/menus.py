"""Entries in the admin's menus and buttons beside a mission's site."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from cms.access.dashboard import register_quick_action
from cms.access.roles import Permission
from cms.pages.models import SiteKind, SiteProfile

from .models import EventIndexPage, NewsIndexPage, StatementIndexPage
from .policies import may_provision


class ProvisionMenuItem(MenuItem):
    """Shown to those who may make sites."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_provision(request.user)


def provision_menu_item() -> ProvisionMenuItem:
    """The way to the button."""
    return ProvisionMenuItem(
        _("Provision a mission"), reverse("missions_provision"), icon_name="plus", order=320
    )


def register_quick_actions() -> None:
    """“Add news” and its sisters on the dashboard of a mission's people."""
    register_quick_action(
        _("Add news"), add_news_url, kinds=[SiteKind.MISSION], icon="doc-full", order=10
    )
    register_quick_action(
        _("Add a statement"),
        add_statement_url,
        kinds=[SiteKind.MISSION],
        icon="openquote",
        order=20,
    )
    register_quick_action(
        _("Add an event"), add_event_url, kinds=[SiteKind.MISSION], icon="calendar", order=30
    )
    register_quick_action(
        _("Edit the front page"),
        edit_home_url,
        permission=Permission.CHANGE_PAGE,
        kinds=[SiteKind.MISSION],
        icon="edit",
        order=40,
    )


def add_news_url(user: User, profile: SiteProfile) -> str | None:
    """Where a news item is added on a site, or None without a news index. One query."""
    return _add_url(NewsIndexPage, "newspage", profile)


def add_statement_url(user: User, profile: SiteProfile) -> str | None:
    """Where a statement is added on a site. One query."""
    return _add_url(StatementIndexPage, "statementpage", profile)


def add_event_url(user: User, profile: SiteProfile) -> str | None:
    """Where an event is added on a site. One query."""
    return _add_url(EventIndexPage, "eventpage", profile)


def edit_home_url(user: User, profile: SiteProfile) -> str | None:
    """Where a site's front page is edited."""
    return reverse("wagtailadmin_pages:edit", args=[profile.site.root_page_id])


def _add_url(
    index: type[NewsIndexPage | StatementIndexPage | EventIndexPage],
    model_name: str,
    profile: SiteProfile,
) -> str | None:
    parent = index.objects.descendant_of(profile.site.root_page).values_list("pk", flat=True)
    for pk in parent[:1]:
        return reverse("wagtailadmin_pages:add", args=["missions", model_name, pk])
    return None
