"""The API form of a committee's pages: stable names, texts in the language asked for."""

import json

import pytest

from cms.committees.models import CommitteeHomePage, SessionPage
from cms.languages.codes import CODES

from .factories import (
    SHORT_NAMES,
    TITLES,
    AgendaItemFactory,
    DraftFactory,
    MeetingFactory,
    OfficerFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(session):
    social = AgendaItemFactory(session=session, key="social", number="24")
    part = AgendaItemFactory(session=session, key="social_a", number="24 (a)", parent=social)
    OfficerFactory(session=session)
    MeetingFactory(session=session, number=47, items=[part])
    StatementFactory(session=session, item=part)
    DraftFactory(
        session=session,
        item=part,
        symbol="A/C.3/78/L.24",
        sponsors=("EGY", "FRA"),
        state="adopted_by_vote",
        votes_yes=168,
        votes_no=5,
        votes_abstain=9,
    )
    return SessionPage.objects.get(session=session)


@pytest.fixture
def ask(client):
    def ask(page, language):
        url = f"/api/v3/pages/{page.pk}/?lang={language}"
        response = client.get(url, headers={"host": "c3.localhost"})
        assert response.status_code == 200, response.content
        return json.loads(response.content)

    return ask


def test_a_session_is_served_with_its_records_in_each_language(ask, page):
    for code in CODES:
        data = ask(page, code)
        (draft,) = data["drafts"]
        assert draft["title"] == TITLES[code]
        assert [item["title"] for item in data["agenda"]] == [TITLES[code]] * 2
        assert data["meetings"][0]["title"] == TITLES[code]
    assert ask(page, "ar")["drafts"][0]["sponsors"][0]["name"] == "مصر"


def test_the_names_of_a_draft_proposal_are_stable(ask, page):
    (draft,) = ask(page, "en")["drafts"]
    assert draft == {
        "slug": "l-24",
        "symbol": "A/C.3/78/L.24",
        "kind": "resolution",
        "title": TITLES["en"],
        "agenda_item": "social_a",
        "amends": None,
        "sponsors": [
            {"code": "EGY", "name": "Egypt", "is_main": True, "added_on": None},
            {"code": "FRA", "name": "France", "is_main": False, "added_on": None},
        ],
        "on_behalf_of": "",
        "state": "adopted_by_vote",
        "tabled_on": "2023-10-09",
        "acted_on": None,
        "vote": {"yes": 168, "no": 5, "abstain": 9},
        "orally_revised": False,
        "result_symbol": "",
        "is_unverified": False,
    }


def test_the_other_lists_of_a_session_are_stable(ask, page):
    data = ask(page, "en")
    assert data["committee_session"]["number"] == 78
    assert data["bureau"] == [
        {
            "office": "chair",
            "name": "Alexander Marschik",
            "state": {"code": "AUT", "name": "Austria"},
            "since": None,
            "until": None,
        }
    ]
    assert data["agenda"][1] == {
        "key": "social_a",
        "number": "24 (a)",
        "title": TITLES["en"],
        "main_item": "social",
    }
    (meeting,) = data["meetings"]
    assert (meeting["date"], meeting["start_time"], meeting["zone"], meeting["items"]) == (
        "2023-11-10",
        "10:00:00",
        "America/New_York",
        ["social_a"],
    )
    (statement,) = data["statements"]
    assert statement["state"] == {"code": "FRA", "name": "France"}


def test_the_home_page_lists_its_sessions(ask, page, earlier):
    for code in CODES:
        data = ask(CommitteeHomePage.objects.get(), code)
        assert data["title"] == SHORT_NAMES[code]
        assert [item["number"] for item in data["sessions"]] == [78, 77]
        assert data["sessions"][1]["html_url"] == f"http://c3.localhost/{code}/77/"


def test_fifty_drafts_cost_the_api_no_more_queries_than_one(
    ask, page, session, django_assert_max_num_queries
):
    with django_assert_max_num_queries(40) as few:
        ask(page, "en")
    for _number in range(50):
        DraftFactory(session=session, sponsors=("EGY", "FRA"))
        AgendaItemFactory(session=session)
        MeetingFactory(session=session)
    with django_assert_max_num_queries(40) as many:
        assert len(ask(page, "en")["drafts"]) == 51
    assert len(many) == len(few)
