"""Buttons beside a Main Committee's site on the admin's first page."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.access.dashboard import register_quick_action
from cms.access.roles import Permission
from cms.pages.models import SiteKind, SiteProfile


def register_quick_actions() -> None:
    """What a committee's secretary does most often."""
    kinds = [SiteKind.COMMITTEE]
    permission = Permission.CHANGE_RECORDS
    register_quick_action(
        _("Add a draft proposal"), add_draft_url, permission=permission, kinds=kinds, order=10
    )
    register_quick_action(
        _("Add a meeting"),
        add_meeting_url,
        permission=permission,
        kinds=kinds,
        icon="calendar",
        order=20,
    )


def add_draft_url(user: User, profile: SiteProfile) -> str:
    """Where a draft proposal is added. No query."""
    return reverse("draft-proposals:add")


def add_meeting_url(user: User, profile: SiteProfile) -> str:
    """Where a meeting is added to the programme of work. No query."""
    return reverse("committee-meetings:add")
