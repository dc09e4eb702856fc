"""Buttons beside CandiWeb on the admin's first page, and its tile on the portal's home."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.access.dashboard import register_quick_action
from cms.access.roles import Permission
from cms.access.tiles import Tile, register_tile
from cms.pages.models import SiteKind, SiteProfile
from cms.pages.rendering import request_language


def register() -> None:
    """What the elections desk does most often, and the way in for delegates."""
    kinds = [SiteKind.CANDIWEB]
    permission = Permission.CHANGE_RECORDS
    register_quick_action(
        _("Add a candidature"), add_candidature_url, permission=permission, kinds=kinds, order=10
    )
    register_quick_action(
        _("Add an election"), add_election_url, permission=permission, kinds=kinds, order=20
    )
    register_tile(
        Tile(
            name="candiweb",
            label=_("Elections and candidatures"),
            description=_("Who stands for which seat, by body and regional group."),
            icon="people",
            url=candiweb_url,
            order=20,
        )
    )


def add_candidature_url(user: User, profile: SiteProfile) -> str:
    """Where a candidature is added. No query."""
    return reverse("candidatures:add")


def add_election_url(user: User, profile: SiteProfile) -> str:
    """Where an election is added. No query."""
    return reverse("elections:add")


def candiweb_url(request: HttpRequest) -> str | None:
    """The address of CandiWeb in the reader's language; None without its site. One query."""
    profile = (
        SiteProfile.objects.filter(kind=SiteKind.CANDIWEB)
        .select_related("site")
        .order_by("code")
        .first()
    )
    return f"{profile.site.root_url}/{request_language(request)}/" if profile else None
