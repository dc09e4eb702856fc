"""Archives as jobs: made by the worker, kept a week, and never half."""

import datetime
import os
import signal
import tomllib

import pytest
from django.conf import settings
from django.core import checks
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from cms.lifecycle import workspace
from cms.lifecycle.archive import exporting
from cms.lifecycle.archive.format import SOFTWARE_VERSION, SiteChanged
from cms.lifecycle.archive.reader import opened
from cms.lifecycle.archive.writer import writing
from cms.lifecycle.models import JobKind, JobStatus, SiteJob
from cms.lifecycle.services import archives as archive_services
from cms.lifecycle.services import (
    request_export,
    request_restore,
    schedule_deletion,
    sweep,
)
from cms.media.models import File, SiteImage
from cms.missions.models import NewsPage
from cms.pages.models import Page, SiteProfile
from missions_site.runner.chores import Chore, Rota, house_chores
from tests.house.source_tree import ROOT
from tests.lifecycle.factories import person
from tests.missions.factories import NewsPageFactory, site_of
from tests.worlds import world

pytestmark = pytest.mark.django_db


@world
def site():
    """France with one news item."""
    site_of("FRA")
    NewsPageFactory(slug="eau")
    return SiteProfile.objects.get(code="fra")


@pytest.fixture
def secretariat(db):
    return person("secretariat", "secretariat")


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """`committed(f, …)`: calls a service and lets what follows its commit happen."""

    def committed(service, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return service(*args, **kwargs)

    return committed


@pytest.fixture(autouse=True)
def _empty_workspace():
    yield
    for path in workspace.folder("made").parent.glob("*/*"):
        path.unlink()


def again(job):
    return SiteJob.objects.get(pk=job.pk)


def test_an_archive_is_made_and_says_what_it_holds(site, secretariat, committed):
    job = again(committed(request_export, site, by=secretariat))
    assert job.status == JobStatus.DONE
    assert (
        job.counts["pages"]
        == Page.objects.filter(path__startswith=site.site.root_page.path).count()
    )
    assert job.size == job.path.stat().st_size
    assert job.sha256 == archive_services.sha256_of(job.path)
    with opened(job.path) as archive:
        assert archive.code == "fra"
    assert 6 <= (job.keep_until - timezone.now()).days <= 7
    entry = ModelLogEntry.objects.get(action="lifecycle.archive")
    assert entry.user == secretariat
    assert entry.data["sha256"] == job.sha256


def test_two_clicks_make_one_archive(site, secretariat):
    first = request_export(site, by=secretariat)
    assert request_export(site, by=secretariat) == first
    other = person("fra.admin", "mission_administrator", site)
    assert request_export(site, by=other) != first


def test_a_restoration_as_a_job(site, elsewhere, secretariat):
    with elsewhere.open("rb") as upload:
        job = again(
            request_restore(upload, code="fr2", hostname="", suspended=True, by=secretariat)
        )
    assert job.status == JobStatus.DONE, job.error
    assert job.site.code == "fr2"
    assert job.site.is_suspended
    assert not job.path.exists()
    assert any("FRA" in note for note in job.notes)


def test_a_refused_restoration_says_why_in_the_language_of_whoever_asked(
    site, tmp_path, secretariat
):
    UserProfile.objects.create(user=secretariat, preferred_language="fr")
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"not a zip")
    with broken.open("rb") as upload:
        job = again(request_restore(upload, code="", hostname="", suspended=False, by=secretariat))
    assert job.status == JobStatus.FAILED
    assert job.error
    assert SiteProfile.objects.count() == 1


def test_a_fault_of_the_software_is_told_as_such(site, secretariat, committed, monkeypatch):
    def breaks(*args, **kwargs):
        raise RuntimeError("a secret of the machine")

    monkeypatch.setattr(archive_services, "export_site", breaks)
    job = again(committed(request_export, site, by=secretariat))
    assert job.status == JobStatus.FAILED
    assert "secret" not in job.error
    assert not list(workspace.folder("made").iterdir())


def test_a_site_that_changes_is_archived_again(site, tmp_path, monkeypatch):
    """Somebody deletes a page while the archive is being written, once."""
    real, tries = exporting._specific, []

    def reads(ids):
        if not tries:
            NewsPage.objects.get().delete()
        tries.append(ids)
        return real(ids)

    monkeypatch.setattr(exporting, "_specific", reads)
    target = tmp_path / "fra.zip"
    archive_services.export_patiently(site, target)
    assert len(tries) == 2
    with opened(target) as archive:
        assert (
            archive.held["page"]
            == Page.objects.filter(path__startswith=site.site.root_page.path).count()
        )


def test_a_site_that_never_rests_is_not_archived_half(site, tmp_path, monkeypatch):
    def reads(ids):
        return []

    monkeypatch.setattr(exporting, "_specific", reads)
    with pytest.raises(SiteChanged):
        archive_services.export_patiently(site, tmp_path / "fra.zip")
    assert not list(tmp_path.iterdir())


