"""What the tests of a site's life share."""

import functools
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import TestCase, override_settings

from cms.lifecycle.archive.exporting import export_site
from cms.lifecycle.services import schedule_deletion
from cms.pages.models import SiteProfile
from tests.lifecycle.factories import restored, rich_mission
from tests.worlds import world


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    """Files outlive the rolled-back rows that named them."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.ARCHIVES_ROOT = str(tmp_path / "archives")


def _kept_in(folder):
    """A block whose images, files and archives come into a folder."""
    return override_settings(MEDIA_ROOT=f"{folder}/media", ARCHIVES_ROOT=f"{folder}/archives")


@pytest.fixture
def placed(tmp_path):
    """`placed(folder)`: a copy, for this test alone, of the files that a world's rows name."""

    def placed(folder):
        shutil.copytree(folder, tmp_path, dirs_exist_ok=True)

    return placed


@world
def _rich_france():
    """(profile, folder of its files): a site with every page type and all else."""
    with TemporaryDirectory() as folder:
        with _kept_in(folder):
            made = rich_mission("FRA")
        yield made, folder


@pytest.fixture
def france(_rich_france, placed):
    """The profile of a site with every page type, block, kind of reference, image and file."""
    profile, folder = _rich_france
    placed(folder)
    return profile


@world
def _archived_france(_rich_france):
    """The folder of France's files and its archive."""
    _profile, files = _rich_france
    with TemporaryDirectory() as folder:
        shutil.copytree(files, folder, dirs_exist_ok=True)
        with _kept_in(folder):
            export_site(SiteProfile.objects.get(code="fra"), Path(folder, "fra.zip"))
        yield folder


@pytest.fixture
def archived(_rich_france, _archived_france, placed, tmp_path):
    """(profile, path of its archive)."""
    placed(_archived_france)
    return _rich_france[0], tmp_path / "fra.zip"


@world
def _france_beside(_archived_france):
    """(profile, notes, folder): France restored as fr2 where the archived site still is."""
    with TemporaryDirectory() as folder:
        shutil.copytree(_archived_france, folder, dirs_exist_ok=True)
        with _kept_in(folder):
            profile, notes = restored(Path(folder, "fra.zip"))
        yield profile, notes, folder


@pytest.fixture
def beside(_rich_france, _france_beside, placed):
    """(profile of the archived site, of the one that was restored beside it, notes)."""
    back, notes, folder = _france_beside
    placed(folder)
    return _rich_france[0], back, notes


@world
def _due_france(_rich_france):
    """(profile, folder): France, with its deletion scheduled and archived."""
    profile, files = _rich_france
    with TemporaryDirectory() as folder:
        shutil.copytree(files, folder, dirs_exist_ok=True)
        with _kept_in(folder), TestCase.captureOnCommitCallbacks(execute=True):
            schedule_deletion(profile, confirm="fra", by=None)
        found = SiteProfile.objects.select_related("site__root_page").get(pk=profile.pk)
        yield found, folder


@pytest.fixture
def due(_due_france, placed):
    """The profile of a site whose deletion is scheduled and archived."""
    profile, folder = _due_france
    placed(folder)
    return profile


@functools.cache
def _archive():
    """The bytes of an archive, made in an installation that is gone when this ends."""
    with TemporaryDirectory() as folder, _kept_in(folder), transaction.atomic():
        export_site(rich_mission("FRA"), Path(folder, "fra.zip"))
        transaction.set_rollback(True)
        return Path(folder, "fra.zip").read_bytes()


@pytest.fixture(scope="session")
def _archive_of_france(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return _archive()


@pytest.fixture
def elsewhere(db, _archive_of_france, tmp_path):
    """The path of an archive of a site that was never here."""
    path = tmp_path / "fra.zip"
    path.write_bytes(_archive_of_france)
    return path


@world
def _france_elsewhere():
    """(profile, folder): France restored as fr2 where it never was."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "fra.zip")
        path.write_bytes(_archive())
        with _kept_in(folder):
            profile, _notes = restored(path)
        yield profile, folder


@pytest.fixture
def back(_archive_of_france, _france_elsewhere, placed):
    """The profile of a site that was restored as fr2 from an archive of elsewhere."""
    profile, folder = _france_elsewhere
    placed(folder)
    return profile


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
