"""What many of these tests begin with: a small world with its index, or two missions."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import User
from django.test import Client, override_settings

from cms.access.services import give_role
from cms.missions.models import HomePage
from search.indexer import apply_pending
from search.services import engine
from tests.missions.factories import site_of
from tests.worlds import world

from .small_world import SmallWorld, build, sign_in_everybody


@world(is_shared=True)
def small_world() -> Iterator[SmallWorld]:
    """Six sites with people of every role, signed in, and their search index."""
    folder = tempfile.mkdtemp()
    with override_settings(SEARCH_URL=f"embedded://{folder}/index"):
        made = build()
        sign_in_everybody(made)
        apply_pending(engine())
        yield made
        engine().close()
    shutil.rmtree(folder)


@dataclass
class TwoMissions:
    """The home pages of two missions with all their sections, and who runs the first one's site."""

    france: HomePage
    egypt: HomePage
    administrator: User


@world
def two_missions() -> TwoMissions:
    """One world for all three: tests that ask for one and tests that ask for all take turns."""
    france = site_of("FRA")
    egypt = site_of("EGY", iso2="EG", title_fr="Mission permanente de l’Égypte")
    administrator = User.objects.create_user("fra.admin", email="admin@fra.example")
    give_role(administrator, "mission_administrator", site=france.mission.profile)
    return TwoMissions(france, egypt, administrator)


@pytest.fixture
def france(two_missions: TwoMissions) -> HomePage:
    return two_missions.france


@pytest.fixture
def egypt(two_missions: TwoMissions) -> HomePage:
    return two_missions.egypt


@pytest.fixture
def administrator(two_missions: TwoMissions, client: Client) -> User:
    """Signed in at the site of `france`, with the admin in English."""
    client.force_login(two_missions.administrator)
    client.defaults["SERVER_NAME"] = two_missions.france.get_site().hostname
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return two_missions.administrator
