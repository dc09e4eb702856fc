"""What machines were asked for, in the log of actions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry

ASKED = "translation.machine_ask"
PROPOSED = "translation.machine_propose"


def register_actions(actions: LogActionRegistry) -> None:
    """Wagtail's `register_log_actions` hook."""
    actions.register_action(
        ASKED,
        _("Ask a machine for a translation"),
        _("Text was sent to the translation service"),
    )
    actions.register_action(
        PROPOSED,
        _("Propose a translation by machine"),
        _("A machine’s translation was put into the draft, to be reviewed"),
    )
