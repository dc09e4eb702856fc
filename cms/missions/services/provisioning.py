"""A mission's site in one action: host, pages, roles, collection, workflow."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.models import Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.access.indexing import enqueue_below
from cms.access.services import provision_site
from cms.languages import codes
from cms.languages.fields import column
from cms.pages.models import SiteKind, SiteProfile

from ..models import HomePage, Mission
from ..sections import SECTIONS

#: (mission code, done, total)
Progress = Callable[[str, int, int], None]
NEAREST = 3


class UnknownMission(LookupError):
    """Raised for a code that no mission has; the message names the nearest ones, or the way out."""

    def __init__(self, code: str, nearest: Sequence[Mission]) -> None:
        self.code = code
        self.nearest = list(nearest)
        if self.nearest:
            named = ", ".join(f"{mission.code} ({mission})" for mission in self.nearest)
            hint = f"Did you mean {named}?"
        elif Mission.objects.exists():
            hint = "Nothing comes near it. Use a State's three-letter code, for example FRA."
        else:
            hint = "There are no missions yet: load them first with manage.py import_missions."
        super().__init__(f"There is no mission with the code {code or '(empty)'}. {hint}")


@dataclass(frozen=True)
class Provisioned:
    """What provisioning found or made. `created`: whether the site is new."""

    mission: Mission
    profile: SiteProfile
    created: bool

    @property
    def url(self) -> str:
        """The address of the site's front page."""
        return f"{self.profile.site.root_url}/"


def find_mission(code: str) -> Mission:
    """The mission of a three-letter code, letter case ignored. Raises UnknownMission."""
    wanted = code.strip().upper()
    mission = Mission.objects.filter(code=wanted).select_related("profile__site").first()
    if mission is None:
        raise UnknownMission(code.strip(), nearest_missions(code))
    return mission


def nearest_missions(text: str) -> list[Mission]:
    """The missions whose code or short name, in any language, comes nearest to a text."""
    spellings: dict[str, Mission] = {}
    for mission in Mission.objects.all():
        names = [getattr(mission, column("short_name", code)) for code in codes.CODES]
        for spelling in (mission.code, mission.iso2, *names):
            if spelling:
                spellings.setdefault(spelling.casefold(), mission)
    found: list[Mission] = []
    for spelling in difflib.get_close_matches(text.strip().casefold(), spellings, n=12, cutoff=0.6):
        if spellings[spelling] not in found:
            found.append(spellings[spelling])
    return found[:NEAREST]


@transaction.atomic
def provision_mission(code: str) -> Provisioned:
    """The site of a mission, made on first call; later calls repair roles, collection, workflow.

    Pages are made once: what the mission's editors have since renamed or removed stays so.
    Raises UnknownMission, and HostnameTaken or SiteCodeTaken of `cms.access.services`.
    """
    mission = find_mission(code)
    created = not SiteProfile.objects.filter(code=mission.site_code).exists()
    home = _new_home(mission)
    profile = provision_site(
        code=mission.site_code,
        kind=SiteKind.MISSION,
        hostname=f"{mission.site_code}.{settings.MISSIONS_DOMAIN}",
        port=_port(),
        home=home,
        collection_name=mission.code,
    )
    if created:
        _add_sections(home)
    if mission.profile_id != profile.pk:
        Mission.objects.filter(pk=mission.pk).update(profile=profile)
        mission.profile = profile
        _touch_directory()
    return Provisioned(mission, profile, created)


def provision_all(*, progress: Progress | None = None) -> tuple[int, int]:
    """Every mission's site, one transaction each, so that a stopped run can be taken up again.

    Gives (sites made, sites that were there already).
    """
    missions = list(Mission.objects.order_by("code").values_list("code", flat=True))
    made = 0
    for done, code in enumerate(missions, start=1):
        made += provision_mission(code).created
        if progress:
            progress(code, done, len(missions))
    return made, len(missions) - made


def _new_home(mission: Mission) -> HomePage:
    titles = {
        column("title", code): getattr(mission, column("title", code)) for code in codes.CODES
    }
    written = [code for code in codes.CODES if titles[column("title", code)]]
    return HomePage(**titles, source_language=codes.best(mission.source_language, written))


def _add_sections(home: HomePage) -> None:
    now = timezone.now()
    for section in SECTIONS:
        titles = {column("title", code): name for code, name in section.names.items()}
        page = section.page_type(
            **titles,
            slug=section.slug,
            source_language=home.source_language,
            show_in_menus=True,
            live=section.live,
            has_unpublished_changes=not section.live,
            first_published_at=now if section.live else None,
            last_published_at=now if section.live else None,
        )
        # A new page points to nothing: Wagtail need not look for what it refers to.
        with disable_reference_index_auto_update():
            home.add_child(instance=page)
    enqueue_below(home.path)


def _port() -> int:
    """The port of the main host: all sites are served together."""
    default = Site.objects.filter(is_default_site=True).values_list("port", flat=True).first()
    return default or 80


def _touch_directory() -> None:
    SiteProfile.objects.filter(kind=SiteKind.DIRECTORY).update(version=F("version") + 1)
