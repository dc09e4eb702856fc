"""Archives as jobs: asked for in the admin, made by the worker, fetched by whoever asked."""

from __future__ import annotations

import hashlib
import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.log_actions import log
from wagtail.models import Site
from wagtail.users.models import UserProfile

from cms.access.services import HostnameTaken, SiteCodeTaken
from cms.pages.models import SiteProfile

from ..archive.exporting import Exported, Progress, export_site, quietly
from ..archive.format import CHUNK, ArchiveError, SiteChanged
from ..archive.reader import opened
from ..archive.restoring import Place, Restored, restore_site
from ..models import OPEN, JobKind, JobStatus, SiteJob
from ..refusals import BadPlace, PlaceTaken, Refused, UnknownSite
from ..selectors import require_kind, stamp_of

logger = logging.getLogger(__name__)

#: How long an archive waits to be fetched.
KEPT = timedelta(days=7)
#: A site that changes while it is archived is archived again, so many times.
TRIES = 3
#: Seconds between two looks at how far it is.
PULSE = 0.5
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,31}", re.ASCII)
_HOST = re.compile(
    r"(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]{0,62})(\.[a-z0-9]([a-z0-9-]{0,62}))*", re.ASCII
)


# --- archiving -----------------------------------------------------------------------------------


@transaction.atomic
def request_export(profile: SiteProfile, *, by: User | None) -> SiteJob:
    """Ask for a site's archive; the job that is open already where there is one. Raises
    NotThisKind."""
    require_kind(profile)
    # Two clicks wait for one another here.
    SiteProfile.objects.select_for_update().get(pk=profile.pk)
    job = SiteJob.objects.filter(
        site=profile, kind=JobKind.EXPORT, requested_by=by, status__in=OPEN
    ).first()
    if job is None:
        job = SiteJob.objects.create(
            kind=JobKind.EXPORT, site=profile, code=profile.code, requested_by=by
        )
        key = str(job.pk)
        transaction.on_commit(lambda: export_site_job.enqueue(key))
    return job


def run_export(job: SiteJob) -> SiteJob:
    """Make the archive that a job asks for. The job says how it went; faults of ours are raised."""
    with _worked_on(job) as progress:
        profile = SiteProfile.objects.select_related("site__root_page").filter(jobs=job).first()
        if profile is None:
            raise UnknownSite(job.code)
        stamp = stamp_of(profile)
        made = export_patiently(profile, job.path, progress=progress)
        job.counts = made.counts
        job.notes = [f"{one.where}: {one.what}" for one in made.left_out]
        job.size = job.path.stat().st_size
        job.sha256 = sha256_of(job.path)
        job.stamp = stamp
        job.keep_until = timezone.now() + KEPT
        log(
            instance=profile,
            action="lifecycle.archive",
            user=job.requested_by,
            data={"code": job.code, "sha256": job.sha256, **made.counts},
        )
    return job


def export_patiently(
    profile: SiteProfile, target: Path, *, progress: Progress = quietly
) -> Exported:
    """`export_site`, again where the site has changed meanwhile. Raises SiteChanged in the end."""
    for _attempt in range(TRIES - 1):
        try:
            return export_site(profile, target, progress=progress)
        except SiteChanged:
            logger.info("The site %s changed while it was archived; once more", profile.code)
    return export_site(profile, target, progress=progress)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()


# --- restoring -----------------------------------------------------------------------------------


def place_for(code: str, hostname: str = "", *, suspended: bool = False) -> Place:
    """Where to restore a site. `hostname`: default <code>.<the missions' domain>. Raises BadPlace
    or PlaceTaken."""
    code = code.strip().lower()
    hostname = hostname.strip().lower() or f"{code}.{settings.MISSIONS_DOMAIN}"
    for text, pattern in ((code, _CODE), (hostname, _HOST)):
        if not pattern.fullmatch(text):
            raise BadPlace(text)
    if SiteProfile.objects.filter(code=code).exists():
        raise PlaceTaken(code)
    if Site.objects.filter(hostname=hostname).exists():
        raise PlaceTaken(hostname)
    port = Site.objects.filter(is_default_site=True).values_list("port", flat=True).first()
    return Place(code=code, hostname=hostname, port=port or 80, suspended=suspended)


