"""What each room offers first: buttons on the admin's first page that lead where they say."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from cms.access.services import ensure_secretariat, give_role
from cms.pages.models import SiteKind
from missions_site.demo import portal as demo_portal
from tests.sites import make_site
from tests.worlds import world

pytestmark = pytest.mark.django_db


@world
def portal():
    """The portal as the demo fills it."""
    demo_portal.load(lambda *step: None)


@pytest.fixture
def make_client():
    def make_client(role, site=None):
        if role == "secretariat":
            ensure_secretariat()
        user = User.objects.create_user(role)
        give_role(user, role, site=site)
        client = Client(headers={"host": site.site.hostname if site else "portal.localhost"})
        client.force_login(user)
        return client

    return make_client


def buttons(client):
    """{label: address} of the buttons beside the sites."""
    html = client.get("/admin/").content.decode()
    found = re.findall(
        r'<a class="button[^"]*button--icon" href="([^"]+)">.*?</svg>\s*([^<]+)</a>', html, re.S
    )
    return {label.strip(): address for address, label in found}


@pytest.mark.parametrize(
    ("role", "kind", "labels"),
    [
        ("committee_secretary", SiteKind.COMMITTEE, ["Add a draft proposal", "Add a meeting"]),
        ("elections_desk", SiteKind.CANDIWEB, ["Add a candidature", "Add an election"]),
    ],
)
def test_who_keeps_records_begins_with_them(make_client, role, kind, labels):
    client = make_client(role, make_site("c3" if kind == "committee" else "candiweb", kind))
    offered = buttons(client)
    assert list(offered)[: len(labels)] == labels
    for label in labels:
        assert client.get(offered[label]).status_code == 200


def test_the_secretariat_writes_notices_and_guide_pages(portal, make_client):
    client = make_client("secretariat")
    offered = buttons(client)
    for label in ("Write a notice", "Add a guide page"):
        assert client.get(offered[label].split("#")[0]).status_code == 200


def test_candiweb_has_its_tile_on_the_portal_once_it_has_its_site(portal, make_client):
    client = make_client("secretariat")
    assert "candiweb.localhost" not in client.get("/fr/").content.decode()
    make_site("candiweb", SiteKind.CANDIWEB)
    html = client.get("/fr/").content.decode()
    assert 'class="tile__title"><a href="http://candiweb.localhost:8000/fr/"' in html
