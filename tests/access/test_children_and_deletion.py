"""Forms take their own object's children only; what others need is not deleted, and says so."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from cms.committees.models import CommitteeSession
from cms.pages.sites import hold_sites, site_path
from tests.committees.factories import (
    CommitteeFactory,
    OfficerFactory,
    SessionFactory,
    committee_site,
    session_page,
)
from tests.worlds import world

pytestmark = pytest.mark.django_db


@world
def committee():
    """A committee's session, its site and a superuser."""
    session = SessionFactory(committee=CommitteeFactory(), number=79)
    site = committee_site(session.committee)
    return session, site, User.objects.create_superuser("root")


@pytest.fixture
def session(committee, client):
    session, profile, superuser = committee
    client.force_login(superuser)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.defaults["SERVER_NAME"] = profile.site.hostname
    return session


def test_a_session_that_has_a_page_is_not_deleted_and_the_reason_is_given(client, session):
    session_page(session)
    url = reverse("committee-sessions:delete", args=[session.pk])
    answer = client.post(url, follow=True)
    assert answer.status_code == 200
    assert "Other records belong to this one" in answer.content.decode()
    assert CommitteeSession.objects.filter(pk=session.pk).exists()


def test_a_session_that_nobody_needs_is_deleted(client, session):
    url = reverse("committee-sessions:delete", args=[session.pk])
    assert client.post(url).status_code == 302
    assert not CommitteeSession.objects.filter(pk=session.pk).exists()


def test_the_id_of_another_sessions_officer_is_taken_for_one_that_nobody_has(client, session):
    foreign = OfficerFactory()
    assert foreign.session_id != session.pk
    url = reverse("committee-sessions:edit", args=[session.pk])
    form = client.get(url).context["form"]
    prefix = form.formsets["officers"].prefix
    answers = [
        client.post(
            url,
            {
                f"{prefix}-TOTAL_FORMS": "1",
                f"{prefix}-INITIAL_FORMS": "0",
                f"{prefix}-0-id": str(pk),
            },
        )
        for pk in (foreign.pk, 999_999)
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    faults = [
        answer.context["form"].formsets["officers"].forms[0].errors["id"] for answer in answers
    ]
    assert faults[0] == faults[1]


def test_holding_a_site_that_nobody_has_holds_nothing(session, django_assert_num_queries):
    page = session_page(session)
    with django_assert_num_queries(1):  # looks the pages up, and asks for no row to hold
        hold_sites(10**40, 999_999)
    with django_assert_num_queries(2) as asked:
        hold_sites(10**40, page.pk)
    assert site_path(page) in asked[-1]["sql"]
