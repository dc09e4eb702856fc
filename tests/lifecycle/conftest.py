"""What the tests of a site's life share."""

import pytest
from django.core.files.storage import default_storage

from tests.lifecycle.factories import rich_mission


@pytest.fixture
def france(db):
    """The profile of a site with every page type, block, kind of reference, image and file."""
    return rich_mission("FRA")


@pytest.fixture
def archived(france, tmp_path):
    """(profile, path of its archive)."""
    from cms.lifecycle.archive.exporting import export_site

    target = tmp_path / "fra.zip"
    export_site(france, target)
    return france, target


@pytest.fixture
def get(client):
    """`get("/fr/", host="fra.localhost")`: an anonymous visitor's request."""

    def get(path, host="fra.localhost", **headers):
        return client.get(path, headers={"host": host, **headers})

    return get


@pytest.fixture
def stored():
    """A function that gives the names of all originals in the storage."""

    def stored():
        names = []
        for folder in ("original_images", "documents"):
            if default_storage.exists(folder):
                names += [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
        return sorted(names)

    return stored
