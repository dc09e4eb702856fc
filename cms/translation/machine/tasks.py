"""What takes longer than a request may: a service answers when it likes."""

from __future__ import annotations

from django_tasks import task

from .services import run_proposal


@task()
def propose_translation(*, proposal_id: int) -> None:
    """`run_proposal`, in the worker."""
    run_proposal(proposal_id)
