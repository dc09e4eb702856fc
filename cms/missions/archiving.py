"""The record of a mission in its site's archive."""

from __future__ import annotations

from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from cms.languages import codes
from cms.languages.fields import columns
from cms.lifecycle.archive.references import References
from cms.lifecycle.registry import Part, register_part
from cms.pages.models import SiteKind, SiteProfile
from cms.people.approval import ensure_workflow

from .models import Mission, MissionStatus, PeoplePage, RegionalGroup
from .signals import follow_representative

_PLAIN = ("code", "iso2", "status", "capital", "source_language")


def describe(profile: SiteProfile, references: References) -> dict[str, Any] | None:
    """The State's record and its regional group; None for a site that no State has."""
    mission = Mission.objects.select_related("regional_group").filter(profile=profile).first()
    if mission is None:
        return None
    group = mission.regional_group
    return {
        **{name: getattr(mission, name) for name in _PLAIN},
        "admitted": mission.admitted,
        "regional_group": group.code if group else None,
        "regional_group_names": _columns(group) if group else {},
        "names": _columns(mission),
    }


def _columns(record: Mission | RegionalGroup) -> dict[str, str | None]:
    return {name: getattr(record, name) for name in columns(type(record))}


def faults(told: Any) -> list[str]:
    """What is wrong with a mission's record."""
    if told is None:
        return []
    known = set(columns(Mission)), set(columns(RegionalGroup))
    fits = (
        all(isinstance(told[name], str) for name in _PLAIN)
        and told["status"] in MissionStatus.values
        and told["source_language"] in codes.CODES
        and set(told["names"]) <= known[0]
        and set(told["regional_group_names"]) <= known[1]
        and (told["admitted"] is None or parse_date(told["admitted"]) is not None)
    )
    return [] if fits else [_("The record of the mission is incomplete.")]


def restore(profile: SiteProfile, told: Any, references: References) -> list[str]:
    """Give the State its site. A record that is here already stays as it is: the names of States
    are the Secretariat's."""
    notes = []
    if told is not None:
        mission = Mission.objects.filter(code=told["code"]).first() or _create(told)
        if mission.profile_id is None:
            Mission.objects.filter(pk=mission.pk).update(profile=profile)
        else:
            text = _("%(code)s has a site already: the restored one is not its site.")
            notes.append(text % {"code": mission.code})
    ensure_workflow(profile)
    home = profile.site.root_page
    for page in PeoplePage.objects.filter(path__startswith=home.path, live=True):
        follow_representative(page)
    return notes


def _create(told: Any) -> Mission:
    mission = Mission(
        **{name: told[name] for name in _PLAIN},
        **told["names"],
        admitted=parse_date(told["admitted"]) if told["admitted"] else None,
        regional_group=_group(told),
    )
    mission.full_clean(exclude=("short_name", "title", "profile"))
    mission.save()
    return mission


def _group(told: Any) -> RegionalGroup | None:
    if not told["regional_group"]:
        return None
    found = RegionalGroup.objects.filter(code=told["regional_group"]).first()
    return found or RegionalGroup.objects.create(
        code=told["regional_group"], **told["regional_group_names"]
    )


def register() -> None:
    """Fill the registry (from AppConfig.ready)."""
    register_part(
        Part(
            name="mission",
            kinds=frozenset({SiteKind.MISSION.value}),
            export=describe,
            check=faults,
            restore=restore,
        )
    )
