"""What the tests of a site's life share."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import override_settings

from cms.lifecycle.archive.exporting import export_site
from tests.lifecycle.factories import rich_mission
from tests.worlds import world


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    """Files outlive the rolled-back rows that named them."""
    settings.MEDIA_ROOT = str(tmp_path / "media")


@world
def _rich_france():
    """(profile, folder of its images and files): a site with every page type and all else."""
    with TemporaryDirectory() as folder:
        with override_settings(MEDIA_ROOT=folder):
            made = rich_mission("FRA")
        yield made, folder


@pytest.fixture
def france(_rich_france, settings):
    """The profile of a site with every page type, block, kind of reference, image and file."""
    profile, folder = _rich_france
    shutil.copytree(folder, settings.MEDIA_ROOT, dirs_exist_ok=True)
    return profile


@pytest.fixture(scope="session")
def _archive_of_france(tmp_path_factory, django_db_setup, django_db_blocker):
    """Made once, in an installation that is gone when the tests begin."""
    target = tmp_path_factory.mktemp("archive") / "fra.zip"
    with django_db_blocker.unblock(), transaction.atomic():
        before = _originals()
        export_site(rich_mission("FRA"), target)
        for name in set(_originals()) - set(before):
            default_storage.delete(name)
        transaction.set_rollback(True)
    return target


@pytest.fixture
def elsewhere(db, _archive_of_france, tmp_path):
    """The path of an archive of a site that was never here."""
    return Path(shutil.copy(_archive_of_france, tmp_path / "fra.zip"))


@pytest.fixture
def archived(france, tmp_path):
    """(profile, path of its archive)."""
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
    return _originals


def _originals():
    names = []
    for folder in ("original_images", "documents"):
        if default_storage.exists(folder):
            names += [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
    return sorted(names)
