"""Translation files taken in: all pages of a file, or none."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.languages import states
from cms.languages.exchange import formats
from cms.languages.exchange.documents import Document, Refused, digest
from cms.languages.segments import Pair, fill, pairs
from cms.languages.states import Status
from cms.pages.models import Page
from cms.pages.publication import save_draft

from . import journal
from .outgoing import Progress, no_progress, open_blocks
from .planning import REVIEWED, FileRefused, Line, Outcome, PagePlan, chosen_lines, plan


@dataclass(frozen=True)
class PageReport:
    """What came of one page. `taken`: the texts; `saved`: whether there is a new revision;
    `status`: where the language stands now, None: ready."""

    plan: PagePlan
    taken: Sequence[Line]
    saved: bool = False
    status: Status | None = None


@dataclass(frozen=True)
class Report:
    """What came of a file, or would come of it."""

    pages: tuple[PageReport, ...]

    @property
    def taken(self) -> int:
        return sum(len(page.taken) for page in self.pages)

    @property
    def saved(self) -> int:
        return sum(page.saved for page in self.pages)

    @property
    def reported(self) -> list[Line]:
        """What was not taken, and somebody ought to know."""
        taken = {id(line) for page in self.pages for line in page.taken}
        return [line for page in self.pages for line in page.plan.reported if id(line) not in taken]


def read_file(data: bytes) -> list[Document]:
    """What a file holds, in either format. Raises FileRefused."""
    try:
        return formats.read(data)
    except Refused as refused:
        raise FileRefused([refused]) from refused


def preview_file(data: bytes, *, user: User, only: Page | None = None) -> Report:
    """What would come of a file. Raises FileRefused; changes nothing."""
    plans = plan(read_file(data), user=user, only=only)
    return Report(tuple(PageReport(one, chosen_lines(one, ())) for one in plans))


@transaction.atomic
def import_file(
    data: bytes,
    *,
    user: User,
    only: Page | None = None,
    chosen: Collection[str] = (),
    progress: Progress = no_progress,
) -> Report:
    """Take a file in: the texts whose source and translation are as they were sent out.

    `only`: the page that it has to be of; `chosen`: tokens of other texts that are taken all the
    same (`Line.token`). A second time, the same file changes nothing. Raises FileRefused with
    every reason, and then nothing has changed.
    """
    plans = plan(read_file(data), user=user, only=only)
    reports = []
    for number, one in enumerate(plans, start=1):
        reports.append(_apply(one, user, chosen))
        progress(number, len(plans))
    return Report(tuple(reports))


def _apply(one: PagePlan, user: User, chosen: Collection[str]) -> PageReport:
    """Put into one page what is taken of it, and save it if that changes anything."""
    draft, target = one.draft, one.target
    lines = chosen_lines(one, chosen)
    before = draft.translations
    existed = target in before
    fill(draft, one.source, target, {line.unit.key: line.text for line in lines})
    now = pairs(draft, one.source, target)
    confirmed = _confirmed(one, now) if existed else []
    status = _status(one, lines, now)
    if not lines and not confirmed and status == states.status_of(before, target):
        return PageReport(one, lines, status=status)
    record: dict[str, Any] = states.refreshed_record(before, draft, one.source)
    if confirmed:
        record = states.marked_current(record, target, one.source, parts=confirmed)
    is_machine = status is not None and states.is_machine(before, target)
    draft.translations = states.with_status(record, target, status, machine=is_machine)
    try:
        save_draft(draft, user=user, log_action=False)
    except ValidationError as error:
        raise FileRefused([_not_valid(one, error)]) from error
    journal.note_import(
        one.page, target, by=user, taken=len(lines), left=len(one.reported) - _asked(lines)
    )
    return PageReport(one, lines, saved=True, status=status)


def _asked(lines: Sequence[Line]) -> int:
    return sum(line.outcome != Outcome.TAKEN for line in lines)


def _not_valid(one: PagePlan, error: ValidationError) -> Refused:
    reason = _("The page “%(title)s” can't be saved so: %(reasons)s") % {
        "title": one.page.get_admin_display_title(),
        "reasons": " ".join(error.messages),
    }
    return Refused(reason, line=one.document.line)


def _agreed(one: PagePlan, now: Sequence[Pair]) -> set[str]:
    """Keys of the pieces of which the file says: translated and reviewed, from today's source, and
    in the words that the draft has now."""
    pieces = {pair.key: pair for pair in now}
    agreed = set()
    for line in one.lines:
        pair = pieces.get(line.unit.key)
        if pair is None or line.unit.state not in REVIEWED or not line.text:
            continue
        current = digest(pair.source, pair.kind)
        if line.unit.source_digest in (None, current) and digest(line.text, pair.kind) == digest(
            pair.target, pair.kind
        ):
            agreed.add(pair.key)
    return agreed


def _confirmed(one: PagePlan, now: Sequence[Pair]) -> list[tuple[str, str]]:
    """(field, block) of what was outdated and all of whose pieces the file confirms."""
    agreed = _agreed(one, now)
    found = []
    for place in open_blocks(one.draft, one.target):
        keys = {pair.key for pair in now if (pair.field, pair.block) == place and pair.source}
        if keys and keys <= agreed:
            found.append(place)
    return sorted(found)


def _status(one: PagePlan, lines: Sequence[Line], now: Sequence[Pair]) -> Status | None:
    """Where the language stands afterwards."""
    record = one.draft.translations
    before = states.status_of(record, one.target)
    wanted = [pair for pair in now if pair.source]
    is_whole = all(pair.target for pair in wanted)
    if is_whole and {pair.key for pair in wanted} <= _agreed(one, now):
        return None
    if not lines:
        return before
    was_ready = one.target in record and before is None
    if any(line.unit.state not in REVIEWED or line.outcome != Outcome.TAKEN for line in lines):
        return Status.NEEDS_REVIEW if is_whole or was_ready else Status.IN_PROGRESS
    if was_ready:
        return None
    return Status.NEEDS_REVIEW if is_whole else Status.IN_PROGRESS
