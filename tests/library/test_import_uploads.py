"""Uploaded files of imports: out of everybody's reach, and not kept for ever."""

import os
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import checks
from django.utils import timezone

from cms.library.importing.uploads import KEPT, sweep_uploads
from cms.library.models import ImportRun, ImportStatus
from missions_site.runner.chores import house_chores


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.IMPORTS_ROOT = tmp_path / "imports"
    settings.IMPORTS_ROOT.mkdir()
    return settings.IMPORTS_ROOT


def waiting(status=ImportStatus.RUNNING):
    run = ImportRun.objects.create(name="a.csv", format="csv", status=status)
    run.path.write_bytes(b"symbol,title_en\n")
    return run


@pytest.mark.django_db
def test_a_file_that_nobody_goes_on_with_is_removed_and_its_import_ends():
    run, failed = waiting(), waiting(ImportStatus.FAILED)
    assert sweep_uploads() == 0
    assert run.path.exists()
    assert sweep_uploads(timezone.now() + KEPT + timedelta(minutes=1)) == 2
    assert [one.path.exists() for one in (run, failed)] == [False, False]
    run.refresh_from_db()
    assert run.status == ImportStatus.FAILED
    assert "stopped" in run.error


@pytest.mark.django_db
def test_a_file_without_an_import_is_removed_and_what_is_no_upload_is_left(folder):
    orphan, fresh, other = (folder / name for name in (str(uuid.uuid4()), str(uuid.uuid4()), "x"))
    for path in (orphan, fresh, other):
        path.write_bytes(b"1")
    old = (timezone.now() - KEPT - timedelta(days=1)).timestamp()
    for path in (orphan, other):
        os.utime(path, (old, old))
    assert sweep_uploads() == 1
    assert (orphan.exists(), fresh.exists(), other.exists()) == (False, True, True)
    folder.joinpath(fresh.name).unlink()
    other.unlink()
    folder.rmdir()
    assert sweep_uploads() == 0


def test_sweeping_is_a_chore_of_the_house():
    (chore,) = [chore for chore in house_chores() if chore.run is sweep_uploads]
    assert chore.every <= 24 * 3600


@pytest.mark.parametrize("served", ["MEDIA_ROOT", "STATIC_ROOT"])
def test_uploads_may_not_lie_where_files_are_served(settings, tmp_path, served):
    def told():
        return [found for found in checks.run_checks() if found.id == "library.E001"]

    assert not told()
    setattr(settings, served, tmp_path)
    settings.IMPORTS_ROOT = Path(tmp_path) / "imports"
    assert served in told()[0].msg
