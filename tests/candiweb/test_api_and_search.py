"""The API form of CandiWeb's pages, and elections in the index."""

import json

import pytest

from cms.access.indexing import PageBuilder, key_of
from cms.candiweb.models import CandiWebHomePage, ChartPage, ElectionPage
from cms.languages.codes import CODES
from search.models import OutboxEntry

from .conftest import STATES
from .factories import COUNCIL, BallotFactory, CandidatureFactory, ElectionFactory, election_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(election):
    seats = election.seats.first()
    CandidatureFactory(election=election, allocation=seats, submitted=True)
    BallotFactory(election=election, allocation=seats, votes={"EGY": 130, "QAT": 1})
    return ElectionPage.objects.get(election=election)


@pytest.fixture
def ask(client):
    def ask(page, language):
        url = f"/api/v3/pages/{page.pk}/?lang={language}"
        response = client.get(url, headers={"host": "candiweb.localhost"})
        assert response.status_code == 200, response.content
        return json.loads(response.content)

    return ask


def test_an_election_is_served_with_seats_candidatures_and_ballots(ask, page):
    for code in CODES:
        data = ask(page, code)
        assert data["election_record"]["body"] == {"code": "SC", "name": COUNCIL[code]}
        assert data["candidatures"][0]["state"]["name"] == (
            STATES["EGY"].get(code) or STATES["EGY"]["en"]
        )
    data = ask(page, "en")
    assert data["seats"] == [
        {"groups": ["AFR", "APG"], "seats": 2},
        {"groups": ["WEOG"], "seats": 1},
    ]
    assert data["candidatures"] == [
        {
            "state": {"code": "EGY", "name": "Egypt"},
            "nominee": None,
            "regional_group": "AFR",
            "seats_for": ["AFR", "APG"],
            "status": "submitted",
            "announced_on": "2024-01-10",
            "note_verbale": {"reference": "NV/2024/1", "date": "2024-01-16"},
            "endorsed_by": None,
            "endorsed_on": None,
            "withdrawn_on": None,
            "is_illustrative": False,
        }
    ]
    (ballot,) = data["ballots"]
    assert ballot["results"][1] == {
        "state": "QAT",
        "nominee": None,
        "votes": 1,
        "is_elected": False,
        "is_candidate": False,
    }


def test_home_and_chart_list_elections_with_few_queries(ask, page, django_assert_max_num_queries):
    home, chart = CandiWebHomePage.objects.get(), ChartPage.objects.get()
    counts = []
    for count in (1, 10):
        for _number in range(count):
            election_page(ElectionFactory(held=True))
            other = ElectionFactory()
            election_page(other)
            CandidatureFactory(election=other, allocation=other.seats.first())
        with django_assert_max_num_queries(40) as of_home:
            data = ask(home, "en")
        with django_assert_max_num_queries(40) as of_chart:
            rows = ask(chart, "fr")["rows"]
        counts.append((len(of_home), len(of_chart)))
    assert len(data["upcoming"]) == len(rows) == 12
    assert data["upcoming"][0]["html_url"] == "http://candiweb.localhost/en/council-2056/"
    assert counts[0] == counts[1]


def test_an_election_is_found_by_body_states_and_nominees_in_each_language(page):
    documents = {
        document.language: document for document in PageBuilder().documents([str(page.pk)])
    }
    assert set(documents) == set(CODES)
    for code, document in documents.items():
        assert (document.kind, document.site) == ("election", "candiweb")
        assert COUNCIL[code] in document.body
        assert (STATES["EGY"].get(code) or STATES["EGY"]["en"]) in document.body


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.election.candidatures.first().delete(),
        lambda page: page.election.save(),
        lambda page: page.election.body.save(),
        lambda page: page.election.ballots.first().results.first().delete(),
        lambda page: page.unpublish(),
    ],
)
def test_each_change_that_shows_indexes_the_election_again(page, change):
    OutboxEntry.objects.all().delete()
    change(page)
    assert key_of(page.pk) in OutboxEntry.objects.values_list("key", flat=True)
