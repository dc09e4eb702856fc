"""The canary world: three missions, two committees, CandiWeb, the portal and the directory.

Mission A is the caller's, B the victim's, C the second hat's. Build it inside a transaction
(`build()`), then roll each request back: the world stays what it was.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import models

from cms.access.services import ensure_secretariat, give_role
from cms.pages.models import Page
from cms.translation.models import Term

from .mission_sites import build_mission
from .other_sites import build_candiweb, build_committee, build_directory, build_portal
from .ownership import Ownership
from .tenants import Tenant, add_person, make_person
from .words import Words

A, B, C = "fra", "egy", "chn"
SHARED = ""


@dataclass(frozen=True)
class Caller:
    """Who asks. `tenants`: codes of the sites that are theirs; `user` None: nobody signed in."""

    name: str
    tenants: tuple[str, ...] = ()
    user: User | None = None
    token: str = ""


@dataclass
class World:
    """Tenants by code, callers by name, and whose each row is."""

    tenants: dict[str, Tenant] = field(default_factory=dict)
    callers: dict[str, Caller] = field(default_factory=dict)
    ownership: Ownership = field(default_factory=Ownership)

    def objects(self, model: type[models.Model], code: str) -> list[Any]:
        """Primary keys of a tenant's objects of a model, those to take first before the rest."""
        table_model = Page if issubclass(model, Page) else model
        first = self.tenants[code].preferred.get(table_model, [])
        rest = self.ownership.of(model._meta.concrete_model, code)
        return [*first, *(pk for pk in rest if pk not in first)]

    def strangers(self, caller: Caller) -> list[str]:
        """Codes of the tenants that are not the caller's; the victim of this world first."""
        others = [code for code in self.tenants if code not in caller.tenants]
        return sorted(others, key=lambda code: code != B)


def build() -> World:
    """The whole world, in the database that is open."""
    world = World()
    ensure_secretariat()
    with world.ownership.building(SHARED):
        Term.objects.create(name_en="veto", name_ar="حق النقض", name_zh="否决权")
    builders = {
        "directory": build_directory,
        A: lambda: build_mission("FRA"),
        B: lambda: build_mission("EGY", iso2="EG", source_language="ar"),
        C: lambda: build_mission("CHN", iso2="CN", source_language="zh"),
        "c1": lambda: build_committee(1),
        "c3": lambda: build_committee(3),
        "candiweb": build_candiweb,
        "portal": build_portal,
    }
    for code, builder in builders.items():
        with world.ownership.building(code):
            world.tenants[code] = builder()
    _add_callers(world)
    world.ownership.freeze()
    return world


def _add_callers(world: World) -> None:
    with world.ownership.building(A):
        hats = make_person("zanzibird-two-hats", Words(A, secret=True))
        give_role(hats, "editor", site=world.tenants[A].profile)
        give_role(hats, "mission_administrator", site=world.tenants[C].profile)
        add_person(world.tenants[A], "two_hats", hats)
    with world.ownership.building(SHARED):
        boss = make_person("zanzibird-secretariat", Words("secretariat"))
        give_role(boss, "secretariat")
    world.callers["anonymous"] = Caller("anonymous")
    for code in (A, "c3", "candiweb"):
        tenant = world.tenants[code]
        for role, user in tenant.people.items():
            own = (A, C) if role == "two_hats" else (code,)
            world.callers[role] = Caller(role, own, user, tenant.tokens[role])
    world.callers["secretariat"] = Caller("secretariat", tuple(world.tenants), boss)
