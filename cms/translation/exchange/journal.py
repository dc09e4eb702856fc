"""What files out and in leave in the log of actions: who, which page, which language."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, log

from cms.pages.models import Page

EXPORTED = "translation.export"
IMPORTED = "translation.import"


def register_actions(actions: LogActionRegistry) -> None:
    """Wagtail's `register_log_actions` hook."""
    actions.register_action(
        EXPORTED, _("Export for translation"), _("Sent out as a translation file")
    )
    actions.register_action(
        IMPORTED, _("Import a translation"), _("A translation was taken in from a file")
    )


def note_export(page: Page, code: str, *, by: User | None) -> None:
    """That a page has gone out. `code`: the language into which it is to be translated."""
    log(instance=page, action=EXPORTED, user=by, data={"language": code})


def note_import(page: Page, code: str, *, by: User, taken: int, left: int) -> None:
    """That texts were taken in. `taken`: how many; `left`: reported and not taken."""
    data = {"language": code, "taken": taken, "left": left}
    log(instance=page, action=IMPORTED, user=by, data=data)
