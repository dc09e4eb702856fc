"""What the services of the room leave in the log of actions: who, what, in which language."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, log

from cms.pages.models import Page

from .models import ReleaseSet

ASSIGNED = "translation.assign"
READY = "translation.ready"
SET_MADE = "translation.set_make"
SET_CHANGED = "translation.set_change"
SET_CANCELLED = "translation.set_cancel"
SET_OUT = "translation.set_out"
SET_WAITS = "translation.set_wait"
SET_FAILED = "translation.set_fail"

ACTIONS = {
    ASSIGNED: (_("Put somebody on a language"), _("Somebody else is on a language of the page")),
    READY: (_("Mark a language as ready"), _("A language of the page was marked as ready")),
    SET_MADE: (_("Plan pages together"), _("A set of pages was planned")),
    SET_CHANGED: (_("Change pages together"), _("A set of pages was changed")),
    SET_CANCELLED: (_("Cancel pages together"), _("A set of pages was cancelled")),
    SET_OUT: (_("Release pages together"), _("A set of pages went out")),
    SET_WAITS: (_("Hold back pages together"), _("A set of pages was not ready at its moment")),
    SET_FAILED: (_("Fail to release together"), _("A set of pages could not go out")),
}


def register_actions(actions: LogActionRegistry) -> None:
    """Wagtail's `register_log_actions` hook."""
    for name, (label, message) in ACTIONS.items():
        actions.register_action(name, label, message)


def note_assigned(
    page: Page, code: str, *, before: User | None, to: User | None, by: User | None
) -> None:
    """Who is on a language of a page from now on."""
    names = {
        name: person.get_username()
        for name, person in (("before", before), ("to", to))
        if person is not None
    }
    log(instance=page, action=ASSIGNED, user=by, data={"language": code, **names})


def note_ready(page: Page, code: str, *, by: User | None) -> None:
    """That a language is written and reviewed."""
    log(instance=page, action=READY, user=by, data={"language": code})


def note_set(action: str, release_set: ReleaseSet, *, by: User | None, **data: Any) -> None:
    """What happened to a set, on its site."""
    log(
        instance=release_set,
        action=action,
        user=by,
        data={"site": release_set.site.code, **data},
    )
