"""What happens to a page's languages, in the log of actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, log
from wagtail.models import Revision

RELEASED = "pages.languages.release"
WITHDRAWN = "pages.languages.withdraw"
SCHEDULED = "pages.languages.schedule"
REFUSED = "pages.languages.refused"

ACTIONS = {
    RELEASED: (_("Release languages"), _("Languages released")),
    WITHDRAWN: (_("Withdraw languages"), _("Languages withdrawn")),
    SCHEDULED: (_("Plan a language"), _("Release or withdrawal of a language planned")),
    REFUSED: (_("Plan not carried out"), _("A language was not ready when it should be released")),
}


def register_actions(actions: LogActionRegistry) -> None:
    """Wagtail's `register_log_actions` hook."""
    for name, (label, message) in ACTIONS.items():
        actions.register_action(name, label, message)


def note(
    page: Any,
    action: str,
    languages: Sequence[str],
    *,
    user: User | None,
    revision: Revision | None = None,
    **data: Any,
) -> None:
    """Write one entry about languages of a page (their codes)."""
    told = {
        key: value.isoformat() if isinstance(value, datetime) else value
        for key, value in data.items()
        if value is not None
    }
    log(
        instance=page,
        action=action,
        user=user,
        data={"languages": list(languages), **told},
        revision=revision,
    )
