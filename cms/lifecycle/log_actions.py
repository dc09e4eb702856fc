"""What is written down of a site's life, and how Wagtail's reports say it."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter

#: (action, label, message) of everything that happens to a site.
ACTIONS: tuple[tuple[str, Promise, Promise], ...] = (
    ("lifecycle.suspend", _("Suspend the site"), _("Site suspended")),
    ("lifecycle.resume", _("Resume the site"), _("Site resumed")),
    ("lifecycle.archive", _("Archive the site"), _("Site archived")),
    ("lifecycle.download", _("Download the archive"), _("Archive downloaded")),
    ("lifecycle.restore", _("Restore a site"), _("Site restored from an archive")),
    ("lifecycle.schedule_deletion", _("Schedule the deletion"), _("Deletion scheduled")),
    ("lifecycle.cancel_deletion", _("Cancel the deletion"), _("Deletion cancelled")),
    ("lifecycle.delete", _("Delete the site"), _("Site deleted")),
)


def register(actions: Any) -> None:
    """Wagtail's hook `register_log_actions`."""
    for action, label, message in ACTIONS:
        formatter = type(
            "SiteLogFormatter",
            (_WithReason,),
            {"label": label, "message": message},
        )
        actions.register_action(action)(formatter)


class _WithReason(LogFormatter):
    """Says the reason that somebody gave, if they gave one."""

    def format_comment(self, log_entry: Any) -> str:
        return str(log_entry.data.get("reason", ""))
