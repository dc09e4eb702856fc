"""Whoever publishes on a site keeps its redirects, and nobody else's: in the admin and by API."""

import io
import json

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import APIToken

from cms.access.services import ensure_secretariat, give_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    ensure_secretariat()
    user = User.objects.create_user("secretary")
    give_role(user, "secretariat")
    return user


@pytest.fixture
def own(france):
    return Redirect.objects.create(old_path="/ancien", redirect_link="/fr/", site=france.get_site())


@pytest.fixture
def foreign(egypt):
    return Redirect.objects.create(
        old_path="/canary", redirect_link="/ar/secret/", site=egypt.get_site()
    )


def form_of(home, **changes):
    given = {
        "old_path": "/vieux",
        "site": home.get_site().pk,
        "is_permanent": "on",
        "redirect_page": "",
        "redirect_link": "https://fra.localhost/fr/nouveau/",
    }
    return given | changes


def table(rows, name="redirects.csv"):
    text = "\n".join(",".join(row) for row in rows)
    return SimpleUploadedFile(name, text.encode(), content_type="text/csv")


def test_the_list_names_own_redirects_and_own_sites_only(
    client, administrator, own, foreign, egypt
):
    shown = client.get(reverse("wagtailredirects:index")).content.decode()
    assert "/ancien" in shown
    assert "canary" not in shown
    assert egypt.get_site().hostname not in shown
    exported = client.get(reverse("wagtailredirects:index"), {"export": "csv"})
    rows = b"".join(exported.streaming_content).decode()
    assert "/ancien" in rows
    assert "canary" not in rows


@pytest.mark.parametrize("name", ["edit", "delete"])
def test_a_redirect_of_another_mission_is_not_found(name, client, administrator, own, foreign):
    answers = [
        client.post(reverse(f"wagtailredirects:{name}", args=[pk])) for pk in (foreign.pk, 999_999)
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert Redirect.objects.filter(pk=foreign.pk, redirect_link="/ar/secret/").exists()
    assert client.get(reverse(f"wagtailredirects:{name}", args=[own.pk])).status_code == 200


def test_a_redirect_is_made_for_ones_own_site_only(client, administrator, france, egypt):
    url = reverse("wagtailredirects:add")
    for site in (egypt.get_site().pk, "", 999_999):
        refused = client.post(url, form_of(france, site=site))
        assert refused.status_code == 200
        assert not Redirect.objects.exists()
    assert client.post(url, form_of(france)).status_code == 302
    assert Redirect.objects.get().site == france.get_site()


def test_a_redirect_does_not_lead_to_another_missions_page(client, administrator, france, egypt):
    url = reverse("wagtailredirects:add")
    for pk in (egypt.pk, 999_999):
        client.post(url, form_of(france, redirect_page=pk, redirect_link=""))
    assert not Redirect.objects.exists()
    client.post(url, form_of(france, redirect_page=france.pk, redirect_link=""))
    assert Redirect.objects.get().redirect_page_id == france.pk


def test_a_whole_table_is_imported(client, administrator, france):
    host = france.get_site().hostname
    rows = [
        ("from", "to"),
        ("/a", "/fr/a/"),
        (f"http://{host}/ب", "/ar/b/"),
        ("/丙", "https://un.int/"),
    ]
    answer = client.post(
        reverse("wagtailredirects:start_import"),
        {"site": france.get_site().pk, "import_file": table(rows), "permanent": "on"},
    )
    assert answer.status_code == 302, answer.context["form"].errors
    assert set(Redirect.objects.values_list("old_path", flat=True)) == {"/a", "/ب", "/丙"}
    assert set(Redirect.objects.values_list("site", flat=True)) == {france.get_site().pk}
    assert Redirect.objects.get(old_path="/a").link == f"{france.get_site().root_url}/fr/a/"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("http://{egypt}/x", "/fr/x/"), "is not an address of"),
        (("/a", "/fr/again/"), "stands in several rows"),
        (("/b", ""), "Row 2: Say where"),
    ],
)
def test_one_bad_row_refuses_the_whole_table_and_says_why(
    row, reason, client, administrator, france, egypt
):
    bad = tuple(cell.format(egypt=egypt.get_site().hostname) for cell in row)
    answer = client.post(
        reverse("wagtailredirects:start_import"),
        {"site": france.get_site().pk, "import_file": table([("/a", "/fr/a/"), bad])},
    )
    assert answer.status_code == 200
    assert reason in " ".join(answer.context["form"].non_field_errors())
    assert not Redirect.objects.exists()


def test_a_table_for_another_site_is_refused_and_stored_rows_are_kept(
    client, administrator, france, egypt, own
):
    answer = client.post(
        reverse("wagtailredirects:start_import"),
        {"site": egypt.get_site().pk, "import_file": table([("/a", "/b")])},
    )
    assert "site" in answer.context["form"].errors
    assert list(Redirect.objects.all()) == [own]


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("x.csv", "/à,/b".encode("latin-1")),
        SimpleUploadedFile("x.xlsx", b"not a workbook"),
        SimpleUploadedFile("x.exe", b"MZ"),
        SimpleUploadedFile("x.csv", b"\n\n"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_the_reason(upload, client, administrator, france):
    upload.seek(0)
    answer = client.post(
        reverse("wagtailredirects:start_import"),
        {"site": france.get_site().pk, "import_file": upload},
    )
    assert answer.context["form"].errors["import_file"]


def test_a_workbook_is_read_too(client, administrator, france):
    book = openpyxl.Workbook()
    book.active.append(["/план", "/ru/plan/"])
    content = io.BytesIO()
    book.save(content)
    upload = SimpleUploadedFile("redirects.xlsx", content.getvalue())
    client.post(
        reverse("wagtailredirects:start_import"),
        {"site": france.get_site().pk, "import_file": upload},
    )
    assert Redirect.objects.get().old_path == "/план"


def test_the_secretariat_makes_redirects_for_all_sites(client, secretary, france):
    client.force_login(secretary)
    client.defaults["SERVER_NAME"] = france.get_site().hostname
    client.post(reverse("wagtailredirects:add"), form_of(france, site=""))
    assert Redirect.objects.get().site is None


def call(client, method, address, user, body=None):
    _token, key = APIToken.create_token(user=user, name="t")
    return getattr(client, method)(
        f"/api/v3/redirects/{address}",
        data=json.dumps(body) if body is not None else "",
        content_type="application/json",
        headers={"authorization": f"Bearer {key}"},
    )


def body_of(home, **changes):
    return {
        "old_path": "/vieux",
        "site": home.get_site().pk,
        "redirect_link": "https://fra.localhost/fr/nouveau/",
    } | changes


def test_by_api_too_a_redirect_is_for_ones_own_site(client, administrator, france, egypt):
    for site in (egypt.get_site().pk, 999_999, None):
        refused = call(client, "post", "", administrator, body_of(france, site=site))
        assert refused.status_code == 422
    assert not Redirect.objects.exists()
    made = call(client, "post", "", administrator, body_of(france))
    assert made.status_code == 201
    assert made.json()["site_id"] == france.get_site().pk


def test_by_api_too_a_foreign_redirect_is_not_found(client, administrator, france, own, foreign):
    for method in ("put", "delete"):
        body = body_of(france) if method == "put" else None
        answers = [
            call(client, method, f"{pk}/", administrator, body) for pk in (foreign.pk, 999_999)
        ]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].content == answers[1].content
    assert Redirect.objects.filter(pk=foreign.pk).exists()
    assert call(client, "delete", f"{own.pk}/", administrator).status_code == 204
