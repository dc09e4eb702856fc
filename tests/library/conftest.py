"""Two sites, without any page type of the higher rooms."""

import pytest

from cms.access.services import provision_site
from cms.pages.models import Page, SiteKind


@pytest.fixture
def directory(db):
    return provision_site(
        code="directory",
        kind=SiteKind.DIRECTORY,
        hostname="localhost",
        port=8000,
        home=Page(title_en="Missions", title_ar="البعثات", source_language="en"),
        collection_name="Directory",
    )


@pytest.fixture
def mission(db, directory):
    return provision_site(
        code="fra",
        kind=SiteKind.MISSION,
        hostname="fra.localhost",
        port=8000,
        home=Page(title_fr="Mission de la France", source_language="fr"),
        collection_name="France",
    )


@pytest.fixture
def get(client, mission):
    def get(path, host="fra.localhost", **headers):
        return client.get(path, headers={"host": host, **headers})

    return get
