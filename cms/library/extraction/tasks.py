"""Reading takes longer than a request may."""

from __future__ import annotations

from django_tasks import task

from .services import run_extraction


@task()
def extract_text(*, file_id: int) -> None:
    """`run_extraction`, in the worker."""
    run_extraction(file_id)
