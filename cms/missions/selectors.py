"""Missions as readers see them listed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import Case, Q, QuerySet, When
from django.utils.translation import gettext as _

from cms.languages import codes
from cms.languages.collation import OTHER, alphabet, letter, sort_key
from cms.languages.fields import column, text_in
from cms.languages.names import OfficialName
from cms.pages.models import SiteKind, SiteProfile, SiteStatus

from .models.records import Mission, MissionStatus, RegionalGroup

#: The choice "observer States" in the filter by regional group.
OBSERVERS = "observers"


@dataclass(frozen=True)
class GroupChoice:
    """One choice of the filter by group. `code`: of the group, or OBSERVERS."""

    code: str
    name: str
    lang: str
    dir: str


@dataclass(frozen=True)
class Entry:
    """A mission as the directory lists it. `url`: of its site, or "" while it has none."""

    code: str
    name: str
    lang: str
    title: str
    title_lang: str
    group: str
    letter: str
    url: str
    is_observer: bool

    @property
    def dir(self) -> str:
        return codes.direction(self.lang)

    @property
    def title_dir(self) -> str:
        return codes.direction(self.title_lang)

    def for_api(self) -> dict[str, Any]:
        """The entry as the API gives it."""
        return {
            "code": self.code,
            "name": self.name,
            "title": self.title,
            "group": self.group or None,
            "observer": self.is_observer,
            "url": self.url or None,
        }


@dataclass
class Directory:
    """Entries in a language's alphabetical order, with the letters of its index."""

    language: str
    entries: list[Entry] = field(default_factory=list)

    @cached_property
    def letters(self) -> list[str]:
        """The alphabet, and OTHER at its end where an entry needs it."""
        letters = list(alphabet(self.language))
        return [*letters, OTHER] if OTHER in self.present else letters

    @cached_property
    def present(self) -> set[str]:
        """The letters under which there is something."""
        return {entry.letter for entry in self.entries}

    def sections(self, only: str = "") -> list[tuple[str, list[Entry]]]:
        """(letter, its entries), in order; `only`: that letter alone."""
        shown = [entry for entry in self.entries if not only or entry.letter == only]
        return [(key, list(group)) for key, group in groupby(shown, key=lambda entry: entry.letter)]


def directory(language: str, *, group: str = "") -> Directory:
    """The missions of a regional group ("": all; OBSERVERS), in a language's order. One query."""
    missions = _missions_with_sites()
    if group == OBSERVERS:
        missions = missions.filter(status=MissionStatus.OBSERVER)
    elif group:
        missions = missions.filter(regional_group__code=group)
    entries = [_entry(mission, language) for mission in missions]
    key = sort_key(language)
    # A name that only another alphabet has comes after the whole index.
    entries.sort(key=lambda entry: (entry.letter == OTHER, key(entry.name)))
    return Directory(language=language, entries=entries)


def directory_groups(language: str) -> list[GroupChoice]:
    """The choices of the filter by group, in the language's order, observers last. One query."""
    groups = RegionalGroup.objects.all()
    choices = []
    for group in groups:
        name, lang = text_in(group, "name", language)
        choices.append(GroupChoice(group.code, name, lang, codes.direction(lang)))
    key = sort_key(language)
    choices.sort(key=lambda choice: key(choice.name))
    return [
        *choices,
        GroupChoice(OBSERVERS, _("Observer States"), codes.active(), codes.direction(language)),
    ]


def other_sites(language: str) -> list[tuple[str, str, str]]:
    """(name, its language, address) of the sites that are no mission's: committees, CandiWeb,
    the portal; by code. One query."""
    profiles = (
        SiteProfile.objects.exclude(kind__in=(SiteKind.MISSION, SiteKind.DIRECTORY))
        .filter(site__root_page__live=True, status=SiteStatus.ACTIVE)
        .select_related("site", "site__root_page")
        .order_by("code")
    )
    return [
        (*profile.site.root_page.text("title", language), f"{profile.site.root_url}/{language}/")
        for profile in profiles
    ]


def state_names(wanted: Collection[str], language: str) -> Mapping[str, str]:
    """{ISO3 code: short name} of the States that have a mission, for `cms.languages.names`."""
    missions = Mission.objects.filter(code__in=list(wanted))
    return {
        mission.code: text_in(mission, "short_name", language, source=mission.source_language)[0]
        for mission in missions
    }


def official_names(wanted: Collection[str] | None = None) -> list[OfficialName]:
    """The names of States as their records hold them, for `cms.languages.names`. One query."""
    missions = Mission.objects.all()
    if wanted is not None:
        missions = missions.filter(code__in=list(wanted))
    return [
        OfficialName(
            code=mission.code,
            short=_by_language(mission, "short_name"),
            full=_by_language(mission, "formal_name"),
        )
        for mission in missions
    ]


def _by_language(mission: Mission, field: str) -> dict[str, str]:
    names = {code: getattr(mission, column(field, code)) for code in codes.CODES}
    return {code: name for code, name in names.items() if name}


def _missions_with_sites() -> QuerySet[Mission]:
    missions = Mission.objects.select_related("regional_group", "profile__site")
    shown = Q(profile__site__root_page__live=True, profile__status=SiteStatus.ACTIVE)
    return missions.annotate(is_live=Case(When(shown, then=True), default=False))


def _entry(mission: Mission, language: str) -> Entry:
    name, name_language = text_in(mission, "short_name", language, source=mission.source_language)
    title, title_language = text_in(mission, "title", language, source=mission.source_language)
    url = f"{mission.profile.site.root_url}/{language}/" if mission.is_live else ""
    return Entry(
        code=mission.code,
        name=name,
        lang=name_language,
        title=title,
        title_lang=title_language,
        group=mission.regional_group.code if mission.regional_group else "",
        letter=letter(name, language),
        url=url,
        is_observer=mission.is_observer,
    )
