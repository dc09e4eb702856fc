"""Pieces to the service and back: sent without their attributes, checked, and put in their places.

What somebody has written meanwhile stays. The pieces that came back go into the latest draft in
one save, which marks the language as "machine, needs review".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Revision

from cms.languages import segments, states
from cms.languages.machine import BrokenMarkup, Kind, Protected, Provider, protect
from cms.languages.machine.markup import Fault
from cms.languages.segments import Pair
from cms.pages.models import Page
from cms.pages.publication import save_draft

from ..side_by_side.sheet import PieceState, Row, sheet_of
from . import journal
from .planning import Plan

#: Beside the faults of an answer: why a piece was left as it is.
CHANGED = "changed"
INCOMPLETE = "incomplete"


@dataclass(frozen=True)
class Left:
    """A piece that was not filled. `fault`: of `Fault`, CHANGED or INCOMPLETE."""

    key: str
    label: str
    fault: str


@dataclass
class Outcome:
    """`texts`: by the pieces' keys; `left`: what was not filled, and why."""

    texts: dict[str, str] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)

    def leave(self, pair: Pair, fault: str) -> None:
        """Report a piece."""
        self.texts.pop(pair.key, None)
        self.left.append(Left(pair.key, pair.label, str(fault)))


def ask(provider: Provider, plan: Plan) -> Outcome:
    """What the service makes of a plan's pieces, checked. Raises MachineError."""
    outcome = Outcome()
    ready: list[tuple[Pair, Protected]] = []
    for row in plan.rows:
        try:
            ready.append((row.pair, protect(row.pair.source, _kind(row.pair))))
        except BrokenMarkup as broken:
            outcome.leave(row.pair, broken.fault)
    for kind in ("text", "html"):
        own = [(pair, sent) for pair, sent in ready if sent.kind == kind]
        answers = provider.translate(
            [sent.text for _pair, sent in own], source=plan.source, target=plan.target, kind=kind
        )
        for (pair, sent), answer in zip(own, answers, strict=True):
            _take(outcome, pair, sent, answer)
    return outcome


def _kind(pair: Pair) -> Kind:
    return "html" if pair.kind == "html" else "text"


def _take(outcome: Outcome, pair: Pair, sent: Protected, answer: str) -> None:
    try:
        text = sent.restored(answer)
    except BrokenMarkup as broken:
        outcome.leave(pair, broken.fault)
        return
    if pair.max_length and len(text) > pair.max_length:
        outcome.leave(pair, Fault.LENGTH)
    else:
        outcome.texts[pair.key] = text


@transaction.atomic
def put_in(page: Page, plan: Plan, outcome: Outcome, *, user: User) -> Revision | None:
    """Fill the latest draft with what came back; the revision, or None where nothing was filled.

    `outcome.left` grows by what was changed meanwhile. Raises ValidationError where the page can't
    be saved as it is.
    """
    Page._base_manager.select_for_update().get(pk=page.pk)
    draft = page.specific_class._base_manager.get(pk=page.pk).get_latest_revision_as_object()
    rows = sheet_of(draft, plan.source, plan.target).rows
    _leave_what_has_changed(plan, outcome, rows)
    _leave_parts_that_would_hide_something(outcome, rows)
    if not outcome.texts:
        return None
    segments.fill(draft, plan.source, plan.target, outcome.texts)
    record = states.refreshed_record(draft.translations, draft, draft.source_language)
    draft.translations = states.with_status(
        record, plan.target, states.Status.NEEDS_REVIEW, machine=True
    )
    revision = save_draft(draft, user=user, log_action=False)
    log(
        instance=draft,
        action=journal.PROPOSED,
        user=user,
        revision=revision,
        content_changed=True,
        data={"languages": [plan.target], "source": plan.source, "pieces": len(outcome.texts)},
    )
    return revision


def _leave_what_has_changed(plan: Plan, outcome: Outcome, rows: Sequence[Row]) -> None:
    now = {row.pair.key: row for row in rows}
    for sent in plan.rows:
        if sent.pair.key not in outcome.texts:
            continue
        row = now.get(sent.pair.key)
        if row is None or not row.is_to_do or _texts(row) != _texts(sent):
            outcome.leave(sent.pair, CHANGED)


def _texts(row: Row) -> tuple[str, str]:
    return row.pair.source, row.pair.target


def _leave_parts_that_would_hide_something(outcome: Outcome, rows: Sequence[Row]) -> None:
    """See `planning._whole_parts`: an answer may have been refused since."""
    stuck = {
        (row.pair.field, row.pair.block)
        for row in rows
        if row.state is PieceState.OUTDATED and row.pair.key not in outcome.texts
    }
    for row in rows:
        if row.pair.key in outcome.texts and (row.pair.field, row.pair.block) in stuck:
            outcome.leave(row.pair, INCOMPLETE)
