"""Deleting a site: announced, suspended and archived first, carried out when its time is over."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Collection, Task, Workflow, WorkflowPage, WorkflowTask

from cms.access.models import SiteCollection
from cms.pages.models import Page, SiteProfile, SiteStatus
from cms.pages.sites import touch_all_sites
from cms.tenancy.scope import limited_to

from ..archive import media
from ..archive.format import ArchiveError
from ..models import JobKind, JobStatus, ScheduledDeletion, SiteJob
from ..refusals import ArchiveMissing, NotConfirmed, NotToBeDeleted, Refused
from ..selectors import require_kind, stamp_of
from .archives import request_export, run_export, sha256_of
from .status import change_status

logger = logging.getLogger(__name__)

#: Days between the decision and the deletion, where nobody says otherwise.
GRACE_DAYS = 30
#: The archive of a deleted site is kept a year.
ARCHIVE_KEPT = timedelta(days=365)


@transaction.atomic
def schedule_deletion(
    profile: SiteProfile, *, confirm: str, by: User | None, days: int = GRACE_DAYS
) -> ScheduledDeletion:
    """Suspend a site, have it archived, and delete it after so many days. Idempotent.

    `confirm`: the site's code, typed. Raises NotThisKind or NotConfirmed.
    """
    require_kind(profile)
    _require_confirmation(profile, confirm)
    was_active = SiteProfile.objects.select_for_update().get(pk=profile.pk).status == (
        SiteStatus.ACTIVE
    )
    deletion, created = ScheduledDeletion.objects.get_or_create(
        site=profile,
        defaults={
            "due_at": timezone.now() + timedelta(days=days),
            "scheduled_by": by,
            "was_active": was_active,
        },
    )
    if created:
        change_status(
            profile,
            SiteStatus.SUSPENDED,
            action="lifecycle.suspend",
            by=by,
            data={"reason": "deletion"},
        )
        deletion.archive = request_export(profile, by=by)
        deletion.save(update_fields=["archive"])
        log(
            instance=profile,
            action="lifecycle.schedule_deletion",
            user=by,
            data={"code": profile.code, "due": deletion.due_at.isoformat()},
        )
    return deletion


@transaction.atomic
def cancel_deletion(profile: SiteProfile, *, by: User | None) -> None:
    """Keep a site after all; it is as it was before, active or suspended. Raises NotToBeDeleted."""
    deletion = ScheduledDeletion.objects.select_for_update().filter(site=profile).first()
    if deletion is None:
        raise NotToBeDeleted(profile.code)
    deletion.delete()
    log(
        instance=profile,
        action="lifecycle.cancel_deletion",
        user=by,
        data={"code": profile.code},
    )
    if deletion.was_active:
        change_status(profile, SiteStatus.ACTIVE, action="lifecycle.resume", by=by, data={})


def delete_due_sites(*, now: datetime | None = None) -> list[str]:
    """Delete the sites whose time is over; give their codes. One that can't be deleted is logged
    and tried again next time."""
    due = ScheduledDeletion.objects.filter(due_at__lte=now or timezone.now())
    deleted = []
    for deletion in due.select_related("site__site__root_page").order_by("due_at"):
        code = deletion.site.code
        try:
            delete_site(deletion.site, confirm=code, by=deletion.scheduled_by)
        except (Refused, ArchiveError):
            logger.exception("The site %s is due and can't be deleted", code)
        else:
            deleted.append(code)
    return deleted


def delete_site(profile: SiteProfile, *, confirm: str, by: User | None) -> SiteJob:
    """Delete a site whose deletion is scheduled, whatever its date; give its archive.

    Its pages with their revisions, media with their files, collections, groups, workflow and
    redirects go; the State's record stays in the directory, without a link. People who held a role
    nowhere else can't sign in any more. This can't be undone. `confirm`: the site's code, typed.
    Raises NotConfirmed, NotToBeDeleted, ArchiveMissing or SiteChanged.
    """
    require_kind(profile)
    _require_confirmation(profile, confirm)
    deletion = ScheduledDeletion.objects.filter(site=profile).select_related("archive").first()
    if deletion is None:
        raise NotToBeDeleted(profile.code)
    archive = _archive_of(profile, deletion, by=by)
    with limited_to(None), transaction.atomic():
        _delete(profile, archive, by=by)
    return archive


def _require_confirmation(profile: SiteProfile, confirm: str) -> None:
    if confirm.strip().lower() != profile.code:
        raise NotConfirmed(profile.code)


def _archive_of(profile: SiteProfile, deletion: ScheduledDeletion, *, by: User | None) -> SiteJob:
    """An archive of the site as it is now, whole on the disk; made now where there is none."""
    archive = deletion.archive
    if archive is not None and _is_whole(archive) and archive.stamp == stamp_of(profile):
        return archive
    archive = run_export(
        SiteJob.objects.create(
            kind=JobKind.EXPORT, site=profile, code=profile.code, requested_by=by
        )
    )
    if not _is_whole(archive):
        raise ArchiveMissing(profile.code)
    return archive


def _is_whole(archive: SiteJob) -> bool:
    return (
        archive.status == JobStatus.DONE
        and archive.path.exists()
        and sha256_of(archive.path) == archive.sha256
    )


def _delete(profile: SiteProfile, archive: SiteJob, *, by: User | None) -> None:
    if not ScheduledDeletion.objects.select_for_update().filter(site=profile).exists():
        raise NotToBeDeleted(profile.code)  # cancelled, or done by another worker, meanwhile
    home: Page = profile.site.root_page
    owned = SiteCollection.objects.filter(site=profile).select_related("collection").first()
    collection = owned.collection if owned else None
    groups = list(Group.objects.filter(role_group__site=profile).values_list("pk", flat=True))
    log(
        instance=profile,
        action="lifecycle.delete",
        user=by,
        data={"code": profile.code, "sha256": archive.sha256, **archive.counts},
        deleted=True,
    )
    _delete_workflows(home)
    # With it go the site, its profile and its redirects. Who may has been asked before.
    home.specific.delete(user=by, skip_permission_checks=True)
    for shelf in media.shelves():
        for item in media.media_of(shelf, collection).iterator():
            item.delete()
    Group.objects.filter(pk__in=groups).delete()
    if collection is not None:
        Collection.objects.get(pk=collection.pk).delete()
    SiteJob.objects.filter(pk=archive.pk).update(keep_until=timezone.now() + ARCHIVE_KEPT)
    touch_all_sites()


def _delete_workflows(home: Page) -> None:
    """The workflows of these pages that no page elsewhere has, with the tasks of theirs alone."""
    here = WorkflowPage.objects.filter(page__path__startswith=home.path)
    elsewhere = WorkflowPage.objects.exclude(page__path__startswith=home.path)
    workflows = Workflow.objects.filter(pk__in=here.values("workflow")).exclude(
        pk__in=elsewhere.values("workflow")
    )
    ids = list(workflows.values_list("pk", flat=True))
    tasks = WorkflowTask.objects.filter(workflow__in=ids)
    others = WorkflowTask.objects.exclude(workflow__in=ids)
    gone: Any = Task.objects.filter(pk__in=tasks.values("task")).exclude(
        pk__in=others.values("task")
    )
    task_ids = list(gone.values_list("pk", flat=True))
    Workflow.objects.filter(pk__in=ids).delete()
    Task.objects.filter(pk__in=task_ids).delete()
