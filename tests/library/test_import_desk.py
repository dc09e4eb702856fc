"""Imports in the admin: the Secretariat's, and nobody else's."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from cms.access.services import give_role
from cms.library.importing import loading
from cms.library.models import Document, ImportRun, ImportStatus
from tests.worlds import world

pytestmark = pytest.mark.django_db
HOST = {"host": "fra.localhost", "accept-language": "en"}
CONTENT = "symbol,title_ar,title_ru\nA/78/1,عنوان,\nbad,,x\nA/78/2,,Мир\n".encode()


@world
def people(mission, officer):
    editor = User.objects.create_user("editor")
    give_role(editor, "mission_administrator", site=mission)
    return {"secretariat": officer, "editor": editor}


def upload(client, content=CONTENT, name="documents.csv", **more):
    return client.post(
        reverse("library_imports:index"),
        {"file": SimpleUploadedFile(name, content), "format": "", **more},
        headers=HOST,
    )


def test_an_uploaded_file_is_loaded_in_a_job_that_tells_how_it_went(client, people):
    client.force_login(people["secretariat"])
    response = upload(client)
    run = ImportRun.objects.get()
    assert response["Location"] == reverse("library_imports:import", args=[run.pk])
    assert (run.status, run.created, run.refused) == (ImportStatus.DONE, 2, 1)
    assert not run.path.exists()
    page = client.get(response["Location"], headers=HOST)
    html = page.content.decode()
    assert "line 3" in html
    assert "Refresh" not in page
    report = client.get(reverse("library_imports:report", args=[run.pk]), headers=HOST)
    assert "line 3" in report.getvalue().decode()
    assert (
        "documents.csv"
        in client.get(reverse("library_imports:index"), headers=HOST).content.decode()
    )
    assert reverse("library_imports:index") in client.get("/admin/", headers=HOST).content.decode()


@pytest.mark.parametrize(
    ("language", "told"), [("ar", "يجري تحميل الملف."), ("en", "being loaded")]
)
def test_what_is_told_after_the_upload_is_in_the_language_of_who_uploads(
    client, people, language, told
):
    UserProfile.objects.create(user=people["secretariat"], preferred_language=language)
    client.force_login(people["secretariat"])
    page = client.get(upload(client)["Location"], headers=HOST)
    assert told in page.content.decode()


def test_nobody_but_the_secretariat_finds_any_of_it(client, people):
    client.force_login(people["secretariat"])
    upload(client)
    run = ImportRun.objects.get()
    addresses = [
        reverse("library_imports:index"),
        reverse("library_imports:import", args=[run.pk]),
        reverse("library_imports:report", args=[run.pk]),
    ]
    made_up = reverse("library_imports:import", args=["00000000-0000-4000-8000-000000000000"])
    for address in addresses:
        assert client.get(address, headers=HOST).status_code == 200
    assert client.get(made_up, headers=HOST).status_code == 404
    client.force_login(people["editor"])
    for address in (*addresses, made_up):
        assert client.get(address, headers=HOST).status_code == 404
    assert upload(client).status_code == 404
    assert ImportRun.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "name"), [(b"\x00\x01", "picture.png"), (b"", "empty.csv"), (b"hello", "x.pdf")]
)
def test_what_can_never_be_loaded_is_refused_on_the_form(client, people, content, name):
    client.force_login(people["secretariat"])
    response = upload(client, content, name)
    assert response.status_code == 200
    assert not ImportRun.objects.exists()


def test_a_file_of_the_wrong_kind_says_so_in_the_end(client, people):
    client.force_login(people["secretariat"])
    upload(client, b"<html></html>", "page.xml")
    run = ImportRun.objects.get()
    assert run.status == ImportStatus.FAILED
    assert "no MARCXML record" in run.error
    assert not run.path.exists()
    assert not Document.objects.exists()


def test_an_import_that_was_cut_off_goes_on_at_a_click(client, people, monkeypatch):
    client.force_login(people["secretariat"])
    monkeypatch.setattr("cms.library.importing.tasks.run_import", lambda run: None)
    upload(client)
    run = ImportRun.objects.get()
    address = reverse("library_imports:import", args=[run.pk])
    waiting = client.get(address, headers=HOST)
    assert waiting["Refresh"] == "3"
    assert 'method="post"' not in waiting.content.decode().split("main_content")[-1].split("<dl")[1]
    ImportRun.objects.update(updated_at=timezone.now() - timedelta(hours=1))
    assert "cut off" in client.get(address, headers=HOST).content.decode()
    monkeypatch.undo()
    monkeypatch.setattr(loading, "BATCH", 1)
    client.post(address, headers=HOST)
    run.refresh_from_db()
    assert (run.status, run.created) == (ImportStatus.DONE, 2)
