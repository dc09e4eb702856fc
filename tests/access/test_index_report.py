"""The report on the search index is the Secretariat's alone."""

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from cms.access.index_report import IndexReportView
from cms.access.services import ensure_secretariat, give_role
from cms.pages.models import SiteProfile
from search.indexer import apply_pending
from search.outbox import enqueue, waiting
from search.services import engine
from tests.sites import make_site

pytestmark = pytest.mark.django_db
REPORT = "/admin/reports/search-index/"


@pytest.fixture
def index(tmp_path, settings: Settings):
    settings.SEARCH_URL = f"embedded://{tmp_path}/index"
    make_site("fra")
    with transaction.atomic():
        enqueue(["orphan:1"])
    apply_pending(engine())
    yield engine()
    engine().close()


def client_of(role, site=None):
    user = User.objects.create_user(role)
    give_role(user, role, site=site)
    client = Client(headers={"host": "fra.localhost"})
    client.force_login(user)
    return client


def test_the_secretariat_sees_what_waits_and_fails(index):
    ensure_secretariat()
    client = client_of("secretariat")
    html = client.get(REPORT).content.decode()
    assert "tantivy" in html
    assert "orphan:1" in html
    assert "register_builder" in html
    assert REPORT in client.get("/admin/").content.decode()
    assert waiting().count() >= 1


def test_an_index_that_can_not_be_asked_is_reported_and_no_error(settings, tmp_path):
    (tmp_path / "file").touch()
    settings.SEARCH_URL = f"embedded://{tmp_path}/file/index"
    make_site("fra")
    ensure_secretariat()
    assert client_of("secretariat").get(REPORT).status_code == 200


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_it_speaks_the_readers_language(index, language):
    ensure_secretariat()
    client = client_of("secretariat")
    answer = client.get(REPORT, headers={"accept-language": language})
    assert answer.status_code == 200
    assert answer.context["breadcrumbs_items"][-1]["label"] == IndexReportView.page_title


@pytest.mark.parametrize("role", ["mission_administrator", "editor"])
def test_for_everybody_else_it_does_not_exist(index, role):
    client = client_of(role, SiteProfile.objects.get(code="fra"))
    made_up = client.get("/admin/reports/made-up/")
    answer = client.get(REPORT)
    assert (answer.status_code, made_up.status_code) == (404, 404)
    assert "orphan" not in answer.content.decode()
    assert REPORT not in client.get("/admin/").content.decode()
