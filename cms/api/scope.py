"""Which sites a request is about (`?site=`), and the version of what they hold."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import CharField, Count, QuerySet, Sum
from django.db.models.functions import Substr
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cms.access.audiences import Reader, readable_by
from cms.pages.models import Page, SiteProfile, SiteStatus
from cms.pages.sites import SITE_PATH_LENGTH, profile_named

from .errors import bad_parameter

ALL = "all"


@dataclass(frozen=True)
class Scope:
    """One site, or all of them (`profile` is None). `version`: changes with what they hold."""

    profile: SiteProfile | None
    version: str

    @property
    def code(self) -> str:
        """The site's code, or "all"."""
        return self.profile.code if self.profile else ALL

    def pages(self) -> QuerySet[Page]:
        """Every page of these sites, whoever may read it."""
        if self.profile is not None:
            return Page.objects.filter(path__startswith=self.profile.site.root_page.path)
        homes = SiteProfile.objects.values("site__root_page__path")
        home = Substr("path", 1, SITE_PATH_LENGTH, output_field=CharField())
        return Page.objects.filter(depth__gte=2).alias(home=home).filter(home__in=homes)


def scope_of(request: HttpRequest) -> Scope:
    """The scope of a request, remembered on it. At most one query.

    Raises Problem (404) for a site that nobody has.
    """
    if not hasattr(request, "_api_scope"):
        request._api_scope = _find(request, request.GET.get("site"))
    return request._api_scope


def _find(request: HttpRequest, name: str | None) -> Scope:
    if name is None:
        return _of(request.site_profile)
    if name.lower() == ALL:
        seen = SiteProfile.objects.aggregate(versions=Sum("version"), sites=Count("pk"))
        return Scope(None, f"{seen['sites']}.{seen['versions']}")
    profile = find_site(name)
    if profile is None:
        raise bad_parameter(
            "site",
            _("There is no site “%(name)s”: give its id, host name or code, or “all”.")
            % {"name": name[:80]},
            status=404,
        )
    return _of(profile)


def find_site(name: str) -> SiteProfile | None:
    """The site of an id, a host name (with or without port) or a code, in any letter case; a
    suspended one is nobody's."""
    name = name.strip().lower()
    if not (name.isascii() and name.isdigit()):
        return profile_named(name)
    active = SiteProfile.objects.filter(site_id=int(name[:18]), status=SiteStatus.ACTIVE)
    return active.select_related("site", "site__root_page").first()


def _of(profile: SiteProfile) -> Scope:
    return Scope(profile, f"{profile.pk}.{profile.version}")


def readable_pages(user: Reader, scope: Scope) -> QuerySet[Page]:
    """Live pages of a scope that a reader may read: `cms.access`'s one rule, as a filter."""
    return readable_by(user, scope.pages().filter(live=True))


def public_profiles(user: Reader) -> QuerySet[SiteProfile]:
    """Sites whose home page a reader may read."""
    homes = readable_by(user, Page.objects.filter(depth=2, live=True))
    return SiteProfile.objects.filter(site__root_page__in=homes.values("pk")).select_related(
        "site", "site__root_page"
    )
