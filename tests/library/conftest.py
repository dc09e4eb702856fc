"""Two sites and their people, without any page type of the higher rooms."""

import pytest
from django.contrib.auth.models import User

from cms.access.services import ensure_secretariat, give_role, provision_site
from cms.pages.models import Page, SiteKind
from tests.worlds import world


@world
def directory():
    return provision_site(
        code="directory",
        kind=SiteKind.DIRECTORY,
        hostname="localhost",
        port=8000,
        home=Page(title_en="Missions", title_ar="البعثات", source_language="en"),
        collection_name="Directory",
    )


@world
def mission(directory):
    return provision_site(
        code="fra",
        kind=SiteKind.MISSION,
        hostname="fra.localhost",
        port=8000,
        home=Page(title_fr="Mission de la France", source_language="fr"),
        collection_name="France",
    )


@world
def officer(mission):
    """A user of the Secretariat."""
    ensure_secretariat()
    user = User.objects.create_user("secretariat")
    give_role(user, "secretariat")
    return user


@world
def author(mission):
    """A user who edits France's site."""
    user = User.objects.create_user("editor")
    give_role(user, "editor", site=mission)
    return user


@pytest.fixture
def get(client, mission):
    def get(path, host="fra.localhost", **headers):
        return client.get(path, headers={"host": host, **headers})

    return get
