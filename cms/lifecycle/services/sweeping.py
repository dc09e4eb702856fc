"""What is over is put away: old archives, and what a killed process left behind."""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..archive.media import shelves
from ..models import JobStatus, ScheduledDeletion, SiteJob
from ..workspace import abandoned, names_in, remove_from_storage

logger = logging.getLogger(__name__)

#: A job that has said nothing for so long has died with its process.
SILENT = timedelta(minutes=30)
#: An open job that nobody has begun for so long never will.
FORGOTTEN = timedelta(days=1)


def sweep() -> int:
    """Remove expired archives, parts and journals of dead processes; give how many. Safe at any
    time, beside whatever is at work."""
    _end_silent_jobs()
    removed = _remove_expired()
    for part in abandoned("made/*.part"):
        part.unlink(missing_ok=True)
        removed += 1
    for path in abandoned("journals/*"):
        remove_from_storage(_unused(names_in(path)))
        path.unlink(missing_ok=True)
        removed += 1
    return removed


def _end_silent_jobs() -> None:
    now = timezone.now()
    silent = SiteJob.objects.filter(status=JobStatus.RUNNING, updated_at__lt=now - SILENT)
    forgotten = SiteJob.objects.filter(status=JobStatus.WAITING, updated_at__lt=now - FORGOTTEN)
    for jobs in (silent, forgotten):
        jobs.update(
            status=JobStatus.FAILED,
            error=_("It was stopped before its end: ask for it again."),
            keep_until=now,
        )


def _remove_expired() -> int:
    """Archives whose time is over, but those that a scheduled deletion rests on."""
    needed = ScheduledDeletion.objects.exclude(archive=None).values("archive")
    expired = SiteJob.objects.filter(keep_until__lt=timezone.now()).exclude(pk__in=needed)
    count = 0
    for job in expired:
        with transaction.atomic():
            path = job.path
            job.delete()
            transaction.on_commit(partial(path.unlink, missing_ok=True))
        count += 1
    return count


def _unused(names: list[str]) -> list[str]:
    """Those of some stored files that no image or file has: the restoration was not committed."""
    used: set[str] = set()
    for shelf in shelves():
        found = shelf.model._base_manager.filter(file__in=names)
        used |= set(found.values_list("file", flat=True))
    return [name for name in names if name not in used]