def test_a_lost_original_is_noted_and_does_not_stop_the_archive(france, tmp_path):
    image = SiteImage.objects.order_by("pk").first()
    default_storage.delete(image.file.name)
    made = exporting.export_site(france, tmp_path / "fra.zip")
    assert [one.where for one in made.left_out] == ["image:1"]
    with opened(tmp_path / "fra.zip") as archive:
        assert archive.json("media/images/000001.json")["file"] is None


def test_what_points_to_another_site_is_left_out_and_noted(france, tmp_path):
    other = site_of("SEN")
    page = NewsPage.objects.get()
    link = f'<p><a id="{other.pk}" linktype="page">Dakar</a> <a id="999999" linktype="page">?</a>'
    NewsPage.objects.filter(pk=page.pk).update(
        body_en=[{"type": "rich_text", "value": f"{link}</p>"}]
    )
    made = exporting.export_site(france, tmp_path / "fra.zip")
    assert len(made.left_out) == 1
    assert "999999" in made.left_out[0].what
    with opened(tmp_path / "fra.zip") as archive:
        text = next(
            told["content"]["body_en"][0]["value"]
            for _number, told in archive.pages()
            if told["type"] == "missions.NewsPage"
        )
    assert 'href="http://sen.localhost' in text
    assert "linktype" not in text


# --- putting away --------------------------------------------------------------------------------


def test_an_archive_is_removed_after_a_week(site, secretariat, committed):
    job = again(committed(request_export, site, by=secretariat))
    committed(sweep)
    assert job.path.exists()
    SiteJob.objects.update(keep_until=timezone.now() - datetime.timedelta(seconds=1))
    committed(sweep)
    assert not job.path.exists()
    assert not SiteJob.objects.exists()


def test_an_archive_that_a_deletion_rests_on_is_kept(site, committed):
    deletion = committed(schedule_deletion, site, confirm="fra", by=None)
    SiteJob.objects.update(keep_until=timezone.now() - datetime.timedelta(days=1))
    committed(sweep)
    assert again(deletion.archive).path.exists()


def killed(work):
    """Run something in a process that is killed before it ends."""
    child = os.fork()
    if child == 0:
        work()
        os.kill(os.getpid(), signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL


def test_a_killed_archive_leaves_nothing_that_could_be_taken_for_one(tmp_path):
    target = workspace.folder("made") / "killed.zip"

    def work():
        with writing(target) as writer:
            writer.add_json("pages/000001.json", {"id": "page:1"})
            os.kill(os.getpid(), signal.SIGKILL)

    killed(work)
    part = target.with_name("killed.zip.part")
    assert part.exists()
    assert not target.exists()
    sweep()
    assert not part.exists()


def test_what_is_being_written_is_left_alone():
    target = workspace.folder("made") / "busy.zip"
    with writing(target) as writer:
        sweep()
        writer.close({"format": "test"})
    assert target.exists()


def test_a_killed_restoration_leaves_no_originals_behind(stored):
    """What it put into the storage is in its journal; what a row names stays."""
    used = default_storage.save("documents/used.txt", ContentFile(b"used"))
    File.objects.create(title_en="Used", file=used)
    before = stored()

    def work():
        with workspace.journal("killed") as noted:
            noted.note("documents/orphan.txt")
            default_storage.save("documents/orphan.txt", ContentFile(b"orphan"))
            noted.note(used)
            os.kill(os.getpid(), signal.SIGKILL)

    killed(work)
    assert "documents/orphan.txt" in stored()
    sweep()
    assert stored() == before
    assert not list(workspace.folder("journals").iterdir())


def test_a_job_whose_process_died_is_told_as_stopped(site, secretariat):
    job = SiteJob.objects.create(
        kind=JobKind.EXPORT, site=site, code="fra", requested_by=secretariat, status="running"
    )
    sweep()
    assert again(job).status == JobStatus.RUNNING
    SiteJob.objects.update(updated_at=timezone.now() - datetime.timedelta(hours=1))
    sweep()
    assert not SiteJob.objects.filter(status=JobStatus.RUNNING).exists()


# --- chores --------------------------------------------------------------------------------------


def test_the_worker_does_its_chores_by_the_clock_and_one_failure_stops_no_other():
    done = []

    def fails():
        done.append("fails")
        raise RuntimeError

    rota = Rota([Chore("fails", fails, every=60), Chore("works", lambda: done.append("works"))])
    rota.run_due(0)
    rota.run_due(59)
    assert done == ["fails", "works"]
    rota.run_due(60)
    assert done == ["fails", "works", "fails"]


def test_deletions_and_sweeping_are_among_the_chores(site, committed):
    assert {chore.name for chore in house_chores()} >= {"delete due sites", "sweep archives"}
    for chore in house_chores():
        chore.run()
    call_command("sweep_archives")


def test_archives_may_not_lie_where_files_are_served():
    assert not [error for error in checks.run_checks() if error.id == "lifecycle.E001"]
    with override_settings(ARCHIVES_ROOT=f"{settings.MEDIA_ROOT}/archives"):
        assert [error for error in checks.run_checks() if error.id == "lifecycle.E001"]


def test_the_archive_says_the_version_of_the_software():
    """One number, in two places that can't import each other."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == SOFTWARE_VERSION
