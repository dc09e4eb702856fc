"""Suspending and resuming a site. Nothing is taken away, so that all comes back."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from wagtail.log_actions import log

from cms.access.indexing import enqueue_below
from cms.pages.models import SiteProfile, SiteStatus
from cms.pages.sites import touch_all_sites

from ..models import ScheduledDeletion
from ..refusals import ToBeDeleted
from ..selectors import require_kind


@transaction.atomic
def suspend_site(profile: SiteProfile, *, by: User | None, reason: str = "") -> bool:
    """Show a site to nobody and shut its people out, at once; give whether that is new.

    `reason`: for the log. Raises NotThisKind.
    """
    require_kind(profile)
    return change_status(
        profile, SiteStatus.SUSPENDED, action="lifecycle.suspend", by=by, data={"reason": reason}
    )


@transaction.atomic
def resume_site(profile: SiteProfile, *, by: User | None) -> bool:
    """Show a site again as it was; give whether it was suspended. Raises ToBeDeleted."""
    require_kind(profile)
    if ScheduledDeletion.objects.filter(site=profile).exists():
        raise ToBeDeleted(profile.code)
    return change_status(profile, SiteStatus.ACTIVE, action="lifecycle.resume", by=by, data={})


def change_status(
    profile: SiteProfile,
    status: SiteStatus,
    *,
    action: str,
    by: User | None,
    data: dict[str, str],
) -> bool:
    """Write a site's status and let everything follow that depends on it."""
    held = SiteProfile.objects.select_for_update().get(pk=profile.pk)
    profile.status = status
    if held.status == status:
        return False
    held.status = status
    held.save(update_fields=["status"])
    # The directory and the API's lists of all sites say it too.
    touch_all_sites()
    enqueue_below(profile.site.root_page.path)
    log(instance=held, action=action, user=by, data={**data, "code": held.code})
    return True
