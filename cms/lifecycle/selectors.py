"""Sites, and who may do what to them."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Count, Max, QuerySet

from cms.access.models import SiteCollection
from cms.access.roles import Permission
from cms.access.selectors import Reader, holds, may, sites_where
from cms.pages.models import Page, SiteProfile

from .archive import media
from .models import JobKind, SiteJob
from .refusals import NotThisKind, UnknownSite
from .registry import kinds


def find_site(code: str) -> SiteProfile:
    """The site of a code, letter case ignored. Raises UnknownSite or NotThisKind."""
    found = (
        SiteProfile.objects.select_related("site__root_page", "deletion")
        .filter(code=code.strip().lower())
        .first()
    )
    if found is None:
        raise UnknownSite(code)
    return require_kind(found)


def require_kind(profile: SiteProfile) -> SiteProfile:
    """The site, if it is of a kind that can be suspended, archived and deleted. Raises
    NotThisKind."""
    if profile.kind not in kinds() or profile.site.is_default_site:
        raise NotThisKind(profile.code)
    return profile


def manages_sites(user: Reader) -> bool:
    """Whether a user suspends, restores and deletes sites. One query."""
    return holds(user, Permission.MANAGE_SITES)


def may_export(user: Reader, profile: SiteProfile) -> bool:
    """Whether a user may take a site's archive away. One query.

    The Secretariat may; so may the administrator of the site, for it is the mission's own content
    and all of it can be read by them in the admin anyway.
    """
    return may(user, Permission.EXPORT_SITE, profile)


def visible_sites(user: Reader) -> QuerySet[SiteProfile]:
    """The sites that a user finds in the section: those whose archive they may have."""
    return (
        sites_where(user, Permission.EXPORT_SITE)
        .filter(kind__in=kinds())
        .select_related("site__root_page", "deletion")
        .order_by("code")
    )


def jobs_of(profile: SiteProfile, user: User) -> QuerySet[SiteJob]:
    """The archives of a site that concern a user: the Secretariat sees that others exist, a
    mission's administrator sees their own only."""
    jobs = SiteJob.objects.filter(site=profile, kind=JobKind.EXPORT).select_related("requested_by")
    return jobs if manages_sites(user) else jobs.filter(requested_by=user)


def downloadable(user: Reader, job_id: UUID) -> SiteJob | None:
    """An archive that a user has asked for and may still have, or None."""
    job = SiteJob.objects.filter(pk=job_id, kind=JobKind.EXPORT).select_related("site").first()
    if job is None or job.requested_by_id != user.pk or not job.has_file:
        return None
    allowed = may_export(user, job.site) if job.site else manages_sites(user)
    return job if allowed else None


def stamp_of(profile: SiteProfile) -> str:
    """A text that changes when the site's content does. Four queries."""
    home = profile.site.root_page
    pages = Page._base_manager.filter(path__startswith=home.path).aggregate(
        count=Count("pk"),
        revised=Max("latest_revision_created_at"),
        published=Max("last_published_at"),
    )
    parts = [pages["count"], pages["revised"], pages["published"]]
    owned = SiteCollection.objects.filter(site=profile).select_related("collection").first()
    for shelf in media.shelves():
        found = media.media_of(shelf, owned.collection if owned else None)
        seen = found.order_by().aggregate(count=Count("pk"), last=Max("pk"))
        parts += [seen["count"], seen["last"]]
    return " ".join(str(part) for part in parts)
