"""A site is deleted after a time of grace, with an archive, and only when its code was typed."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    ModelLogEntry,
    PageViewRestriction,
    ReferenceIndex,
    Revision,
    Site,
    Task,
    Workflow,
)

from cms.access.models import RoleGroup
from cms.access.services import give_role
from cms.lifecycle.archive.reader import opened
from cms.lifecycle.models import JobStatus, ScheduledDeletion, SiteJob
from cms.lifecycle.refusals import ArchiveMissing, NotConfirmed, NotToBeDeleted, ToBeDeleted
from cms.lifecycle.services import (
    cancel_deletion,
    delete_due_sites,
    delete_site,
    resume_site,
    schedule_deletion,
    suspend_site,
)
from cms.lifecycle.services import deletion as deletion_services
from cms.media.models import File, SiteImage
from cms.missions.models import Mission
from cms.pages.models import Page, SiteProfile
from search.models import OutboxEntry
from tests.lifecycle.factories import person, rich_mission
from tests.missions.factories import site_of

pytestmark = pytest.mark.django_db

COUNTED = (
    Page, Revision, SiteImage, get_image_model().get_rendition_model(), File, Collection, Group,
    RoleGroup, Workflow, Task, Redirect, PageViewRestriction, Site, SiteProfile,
)  # fmt: skip


def rows():
    counted = {model._meta.label: model._base_manager.count() for model in COUNTED}
    # The State's record stays, and with it that it points to its regional group.
    of_records = ReferenceIndex.objects.filter(content_type__model="mission").count()
    return counted | {"references": ReferenceIndex.objects.count() - of_records}


def later(days):
    return timezone.now() + datetime.timedelta(days=days)


def test_nothing_but_the_code_confirms(france):
    for typed in ("", "FR", "sen", "yes"):
        with pytest.raises(NotConfirmed):
            schedule_deletion(france, confirm=typed, by=None)
    france.refresh_from_db()
    assert not france.is_suspended
    assert not ScheduledDeletion.objects.exists()
    schedule_deletion(france, confirm=" FRA ", by=None)
    assert ScheduledDeletion.objects.get().site == france


def test_a_scheduled_site_is_suspended_and_archived(due):
    assert due.is_suspended
    deletion = ScheduledDeletion.objects.get()
    assert 29 < (deletion.due_at - timezone.now()).days + 1 <= 30
    assert deletion.archive.status == JobStatus.DONE
    with opened(deletion.archive.path) as archive:
        assert archive.code == "fra"


def test_scheduling_twice_keeps_the_first_date(due):
    before = ScheduledDeletion.objects.get().due_at
    schedule_deletion(due, confirm="fra", by=None, days=3)
    assert ScheduledDeletion.objects.get().due_at == before


def test_a_cancelled_deletion_brings_the_site_back(due):
    with pytest.raises(ToBeDeleted):
        resume_site(due, by=None)
    cancel_deletion(due, by=None)
    due.refresh_from_db()
    assert not due.is_suspended
    assert delete_due_sites(now=later(400)) == []
    with pytest.raises(NotToBeDeleted):
        cancel_deletion(due, by=None)


def test_a_site_that_was_suspended_before_stays_so_when_the_deletion_is_cancelled(france):
    suspend_site(france, by=None)
    schedule_deletion(france, confirm="fra", by=None)
    cancel_deletion(france, by=None)
    france.refresh_from_db()
    assert france.is_suspended


def test_nothing_is_deleted_before_its_day_and_all_of_it_on_that_day(
    db, django_capture_on_commit_callbacks, stored
):
    site_of("SEN")
    person("secretariat", "secretariat")
    person("sen.editor", "editor", SiteProfile.objects.get(code="sen"))
    before, files = rows(), stored()
    france = rich_mission("FRA")
    with django_capture_on_commit_callbacks(execute=True):
        schedule_deletion(france, confirm="fra", by=None)
    there = rows()
    assert delete_due_sites(now=later(29)) == []
    assert rows() == there
    with django_capture_on_commit_callbacks(execute=True):
        assert delete_due_sites(now=later(31)) == ["fra"]
    after = rows()
    # The portal's group and the tree's own rows are the installation's, not the site's.
    assert {k: (before[k], after[k]) for k in before if before[k] != after[k]} == {}
    assert stored() == files


def test_the_state_stays_in_the_directory_without_a_site(due):
    delete_site(due, confirm="fra", by=None)
    mission = Mission.objects.get(code="FRA")
    assert mission.profile is None
    assert mission.representative is None


def test_documents_of_the_index_are_taken_away(due):
    pages = Page.objects.filter(path__startswith=due.site.root_page.path)
    keys = {f"page:{pk}" for pk in pages.values_list("pk", flat=True)}
    OutboxEntry.objects.all().delete()
    delete_site(due, confirm="fra", by=None)
    assert keys <= set(OutboxEntry.objects.values_list("key", flat=True))


def test_people_without_another_role_can_not_sign_in_any_more(france, client):
    senegal = SiteProfile.objects.get(site__root_page=site_of("SEN"))
    both = person("both", "editor", france)
    give_role(both, "editor", site=senegal)
    schedule_deletion(france, confirm="fra", by=None)
    delete_site(france, confirm="fra", by=None)
    assert not client.login(username="fra.editor", password="demo-missions-2008")
    assert client.login(username="both", password="demo-missions-2008")


def test_a_deletion_needs_the_code_and_a_schedule(france):
    with pytest.raises(NotToBeDeleted):
        delete_site(france, confirm="fra", by=None)
    schedule_deletion(france, confirm="fra", by=None)
    with pytest.raises(NotConfirmed):
        delete_site(france, confirm="", by=None)
    assert SiteProfile.objects.filter(code="fra").exists()


def test_a_site_that_changed_is_archived_again_before_it_goes(due):
    first = ScheduledDeletion.objects.get().archive
    page = due.site.root_page.specific
    page.title_fr = "Changé entre-temps"
    page.save_revision()
    archive = delete_site(due, confirm="fra", by=None)
    assert archive != first
    with opened(archive.path) as held:
        assert held.json("pages/000001.json")["draft"]["content"]["title_fr"] == (
            "Changé entre-temps"
        )


def test_nothing_is_deleted_where_the_archive_is_spoilt_and_can_not_be_made(due, monkeypatch):
    archive = ScheduledDeletion.objects.get().archive
    archive.path.write_bytes(b"spoilt")

    def fails(job):
        return job

    monkeypatch.setattr(deletion_services, "run_export", fails)
    with pytest.raises(ArchiveMissing):
        delete_site(due, confirm="fra", by=None)
    assert delete_due_sites(now=later(31)) == []
    assert SiteProfile.objects.filter(code="fra").exists()


def test_the_archive_of_a_deleted_site_outlives_it_by_a_year(due):
    archive = delete_site(due, confirm="fra", by=None)
    kept = SiteJob.objects.get(pk=archive.pk)
    assert kept.site is None
    assert kept.code == "fra"
    assert (kept.keep_until - timezone.now()).days > 360
    assert kept.path.exists()


def test_what_happened_is_written_down_and_outlives_the_site(due):
    user = person("secretariat", "secretariat")
    delete_site(due, confirm="fra", by=user)
    entry = ModelLogEntry.objects.get(action="lifecycle.delete")
    assert entry.user == user
    assert entry.data["code"] == "fra"
    assert entry.data["sha256"]
    assert ModelLogEntry.objects.filter(action="lifecycle.schedule_deletion").exists()


def test_the_command_schedules_cancels_and_deletes(france, capsys):
    with pytest.raises(CommandError, match="fra"):
        call_command("delete_site", "fra")
    call_command("delete_site", "fra", confirm="fra")
    assert ScheduledDeletion.objects.exists()
    call_command("delete_site", "fra", cancel=True)
    assert not ScheduledDeletion.objects.exists()
    call_command("delete_site", "fra", confirm="fra", now=True)
    assert not SiteProfile.objects.filter(code="fra").exists()
    call_command("delete_due_sites")
    assert "none" in capsys.readouterr().out
