"""What is written down of a document's files, and how Wagtail's reports say it."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter

ADDED = "library.file_added"
REPLACED = "library.file_replaced"
WITHDRAWN = "library.file_withdrawn"
RESTORED = "library.file_restored"

_ACTIONS: tuple[tuple[str, Promise, Promise], ...] = (
    (ADDED, _("Add a file"), _("File added")),
    (REPLACED, _("Replace a file"), _("File replaced")),
    (WITHDRAWN, _("Withdraw a file"), _("File withdrawn")),
    (RESTORED, _("Restore a file"), _("Earlier file restored")),
)


def register_actions(actions: Any) -> None:
    """Wagtail's hook `register_log_actions`."""
    for action, label, message in _ACTIONS:
        formatter = type("FileLogFormatter", (_WhichFile,), {"label": label, "message": message})
        actions.register_action(action)(formatter)


class _WhichFile(LogFormatter):
    """Says of which language and format."""

    def format_comment(self, log_entry: Any) -> str:
        data = log_entry.data
        return f"{data.get('language', '')} {data.get('format', '')}".strip()
