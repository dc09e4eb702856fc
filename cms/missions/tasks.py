"""What takes longer than a request may."""

from __future__ import annotations

from django_tasks import task

from .services import provision_all


@task()
def provision_all_missions() -> dict[str, int]:
    """Make the site of every mission that has none: {"made": …, "kept": …}."""
    made, kept = provision_all()
    return {"made": made, "kept": kept}
