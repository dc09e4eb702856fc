"""Planning, releasing and cancelling sets. The admin and the chore call these."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.languages import codes
from cms.pages.models import Page, SiteProfile
from cms.pages.publication import NotReady, release
from cms.pages.sites import site_path

from .. import journal
from ..models import ReleaseItem, ReleaseSet, SetState
from .gate import PageCheck, blocked, look
from .notices import tell_people_of
from .selectors import OPEN, due_sets, may_release

logger = logging.getLogger(__name__)


class Refused(ValidationError):
    """Raised when something can't be done to a set; the message says why."""


class Taken(Refused):
    """Raised when a set went out, or is going out, at somebody else's word, or was cancelled."""


class UnderEmbargo(Refused):
    """Raised before a set's moment."""


class NotTogether(Refused):
    """Raised when the gate is closed. `lines`: what the set waits for (`gate.blocked`)."""

    def __init__(self, lines: list[dict[str, Any]]) -> None:
        self.lines = lines
        super().__init__([f"{line['title']}: {line['reason']}" for line in lines])


# --- planning ------------------------------------------------------------------------------------


@transaction.atomic
def settle(release_set: ReleaseSet, *, by: User, is_new: bool = False) -> None:
    """Put a set that was just saved in order: what it is called, whose words are fixed, the order;
    it is planned again, and its people will be told anew. Raises Refused for a page of another
    site and where the user may not release."""
    _require(release_set, by)
    home = _home_of(release_set.site_id)
    items = list(release_set.items.select_related("page__latest_revision"))
    for position, item in enumerate(items):
        if item.page is not None:
            _refuse_strangers(item.page, home)
        _settle_item(item, position)
    if is_new:
        release_set.made_by = by
    elif not release_set.is_open:
        raise Taken(_taken(release_set))
    release_set.state, release_set.told_at, release_set.report = SetState.PLANNED, None, {}
    release_set.save(update_fields=["state", "told_at", "report", "made_by"])
    action = journal.SET_MADE if is_new else journal.SET_CHANGED
    moment = release_set.goes_out_at.isoformat() if release_set.goes_out_at else ""
    data = {"pages": len(items), "languages": release_set.languages, "goes_out_at": moment}
    journal.note_set(action, release_set, by=by, **data)


def _settle_item(item: ReleaseItem, position: int) -> None:
    item.position = position
    if item.page is not None:
        item.title = (item.page.draft_title or str(item.page))[:255]
        if not item.is_fixed:
            item.revision = None
        elif item.revision is None or item.revision.object_id != str(item.page.pk):
            item.revision = item.page.latest_revision or item.page.save_revision()
    item.save()


@transaction.atomic
def add_pages(
    release_set: ReleaseSet | None, pages: Sequence[Page], *, languages: Sequence[str], by: User
) -> ReleaseSet:
    """Add pages of one site to a set, or to a new one that somebody then names and dates; pages
    that are in it already stay. `languages`: of a new set (none: all six). Raises Refused."""
    homes = {site_path(page) for page in pages}
    site = SiteProfile.objects.filter(site__root_page__path__in=homes).first()
    if len(homes) != 1 or site is None:
        raise Refused(_("Pages that go out together are of one site: choose pages of one."))
    is_new = release_set is None
    if release_set is None:
        chosen = [code for code in codes.CODES if not languages or code in languages]
        name = _("Pages of %(date)s") % {"date": timezone.now().strftime("%Y-%m-%d %H:%M")}
        release_set = ReleaseSet(site=site, name=name, languages=chosen, required_languages=chosen)
        _require(release_set, by)
        release_set.save()
    present = set(release_set.items.values_list("page", flat=True))
    for page in pages:
        if page.pk not in present:
            ReleaseItem.objects.create(
                release_set=release_set, page=page, position=len(present) + page.pk
            )
    found = ReleaseSet.objects.get(pk=release_set.pk)
    settle(found, by=by, is_new=is_new)
    return found


@transaction.atomic
def cancel(release_set: ReleaseSet, *, by: User) -> None:
    """Give a set up; its pages stay as they are. Raises Refused, Taken."""
    _require(release_set, by)
    open_ = ReleaseSet.objects.filter(pk=release_set.pk, state__in=OPEN)
    if not open_.update(state=SetState.CANCELLED):
        raise Taken(_taken(ReleaseSet.objects.get(pk=release_set.pk)))
    journal.note_set(journal.SET_CANCELLED, release_set, by=by)


# --- releasing -----------------------------------------------------------------------------------


def release_together(
    release_set: ReleaseSet, *, user: User | None, now: datetime | None = None
) -> ReleaseSet:
    """Release every page of a set, or none: one transaction, so that a process which is killed in
    the middle leaves all pages and the set as they were.

    `user`: who says so (None: the clock); `now`: another moment than this one. Raises UnderEmbargo
    before the set's moment, NotTogether while the gate is closed (kept in the set's report), Taken
    where somebody else was first, Refused where the user may not.
    """
    now = now or timezone.now()
    if user is not None:
        _require(release_set, user)
    try:
        with transaction.atomic():
            return _release(release_set.pk, user, now)
    except NotTogether as closed:
        _keep_report(release_set.pk, {"at": now.isoformat(), "blocked": closed.lines})
        raise


