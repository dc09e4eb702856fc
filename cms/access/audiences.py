"""Who may read what: the audiences of a page, and those that a reader belongs to (D4).

An audience is a short token that the search index stores with every document: "public", or
"portal" (people of permanent missions, and the Secretariat). A page's audience is that of the
nearest restriction above it; a restriction that is none of ours makes it nobody's, and so does the
suspension of its site.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Length, Substr
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageViewRestriction

from cms.pages.models import Page, SiteStatus
from cms.pages.sites import SITE_PATH_LENGTH, line_of

from .roles import Permission
from .selectors import Reader, holds

PUBLIC = "public"
PORTAL = "portal"
#: Under a restriction that no audience describes (a password, other groups): found by nobody.
NOBODY = "nobody"

LABELS = {PUBLIC: _("Everybody"), PORTAL: _("Permanent missions")}
PORTAL_GROUP = "Portal readers"


def reads_portal(user: Reader) -> bool:
    """Whether a user reads what only permanent missions may see. One query, remembered."""
    if not user.is_authenticated or not user.is_active:
        return False
    if not hasattr(user, "_reads_portal"):
        user._reads_portal = holds(user, Permission.READ_PORTAL)  # type: ignore[attr-defined]
    return bool(user._reads_portal)  # type: ignore[attr-defined]


def audiences_of(user: Reader) -> frozenset[str]:
    """The audiences that a reader belongs to; the filter of every search."""
    return frozenset({PUBLIC, PORTAL}) if reads_portal(user) else frozenset({PUBLIC})


def portal_group() -> Group:
    """The group that the portal's restriction names; its members are kept by the roles."""
    return Group.objects.get_or_create(name=PORTAL_GROUP)[0]


def restrict_to_portal(page: Page) -> PageViewRestriction:
    """Show a page and all below it to permanent missions only. Idempotent."""
    restriction, _created = PageViewRestriction.objects.get_or_create(
        page=page, defaults={"restriction_type": PageViewRestriction.GROUPS}
    )
    restriction.groups.set([portal_group()])
    return restriction


def audiences_of_pages(pages: Iterable[Page]) -> dict[int, str]:
    """{page id: audience} for many pages. One query for their restrictions, one for the groups, one
    for suspended sites."""
    pages = list(pages)
    paths = {above for page in pages for above in line_of(page.path)}
    restricted: dict[str, str] = {}
    restrictions = (
        PageViewRestriction.objects.filter(page__path__in=paths)
        .select_related("page")
        .prefetch_related("groups")
    )
    for restriction in restrictions:
        names = {group.name for group in restriction.groups.all()}
        is_ours = restriction.restriction_type == PageViewRestriction.GROUPS and names == {
            PORTAL_GROUP
        }
        restricted[restriction.page.path] = PORTAL if is_ours else NOBODY
    for path in suspended_homes().filter(path__in=paths).values_list("path", flat=True):
        restricted[path] = NOBODY
    return {page.pk: _strictest(page.path, restricted) for page in pages}


def audience_of(page: Page) -> str:
    """The audience of one page."""
    return audiences_of_pages([page])[page.pk]


def readable_by(user: Reader, pages: QuerySet[Page]) -> QuerySet[Page]:
    """The pages of a queryset whose audience the reader belongs to: `audiences_of_pages`, in SQL.

    No query of its own, except the reader's roles (one, remembered).
    """
    against = PageViewRestriction.objects.all()
    if reads_portal(user):
        # Restricted to the portal's group and to no other: no obstacle to whoever reads the portal.
        named = PageViewRestriction.groups.through.objects.filter(
            pageviewrestriction_id=OuterRef("pk")
        )
        against = against.exclude(
            Q(restriction_type=PageViewRestriction.GROUPS)
            & Exists(named.filter(group__name=PORTAL_GROUP))
            & ~Exists(named.exclude(group__name=PORTAL_GROUP))
        )
    # Not `startswith`: LIKE with its escapes costs four times as much a row.
    head = Substr(OuterRef("path"), 1, Length("page__path"), output_field=CharField())
    above = against.alias(head=head).filter(page__path=F("head"))
    return of_open_sites(pages).filter(~Exists(above))


def of_open_sites(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Without the pages of suspended sites. No query of its own."""
    home = Substr("path", 1, SITE_PATH_LENGTH, output_field=CharField())
    return pages.alias(site_home=home).exclude(site_home__in=suspended_homes().values("path"))


def suspended_homes() -> QuerySet[Page]:
    """The home pages of suspended sites: with what lies below them, nobody's to read."""
    return Page._base_manager.filter(sites_rooted_here__profile__status=SiteStatus.SUSPENDED)


def may_read(user: Reader, page: Page) -> bool:
    """Whether a reader may read a live page."""
    return page.live and audience_of(page) in audiences_of(user)


def _strictest(path: str, restricted: dict[str, str]) -> str:
    found = {restricted[above] for above in line_of(path) if above in restricted}
    if NOBODY in found:
        return NOBODY
    return PORTAL if PORTAL in found else PUBLIC
