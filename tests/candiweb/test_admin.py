"""Elections are changed by the elections desk and the Secretariat; others find nothing."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from cms.access.services import ensure_secretariat, ensure_site_roles, give_role, provision_site
from cms.candiweb.models import Candidature, ElectionPage, SeatAllocation
from cms.pages.models import Page, SiteProfile

from .factories import BallotFactory, CandidatureFactory

pytestmark = pytest.mark.django_db
HOST = {"host": "candiweb.localhost"}


@pytest.fixture
def records(election):
    candidature = CandidatureFactory(election=election, allocation=election.seats.first())
    return {
        "elections": election,
        "candidatures": candidature,
        "ballots": BallotFactory(election=election, votes={"EGY": 1}),
        "election-bodies": election.body,
    }


def _sign_in(client, role, site=None):
    user = User.objects.create_user(role, password="x")
    give_role(user, role, site=site)
    client.force_login(user)


@pytest.fixture
def desk(client, home):
    _sign_in(client, "elections_desk", SiteProfile.objects.get(code="candiweb"))
    return client


@pytest.fixture
def secretary(client, home):
    """Somebody who may change records too, but those of a committee."""
    profile = provision_site(
        code="c1",
        kind="committee",
        hostname="c1.localhost",
        port=80,
        home=Page(title_fr="Première Commission"),
        collection_name="C1",
    )
    ensure_site_roles(profile, collection=profile.media.collection)
    _sign_in(client, "committee_secretary", profile)
    return client


def test_the_elections_desk_opens_every_record(desk, records):
    for name, record in records.items():
        assert desk.get(reverse(f"{name}:index"), headers=HOST).status_code == 200
        assert desk.get(reverse(f"{name}:add"), headers=HOST).status_code == 200
        for view in ("edit", "delete", "history", "usage"):
            url = reverse(f"{name}:{view}", args=[record.pk])
            assert desk.get(url, headers=HOST).status_code == 200
    page = ElectionPage.objects.get()
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert desk.get(url, headers=HOST).status_code == 200


def test_a_committees_secretary_finds_no_election(secretary, records):
    for name, record in records.items():
        for view in ("edit", "delete", "history", "usage"):
            foreign = secretary.get(reverse(f"{name}:{view}", args=[record.pk]), headers=HOST)
            invented = secretary.get(reverse(f"{name}:{view}", args=[99_999]), headers=HOST)
            assert foreign.status_code == invented.status_code == 404
            assert foreign.content == invented.content
        assert secretary.get(reverse(f"{name}:index"), headers=HOST).status_code == 302
        assert secretary.get(reverse(f"{name}:add"), headers=HOST).status_code == 302


def test_the_secretariat_opens_every_record(client, records):
    ensure_secretariat()
    _sign_in(client, "secretariat")
    for name, record in records.items():
        url = reverse(f"{name}:edit", args=[record.pk])
        assert client.get(url, headers=HOST).status_code == 200


def test_the_menu_shows_elections_to_those_who_may_change_them_only(desk, home):
    html = desk.get("/admin/", headers=HOST).content.decode()
    assert reverse("elections:index") in html
    assert reverse("draft-proposals:index") not in html


def test_groups_of_seats_are_ticked_and_unknown_ones_refused(desk, records):
    election = records["elections"]
    url = reverse("elections:edit", args=[election.pk])
    first, second = election.seats.all()
    form = {
        "body": election.body_id,
        "date": "2056-06-05",
        "title_ar": "انتخابات",
        "seats-TOTAL_FORMS": 2,
        "seats-INITIAL_FORMS": 2,
        "seats-0-id": first.pk,
        "seats-0-groups": ["AFR", "EEG"],
        "seats-0-seats": 3,
        "seats-0-ORDER": 1,
        "seats-1-id": second.pk,
        "seats-1-groups": [],
        "seats-1-seats": 1,
        "seats-1-ORDER": 2,
    }
    assert desk.post(url, form | {"seats-0-groups": ["XYZ"]}, headers=HOST).status_code == 200
    assert SeatAllocation.objects.get(pk=first.pk).groups == ["AFR", "APG"]
    assert desk.post(url, form, headers=HOST).status_code == 302
    assert SeatAllocation.objects.get(pk=first.pk).groups == ["AFR", "EEG"]
    assert SeatAllocation.objects.get(pk=second.pk).groups == []


def test_the_status_of_a_candidature_is_not_changed_by_its_form(desk, records):
    candidature = records["candidatures"]
    form = {
        "election": candidature.election_id,
        "allocation": candidature.allocation_id,
        "state": "KEN",
        "regional_group": "AFR",
        "status": "elected",
        "note_reference": "NV/9",
    }
    url = reverse("candidatures:edit", args=[candidature.pk])
    assert desk.post(url, form, headers=HOST).status_code == 302
    kept = Candidature.objects.get(pk=candidature.pk)
    assert (kept.state, kept.status, kept.note_reference) == ("KEN", "announced", "")


def test_the_desk_takes_a_candidature_from_announcement_to_election(desk, records):
    election, candidature = records["elections"], records["candidatures"]
    act = reverse("candidatures:act", args=[candidature.pk])
    early = desk.post(act, {"action": "endorse", "on": "2024-01-11", "by": "AFR"}, headers=HOST)
    assert "note verbale" in early.content.decode()
    form = {"action": "submit", "on": "2024-01-11", "reference": "NV/1"}
    assert desk.post(act, form, headers=HOST).status_code == 302
    form = {"action": "endorse", "on": "2024-01-12", "by": "AFR"}
    assert desk.post(act, form, headers=HOST).status_code == 302
    declare = reverse("elections:act", args=[election.pk])
    assert desk.get(declare, headers=HOST).status_code == 200
    form = {"on": "2056-06-05", "elected": [candidature.pk]}
    assert "has not come" in desk.post(declare, form, headers=HOST).content.decode()
    assert desk.post(declare, form | {"on": "2024-06-06"}, headers=HOST).status_code == 302
    candidature.refresh_from_db()
    assert candidature.status == "elected"


def test_nobody_else_acts_on_a_candidature(secretary, records):
    url = reverse("candidatures:act", args=[records["candidatures"].pk])
    form = {"action": "withdraw", "on": "2024-01-11"}
    assert secretary.post(url, form, headers=HOST).status_code == 404
    assert Candidature.objects.get().status == "announced"
