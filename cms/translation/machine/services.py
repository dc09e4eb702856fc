"""Asking for a proposal, and doing it (in the worker)."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from cms.languages.machine import (
    MachineError,
    MalformedAnswer,
    Provider,
    ProviderRefused,
    ProviderUnavailable,
    QuotaExceeded,
    configured_provider,
)
from cms.pages.models import Page

from ..models import Failure, MachineProposal, ProposalState
from ..models.machine import DEAD_AFTER, OPEN
from . import journal
from .planning import Plan, may_propose, plan_for
from .proposing import Outcome, ask, put_in


class NotProposed(ValidationError):
    """Raised when there is nothing to ask a machine for, or it may not be asked; the message says
    why. `failure`: which."""

    def __init__(self, failure: Failure, detail: str = "") -> None:
        self.failure = failure
        self.detail = detail
        super().__init__(failure.label)


#: The first that an error is an instance of.
_FAILURES: tuple[tuple[type[MachineError], Failure], ...] = (
    (QuotaExceeded, Failure.QUOTA),
    (ProviderRefused, Failure.REFUSED),
    (ProviderUnavailable, Failure.UNAVAILABLE),
    (MalformedAnswer, Failure.MALFORMED),
)


@transaction.atomic
def request_proposal(page: Page, *, source: str, target: str, by: User) -> MachineProposal:
    """Ask for a language of a page; the proposal that is open already, where there is one.

    Nothing is sent before the transaction has ended. Raises NotProposed, UnknownLanguage.
    """
    from .tasks import propose_translation

    provider = configured_provider()
    if provider is None:
        raise NotProposed(Failure.OFF)
    page = page.specific
    if not may_propose(by, page, target):
        raise NotProposed(Failure.FORBIDDEN)
    Page._base_manager.select_for_update().get(pk=page.pk)
    _bury_the_dead(page, target)
    known = MachineProposal.objects.filter(page=page.pk, target=target, state__in=OPEN).first()
    if known is not None:
        return known
    plan = plan_for(page, source, target)
    if plan.refusal:
        raise NotProposed(plan.refusal)
    proposal = MachineProposal.objects.create(
        page_id=page.pk, source=source, target=target, requested_by=by, provider=provider.name
    )
    log(
        instance=page,
        action=journal.ASKED,
        user=by,
        data={"languages": [target], "source": source, "service": provider.name},
    )
    transaction.on_commit(lambda: propose_translation.enqueue(proposal_id=proposal.pk))
    return proposal


def run_proposal(proposal_id: int) -> MachineProposal | None:
    """Do what a proposal asks for; None where somebody else does or did. The proposal says how it
    went; faults of ours are raised."""
    waiting = MachineProposal.objects.filter(pk=proposal_id, state=ProposalState.WAITING)
    if not waiting.update(state=ProposalState.RUNNING):
        return None
    proposal = MachineProposal.objects.select_related("requested_by", "page").get(pk=proposal_id)
    proposal.state, proposal.failure = ProposalState.FAILED, Failure.INTERRUPTED
    try:
        _propose(proposal)
        proposal.state, proposal.failure = ProposalState.DONE, ""
    except NotProposed as refusal:
        proposal.failure, proposal.detail = refusal.failure, refusal.detail
    finally:
        proposal.finished_at = timezone.now()
        proposal.save()
    return proposal


def _propose(proposal: MachineProposal) -> None:
    provider = configured_provider()
    user, page = proposal.requested_by, proposal.page.specific
    if provider is None:
        raise NotProposed(Failure.OFF)
    if not isinstance(user, User) or not may_propose(user, page, proposal.target):
        raise NotProposed(Failure.FORBIDDEN)
    plan = plan_for(page, proposal.source, proposal.target)
    if plan.refusal:
        raise NotProposed(plan.refusal)
    outcome = _asked(provider, plan)
    try:
        put_in(page, plan, outcome, user=user)
    except ValidationError as error:
        raise NotProposed(Failure.INVALID, " ".join(error.messages)[:300]) from error
    proposal.provider = provider.name
    proposal.filled = len(outcome.texts)
    proposal.withheld = plan.withheld
    proposal.report = [[left.key, left.label, left.fault] for left in outcome.left]


def _asked(provider: Provider, plan: Plan) -> Outcome:
    try:
        return ask(provider, plan)
    except MachineError as error:
        failure = next(failure for of, failure in _FAILURES if isinstance(error, of))
        detail = getattr(error, "reason", "") or getattr(error, "detail", "")
        raise NotProposed(failure, detail[:300]) from error


def _bury_the_dead(page: Page, target: str, now: datetime | None = None) -> None:
    """Proposals whose worker has died are not waited for."""
    before = (now or timezone.now()) - DEAD_AFTER
    MachineProposal.objects.filter(
        page=page.pk, target=target, state__in=OPEN, requested_at__lt=before
    ).update(state=ProposalState.FAILED, failure=Failure.INTERRUPTED, finished_at=timezone.now())