def _release(pk: int, user: User | None, now: datetime) -> ReleaseSet:
    # Takes the row (on SQLite the database) until the end: a second runner waits here and then
    # finds a set that is out.
    if not ReleaseSet.objects.filter(pk=pk, state__in=OPEN).update(state=SetState.RUNNING):
        raise Taken(_taken(ReleaseSet.objects.get(pk=pk)))
    release_set = ReleaseSet.objects.select_related("site").get(pk=pk)
    if release_set.goes_out_at and release_set.goes_out_at > now:
        raise UnderEmbargo(_("Nothing of this set goes out before its moment: change that first."))
    _hold_pages(release_set)
    found = look(release_set)
    if not found:
        raise Refused(_("This set has no pages: choose some first."))
    if lines := blocked(found):
        raise NotTogether(lines)
    released = [_release_page(one, user) for one in found]
    release_set.state, release_set.went_out_at = SetState.OUT, now
    release_set.released_by = user
    release_set.report = {"at": now.isoformat(), "released": released}
    release_set.save(update_fields=["state", "went_out_at", "released_by", "report"])
    journal.note_set(journal.SET_OUT, release_set, by=user, pages=len(released))
    return release_set


def _hold_pages(release_set: ReleaseSet) -> None:
    """Keep others from changing the pages between the look at the gate and the release."""
    ids = release_set.items.values_list("page", flat=True)
    rows = Page._base_manager.select_for_update().filter(pk__in=list(ids)).order_by("pk")
    list(rows.values_list("pk"))


def _release_page(one: PageCheck, user: User | None) -> dict[str, Any]:
    page = one.item.page
    assert page is not None  # the gate lets no other through
    line = {"page": page.pk, "title": one.title}
    revision = one.item.revision if one.item.is_fixed else None
    try:
        release(page, one.going, user=user, revision=revision)
    except NotReady as error:
        reason = " ".join(error.messages)
        raise NotTogether([line | {"language": "", "reason": reason}]) from error
    return line | {"languages": one.going}


def release_due(now: datetime | None = None) -> int:
    """Release the sets whose moment has come; give how many went out. Safe to call at any time and
    twice. A set whose gate is closed stays planned and is tried again; its people are told once."""
    now = now or timezone.now()
    return sum(_release_due(release_set, now) for release_set in list(due_sets(now)))


def _release_due(release_set: ReleaseSet, now: datetime) -> bool:
    try:
        release_together(release_set, user=None, now=now)
    except NotTogether as closed:
        _tell_once(release_set, now, closed.lines)
        return False
    except (Taken, UnderEmbargo):
        return False
    except ValidationError as error:
        _fail(release_set, now, " ".join(error.messages))
        return False
    except Exception:
        # One set must not keep the others from going out.
        logger.exception("The set %s could not go out", release_set.pk)
        _fail(release_set, now, _("Something went wrong; the installation’s log says what."))
        return False
    return True


@transaction.atomic
def _tell_once(release_set: ReleaseSet, now: datetime, lines: list[dict[str, Any]]) -> None:
    untold = ReleaseSet.objects.filter(pk=release_set.pk, told_at=None)
    if untold.update(told_at=now):
        journal.note_set(journal.SET_WAITS, release_set, by=None, waiting=len(lines))
        tell_people_of(release_set, lines)


@transaction.atomic
def _fail(release_set: ReleaseSet, now: datetime, reason: str) -> None:
    planned = ReleaseSet.objects.filter(pk=release_set.pk, state=SetState.PLANNED)
    if planned.update(state=SetState.FAILED, report={"at": now.isoformat(), "error": reason}):
        journal.note_set(journal.SET_FAILED, release_set, by=None, reason=reason)
        tell_people_of(release_set, [])


def _keep_report(pk: int, report: dict[str, Any]) -> None:
    """Write down why a set waits, unless it says so already."""
    kept = ReleaseSet.objects.filter(pk=pk, state__in=OPEN).values_list("report", flat=True).first()
    if kept is not None and kept.get("blocked") != report["blocked"]:
        ReleaseSet.objects.filter(pk=pk, state__in=OPEN).update(report=report)


# --- refusals ------------------------------------------------------------------------------------


def _require(release_set: ReleaseSet, user: User) -> None:
    if not may_release(user, release_set.site):
        raise Refused(_("You may not release pages of this site: ask somebody who publishes."))


def _home_of(site_id: int) -> str:
    path: str = SiteProfile.objects.values_list("site__root_page__path", flat=True).get(pk=site_id)
    return path


def _refuse_strangers(page: Page, home: str) -> None:
    if not page.path.startswith(home):
        raise Refused(
            _("“%(page)s” is not a page of this site: a set holds pages of one.")
            % {"page": page.draft_title}
        )


def _taken(release_set: ReleaseSet) -> str:
    return _("This set can't be changed or released any more. It is now: %(state)s.") % {
        "state": release_set.get_state_display()
    }
