"""What the services of people leave in the log of actions: who, what, on which site; no secret."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, log

from cms.access.models import RoleGroup
from cms.pages.models import SiteProfile

INVITED = "people.invite"
SENT_AGAIN = "people.invite_again"
WITHDRAWN = "people.withdraw_invitation"
JOINED = "people.join"
ROLES_CHANGED = "people.change_roles"
SUSPENDED = "people.suspend"
RESUMED = "people.resume"
REMOVED = "people.remove"
APPROVAL_ON = "people.approval_on"
APPROVAL_OFF = "people.approval_off"

ACTIONS = {
    INVITED: (_("Invite"), _("Invited to the site")),
    SENT_AGAIN: (_("Send invitation again"), _("Invitation sent again")),
    WITHDRAWN: (_("Withdraw invitation"), _("Invitation withdrawn")),
    JOINED: (_("Join"), _("Joined the site by invitation")),
    ROLES_CHANGED: (_("Change roles"), _("Roles changed")),
    SUSPENDED: (_("Suspend"), _("Suspended on the site")),
    RESUMED: (_("Resume"), _("Roles given back after a suspension")),
    REMOVED: (_("Remove from the site"), _("Removed from the site")),
    APPROVAL_ON: (_("Switch approval on"), _("Pages need approval from now on")),
    APPROVAL_OFF: (_("Switch approval off"), _("Editors publish without approval from now on")),
}


def register_actions(actions: LogActionRegistry) -> None:
    """Wagtail's `register_log_actions` hook."""
    for name, (label, message) in ACTIONS.items():
        actions.register_action(name, label, message)


def note(
    action: str, about: models.Model, *, site: SiteProfile, by: User | None, **data: Any
) -> None:
    """Write one entry. `about`: the account, invitation or site; `site`: where it happened (its
    code is kept as `data["site"]`); `by`: who did it."""
    log(about, action, user=by, data={"site": site.code, **data})


def names(role_groups: Iterable[RoleGroup]) -> list[str]:
    """Roles as the log keeps them: "editor", "translator (ar)"."""
    return [
        f"{held.role} ({held.language})" if held.language else held.role for held in role_groups
    ]
