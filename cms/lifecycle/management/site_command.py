"""What the commands of this room share: refusals become errors of the command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from rich.progress import Progress as Bar

from ..archive.exporting import Progress
from ..archive.format import ArchiveError
from ..refusals import Refused


@contextmanager
def refusals_told() -> Iterator[None]:
    """Say in one line what a service refuses, and leave with an error."""
    try:
        yield
    except (Refused, ArchiveError) as refusal:
        raise CommandError(str(refusal)) from refusal


@contextmanager
def shown(title: str) -> Iterator[Progress]:
    """A bar that a service's progress moves; gone when it is done."""
    with Bar(transient=True) as bar:
        line = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(line, completed=done, total=total)
