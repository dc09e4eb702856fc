"""Which sets somebody sees, and which they may change."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Count, QuerySet

from cms.access.roles import Permission
from cms.access.selectors import Reader, holds, may, sites_where
from cms.pages.models import SiteProfile, SiteStatus
from cms.tenancy.scope import current

from ..models import ReleaseSet, SetState

#: States in which a set may still be changed and released.
OPEN = (SetState.PLANNED, SetState.FAILED)


def sets_in_sight() -> QuerySet[ReleaseSet]:
    """The sets of the sites inside the walls, the latest first, each with `page_count`."""
    scope = current()
    sets = ReleaseSet.objects.select_related("site", "made_by", "released_by")
    sets = sets if scope is None else sets.filter(site__in=scope.sites)
    return sets.annotate(page_count=Count("items")).order_by("-made_at", "-pk")


def sets_to_fill(user: User) -> QuerySet[ReleaseSet]:
    """The sets to which a user may add pages. No query of its own."""
    return ReleaseSet.objects.filter(
        state__in=OPEN, site__in=sites_where(user, Permission.PUBLISH_PAGE).values("pk")
    ).order_by("name", "pk")


def sites_to_release(user: User) -> QuerySet[SiteProfile]:
    """The sites on which a user may release; on one whose pages the Secretariat approves, nobody
    else may. No query of its own."""
    sites = sites_where(user, Permission.PUBLISH_PAGE)
    return sites.select_related("site__root_page").order_by("code")


def may_release(user: User, site: SiteProfile) -> bool:
    """Whether a user may release on a site. One query."""
    return may(user, Permission.PUBLISH_PAGE, site)


def may_release_somewhere(user: Reader) -> bool:
    """Whether a user may release on any site. One query."""
    return holds(user, Permission.PUBLISH_PAGE)


def due_sets(now: datetime) -> QuerySet[ReleaseSet]:
    """The sets whose moment has come, the earliest first; none of a suspended site."""
    return ReleaseSet.objects.filter(
        state=SetState.PLANNED, goes_out_at__lte=now, site__status=SiteStatus.ACTIVE
    ).order_by("goes_out_at", "pk")
