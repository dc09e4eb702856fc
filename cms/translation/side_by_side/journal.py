"""What translators do side by side, in the log of actions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry

SAVED = "translation.save"
SENT = "translation.send_for_review"
READY = "translation.say_ready"
REVIEWED = "translation.review"

ACTIONS = {
    SAVED: (_("Save a translation"), _("Translation saved, still in progress")),
    SENT: (_("Send a translation for review"), _("Translation sent for review")),
    READY: (_("Mark a translation as ready"), _("Translation marked as ready")),
    REVIEWED: (_("Review a translation"), _("Translation reviewed against its source")),
}


def register_actions(actions: LogActionRegistry) -> None:
    """Wagtail's `register_log_actions` hook."""
    for name, (label, message) in ACTIONS.items():
        actions.register_action(name, label, message)
