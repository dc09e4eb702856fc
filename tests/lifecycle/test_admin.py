"""The section “Sites”: every action for the Secretariat, one's own archive for an administrator."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from cms.access.services import give_role
from cms.lifecycle import workspace
from cms.lifecycle.models import JobStatus, ScheduledDeletion, SiteJob
from cms.lifecycle.services import schedule_deletion, suspend_site
from cms.pages.models import SiteProfile
from tests.lifecycle.factories import person
from tests.missions.factories import NewsPageFactory, site_of
from tests.worlds import world

pytestmark = pytest.mark.django_db

ACTIONS = ("suspend", "resume", "export", "schedule", "cancel", "delete")
#: What only the Secretariat does, with what its form needs.
SECRETARIAT_ONLY = {
    "suspend": {},
    "resume": {},
    "schedule": {"confirm": "fra", "days": "30"},
    "cancel": {},
    "delete": {"confirm": "fra"},
}


@world
def sites():
    site_of("FRA")
    NewsPageFactory(slug="eau")
    site_of("SEN")
    return {profile.code: profile for profile in SiteProfile.objects.all()}


@pytest.fixture
def enter(client, sites):
    """`enter("mission_administrator", "fra")`: a client signed in with a role."""
    client.defaults["HTTP_HOST"] = "sen.localhost"

    def enter(role, code=None):
        user = person(f"{code or 'un'}.{role}", role, sites.get(code))
        client.force_login(user)
        client.user = user
        return client

    yield enter
    for path in workspace.folder("made").parent.glob("*/*"):
        path.unlink()


def address(name, *args):
    return reverse(f"lifecycle:{name}", args=args)


def test_the_secretariat_finds_every_site_by_code_host_and_name(enter):
    client = enter("secretariat")
    for find in ("fra", "FRA.localhost", "Франции", "البعثة الدائمة لفرنسا", "法国"):
        text = client.get(address("index"), {"q": find}).content.decode()
        assert "fra.localhost" in text
    text = client.get(address("index"), {"q": "sen"}).content.decode()
    assert "fra.localhost" not in text


def test_the_list_is_narrowed_by_status(enter, sites):
    suspend_site(sites["sen"], by=None)
    text = enter("secretariat").get(address("index"), {"status": "suspended"}).content.decode()
    assert "sen.localhost" in text
    assert "fra.localhost" not in text


def test_an_administrator_finds_their_own_site_alone(enter):
    text = enter("mission_administrator", "fra").get(address("index")).content.decode()
    assert "fra.localhost" in text
    assert "sen.localhost" not in text
    assert address("restore") not in text


@pytest.mark.parametrize("role", ["editor", "publisher"])
def test_others_find_no_such_section(enter, role):
    client = enter(role, "fra")
    assert client.get(address("index")).status_code == 404
    assert client.get(address("site", "fra")).status_code == 404
    assert client.get(address("export", "fra")).status_code == 404
    assert client.post(address("export", "fra")).status_code == 404
    assert not SiteJob.objects.exists()


@pytest.mark.parametrize(("name", "data"), SECRETARIAT_ONLY.items())
def test_an_administrator_can_do_nothing_but_archive(enter, sites, name, data):
    if name in ("cancel", "delete"):
        schedule_deletion(sites["sen"], confirm="sen", by=None)
    client = enter("mission_administrator", "fra")
    assert client.get(address(name, "fra")).status_code == 404
    assert client.post(address(name, "fra"), data).status_code == 404
    sites["fra"].refresh_from_db()
    assert not sites["fra"].is_suspended
    assert not ScheduledDeletion.objects.filter(site=sites["fra"]).exists()


@pytest.mark.parametrize("name", ["site", *ACTIONS])
def test_another_missions_site_answers_like_a_made_up_one(enter, name):
    client = enter("mission_administrator", "fra")
    other = client.get(address(name, "sen"))
    made_up = client.get(address(name, "xyz"))
    assert other.status_code == made_up.status_code == 404
    assert other.content.replace(b"sen", b"xyz") == made_up.content


def test_nobody_restores_but_the_secretariat(enter, elsewhere):
    client = enter("mission_administrator", "fra")
    with elsewhere.open("rb") as upload:
        response = client.post(address("restore"), {"archive": upload, "code": "fr2"})
    assert response.status_code == 404
    assert not SiteJob.objects.exists()


def test_the_secretariat_suspends_and_resumes(enter, sites):
    client = enter("secretariat")
    assert client.get(address("suspend", "fra")).status_code == 200
    response = client.post(address("suspend", "fra"), {"reason": "Asked for"}, follow=True)
    assert response.status_code == 200
    sites["fra"].refresh_from_db()
    assert sites["fra"].is_suspended
    entry = ModelLogEntry.objects.get(action="lifecycle.suspend")
    assert entry.user == client.user
    assert entry.comment == "Asked for"
    client.post(address("resume", "fra"))
    sites["fra"].refresh_from_db()
    assert not sites["fra"].is_suspended


def test_a_get_changes_nothing(enter, sites):
    client = enter("secretariat")
    for name in ACTIONS:
        client.get(address(name, "fra"))
    sites["fra"].refresh_from_db()
    assert not sites["fra"].is_suspended
    assert not SiteJob.objects.exists()
    assert not ScheduledDeletion.objects.exists()


def test_a_deletion_takes_the_code_typed(enter, sites, django_capture_on_commit_callbacks):
    client = enter("secretariat")
    response = client.post(address("schedule", "fra"), {"confirm": "france", "days": "30"})
    assert response.status_code == 200
    assert b"fra" in response.content
    assert not ScheduledDeletion.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address("schedule", "fra"), {"confirm": "fra", "days": "30"})
    assert ScheduledDeletion.objects.exists()
    client.post(address("cancel", "fra"))
    assert not ScheduledDeletion.objects.exists()
    assert client.get(address("delete", "fra")).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address("schedule", "fra"), {"confirm": "fra", "days": "30"})
    assert client.post(address("delete", "fra"), {"confirm": "no"}).status_code == 200
    assert SiteProfile.objects.filter(code="fra").exists()
    client.post(address("delete", "fra"), {"confirm": "fra"})
    assert not SiteProfile.objects.filter(code="fra").exists()
    assert client.get(address("index")).status_code == 200


@pytest.mark.parametrize("days", ["0", "-1", "366", "x", ""])
def test_a_time_of_grace_is_a_day_at_least_and_a_year_at_most(enter, days):
    client = enter("secretariat")
    client.post(address("schedule", "fra"), {"confirm": "fra", "days": days})
    assert not ScheduledDeletion.objects.exists()


def made_by(client, code, callbacks):
    with callbacks(execute=True):
        client.post(address("export", code))
    return SiteJob.objects.get(requested_by=client.user)


def test_an_administrator_archives_and_downloads_their_own_site(
    enter, django_capture_on_commit_callbacks
):
    client = enter("mission_administrator", "fra")
    job = made_by(client, "fra", django_capture_on_commit_callbacks)
    assert job.status == JobStatus.DONE
    page = client.get(address("site", "fra")).content.decode()
    assert address("download", job.pk) in page
    response = client.get(address("download", job.pk))
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == job.path.read_bytes()
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment")
    assert ModelLogEntry.objects.filter(action="lifecycle.download", user=client.user).exists()


@pytest.mark.parametrize(
    ("role", "code"),
    [
        ("secretariat", None),
        ("editor", "fra"),
        ("mission_administrator", "sen"),
        ("delegate", "fra"),
    ],
)
def test_an_archive_is_for_whoever_asked_alone(
    enter, role, code, django_capture_on_commit_callbacks
):
    owner = enter("mission_administrator", "fra")
    job = made_by(owner, "fra", django_capture_on_commit_callbacks)
    client = enter(role, code)
    response = client.get(address("download", job.pk))
    made_up = client.get(address("download", "00000000-0000-4000-8000-000000000000"))
    assert response.status_code == made_up.status_code
    assert response.status_code in (302, 404)
    if response.status_code == 404:
        assert response.content == made_up.content


def test_whoever_lost_the_role_can_not_download_any_more(enter, django_capture_on_commit_callbacks):
    client = enter("mission_administrator", "fra")
    job = made_by(client, "fra", django_capture_on_commit_callbacks)
    senegal = SiteProfile.objects.get(code="sen")
    give_role(client.user, "mission_administrator", site=senegal)
    group = client.user.groups.get(role_group__site__code="fra")
    client.user.groups.remove(group)
    assert client.get(address("download", job.pk)).status_code == 404


def test_a_visitor_is_sent_to_sign_in(get, sites):
    for path in (address("index"), address("site", "fra"), address("export", "fra")):
        assert get(path).status_code == 302


def test_the_secretariat_restores_from_the_admin(enter, elsewhere):
    client = enter("secretariat")
    with elsewhere.open("rb") as upload:
        response = client.post(
            address("restore"),
            {"archive": upload, "code": "fr2", "hostname": "", "suspended": "on"},
            follow=True,
        )
    assert response.status_code == 200
    assert "fr2" in response.content.decode()
    assert SiteProfile.objects.get(code="fr2").is_suspended


def test_a_taken_code_comes_back_on_the_form(enter, elsewhere):
    client = enter("secretariat")
    with elsewhere.open("rb") as upload:
        response = client.post(
            address("restore"),
            {"archive": upload, "code": "fra"},
            headers={"accept-language": "en"},
        )
    assert response.status_code == 200
    assert "“fra”" in response.content.decode()
    assert not SiteJob.objects.exists()


def test_a_page_with_a_job_at_work_reads_itself_again(enter, sites):
    client = enter("secretariat")
    job = SiteJob.objects.create(
        kind="export", site=sites["fra"], code="fra", requested_by=client.user, done=3, total=9
    )
    response = client.get(address("site", "fra"))
    assert response["Refresh"]
    assert b"<progress" in response.content
    SiteJob.objects.filter(pk=job.pk).update(status="failed", error="Told why")
    response = client.get(address("site", "fra"))
    assert not response.has_header("Refresh")
    assert b"Told why" in response.content


def test_the_number_of_queries_does_not_grow_with_the_missions(
    enter,
):
    client = enter("secretariat")
    client.get(address("index"))
    with CaptureQueriesContext(connection) as few:
        client.get(address("index"))
    for code in ("EGY", "CHN", "ESP", "RUS", "GBR"):
        site_of(code)
    client.get(address("index"))
    with CaptureQueriesContext(connection) as many:
        client.get(address("index"))
    assert len(many) <= len(few)