def restore_from(
    path: Path,
    *,
    code: str = "",
    hostname: str = "",
    suspended: bool = False,
    by: User | None = None,
    progress: Progress = quietly,
) -> Restored:
    """Make a site from an archive. `code`: default that of the site that was archived.

    Raises ArchiveRefused, BadPlace or PlaceTaken; nothing has been changed then.
    """
    with opened(path) as archive:
        place = place_for(code or archive.code, hostname, suspended=suspended)
        try:
            made = restore_site(archive, place, progress=progress)
        except (HostnameTaken, SiteCodeTaken) as error:
            raise PlaceTaken(place.hostname) from error
    log(
        instance=made.profile,
        action="lifecycle.restore",
        user=by,
        data={"code": place.code, "hostname": place.hostname, "archived": archive.code},
    )
    return made


def request_restore(
    upload: IO[bytes], *, code: str, hostname: str, suspended: bool, by: User
) -> SiteJob:
    """Keep an uploaded archive and ask for its restoration. Raises BadPlace or PlaceTaken."""
    if code:
        place_for(code, hostname)
    job = SiteJob(
        kind=JobKind.RESTORE,
        code=code.strip().lower(),
        requested_by=by,
        place={"hostname": hostname, "suspended": suspended},
        keep_until=timezone.now() + KEPT,
    )
    job.save(force_insert=True)  # first, so that a file without a job is nobody's
    with job.path.open("xb") as target:
        while piece := upload.read(CHUNK):
            target.write(piece)
    job.size = job.path.stat().st_size
    job.save(update_fields=["size"])
    restore_site_job.enqueue(str(job.pk))
    return job


def run_restore(job: SiteJob) -> SiteJob:
    """Restore the archive that a job holds, then remove it. The job says how it went."""
    with _worked_on(job) as progress:
        made = restore_from(
            job.path,
            code=job.code,
            hostname=job.place.get("hostname", ""),
            suspended=bool(job.place.get("suspended")),
            by=job.requested_by,
            progress=progress,
        )
        job.site, job.code = made.profile, made.profile.code
        job.counts, job.notes = dict(made.counts), made.notes
    job.path.unlink(missing_ok=True)
    return job


# --- what both share -----------------------------------------------------------------------------


@contextmanager
def _worked_on(job: SiteJob) -> Iterator[Progress]:
    """The job runs, tells how far it is, and ends as done or failed, with what was refused."""
    job.status = JobStatus.RUNNING
    job.save()
    try:
        with translation.override(language_of(job.requested_by)):
            yield _telling(job)
    except (ArchiveError, Refused) as refusal:
        job.status, job.error = JobStatus.FAILED, str(refusal)
    except BaseException:
        job.status = JobStatus.FAILED
        job.error = _("It stopped with an error of the software, which is in the log.")
        _end(job)
        raise
    else:
        job.status = JobStatus.DONE
    _end(job)


def _end(job: SiteJob) -> None:
    job.keep_until = job.keep_until or timezone.now() + KEPT
    job.save()


def _telling(job: SiteJob) -> Callable[[int, int], None]:
    last = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        # Inside the one transaction of a restoration nobody else would see it.
        if (done and done < total and now - last < PULSE) or _in_transaction():
            return
        last = now
        SiteJob.objects.filter(pk=job.pk).update(done=done, total=total, updated_at=timezone.now())
        job.done, job.total = done, total

    return tell


def _in_transaction() -> bool:
    return transaction.get_connection().in_atomic_block


def language_of(user: User | None) -> str:
    """The language in which somebody works in the admin; English for a command."""
    if user is None:
        return "en"
    return str(UserProfile.get_for_user(user).get_preferred_language())


@task()
def export_site_job(job_id: str) -> None:
    """`run_export`, in the worker."""
    run_export(SiteJob.objects.select_related("requested_by").get(pk=job_id))


@task()
def restore_site_job(job_id: str) -> None:
    """`run_restore`, in the worker."""
    run_restore(SiteJob.objects.select_related("requested_by").get(pk=job_id))
