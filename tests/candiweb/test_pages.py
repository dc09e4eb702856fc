"""CandiWeb's home, an election and the chart, as visitors see them."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from cms.candiweb.models import Candidature
from cms.languages.codes import CODES

from .conftest import STATES
from .factories import (
    COUNCIL,
    BallotFactory,
    BodyFactory,
    CandidatureFactory,
    ElectionFactory,
    election_page,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(election):
    """Two candidates for one set of seats, one for another."""
    first, second = election.seats.all()
    CandidatureFactory(election=election, allocation=first, submitted=True)
    CandidatureFactory(election=election, allocation=first, state="KEN")
    CandidatureFactory(
        election=election, allocation=second, state="FRA", regional_group="", status="endorsed"
    )
    return election


@pytest.mark.parametrize("code", CODES)
def test_every_page_is_served_in_every_language(get, filled, code):
    for path in ("", "council-2056/", "chart/"):
        response = get(f"/{code}/{path}")
        assert response.status_code == 200
        assert response.headers["Content-Language"] == code
        html = response.content.decode()
        assert COUNCIL[code] in html
        if path:
            for of in STATES.values():
                assert (of.get(code) or of["en"]) in html


def test_an_election_without_the_language_is_shown_in_another_with_its_marks(get, home):
    made = ElectionFactory(slug="x-2056", **{f"title_{c}": "" for c in CODES if c != "ar"})
    election_page(made, titles={"ar": "انتخابات"})
    response = get("/en/x-2056/")
    assert response.headers["Content-Language"] == "ar"
    assert '<html lang="en"' in response.content.decode()
    assert 'lang="ar" dir="rtl"><a' in get("/en/").content.decode()
    assert '<th scope="row" lang="ar" dir="rtl">' in get("/en/chart/").content.decode()


def test_dates_and_words_are_in_the_language_shown_not_in_the_readers(get, home):
    made = ElectionFactory(
        slug="fr-2056",
        term_start=datetime.date(2057, 2, 6),
        term_end=datetime.date(2066, 2, 5),
        **{f"title_{code}": "" for code in CODES if code != "fr"},
    )
    election_page(made, titles={"fr": "Élection"})
    html = get("/zh/fr-2056/").content.decode()
    assert "6 février 2057 – 5 février 2066" in html
    assert "2057年2月6日" not in html


def test_the_election_page_tells_seats_notes_verbales_and_status(get, filled):
    html = get("/en/council-2056/").content.decode()
    assert "NV/2024/1" in html
    assert "2 seats" in html
    assert "1 seat" in html
    for badge in ("submitted", "announced", "endorsed"):
        assert f'data-state="{badge}"' in html
    assert "2057–2058" in html


def test_candidates_stand_in_the_alphabetical_order_of_the_reader(get, filled):
    english = get("/en/council-2056/").content.decode()
    assert english.index("Egypt") < english.index("Kenya")
    arabic = get("/ar/council-2056/").content.decode()
    assert arabic.index("كينيا") < arabic.index("مصر")


def test_votes_are_shown_round_by_round(get, filled):
    seats = filled.seats.first()
    BallotFactory(election=filled, allocation=seats, votes={"EGY": 90, "KEN": 95, "QAT": 1})
    BallotFactory(election=filled, allocation=seats, round=2, votes={"EGY": 130, "KEN": None})
    html = get("/en/council-2056/").content.decode()
    assert "Round 2" in html
    assert "(not a candidate)" in html
    for votes in (90, 95, 130):
        assert f'<td class="number">{votes}</td>' in html


def test_the_chart_puts_each_candidate_in_the_column_of_its_group(get, filled):
    html = get("/en/chart/").content.decode()
    row = html[html.index("<tbody>") : html.index("</tbody>")]
    cells = row.split("<td>")[1:]
    assert len(cells) == 5
    assert "Egypt" in cells[0]
    assert "Kenya" in cells[0]
    assert "France" in cells[4]
    assert all("No candidature" in cell for cell in cells[1:4])
    assert "Group not stated" not in html


def test_a_candidate_whose_group_is_not_stated_gets_a_column_of_its_own(get, filled):
    Candidature.objects.filter(state="EGY").update(regional_group="")
    html = get("/en/chart/").content.decode()
    assert "Group not stated" in html
    assert "Egypt" in html


def test_the_chart_is_filtered_by_year_and_body_without_script(get, election):
    held = ElectionFactory(held=True)
    election_page(held)
    CandidatureFactory(election=held, state="KEN", status="elected")
    assert "Kenya" not in get("/en/chart/").content.decode()
    assert "Kenya" in get("/en/chart/?year=2024").content.decode()
    BodyFactory(of_persons=True)
    html = get("/en/chart/?year=2024&body=ILC").content.decode()
    assert "Kenya" not in html
    assert "No election matches" in html
    assert "Kenya" in get("/en/chart/?year=2024&body=SC").content.decode()


@pytest.mark.parametrize("query", ["?year=x", "?year=99999", "?body=%00", "?year=" + "9" * 100])
def test_an_unknown_filter_filters_nothing(get, filled, query):
    assert "Egypt" in get(f"/en/chart/{query}").content.decode()
    assert get(f"/en/{query}").status_code == 200


def test_an_empty_chart_says_so(get, home):
    html = get("/en/chart/").content.decode()
    assert "No upcoming elections" in html


def test_the_home_page_sets_what_is_to_come_apart_from_what_was(get, election):
    held = ElectionFactory(held=True)
    election_page(held, titles={"en": "The one of 2024"})
    html = get("/en/").content.decode()
    upcoming, recent = html.index('id="upcoming"'), html.index('id="recent"')
    assert upcoming < html.index("/en/council-2056/") < recent < html.index("The one of 2024")
    everything = html[html.index('id="all"') :]
    assert "The one of 2024" in everything
    filtered = get("/en/?year=2056").content.decode()
    assert "The one of 2024" not in filtered[filtered.index('id="all"') :]


def test_what_is_illustrative_is_marked_and_what_is_not_is_not(get, filled):
    for path in ("/en/", "/en/council-2056/", "/en/chart/"):
        assert "Illustrative content" not in get(path).content.decode()
    filled.is_illustrative = True
    filled.save()
    for path in ("/en/", "/en/council-2056/", "/en/chart/"):
        assert "Illustrative content" in get(path).content.decode()


def test_names_and_addresses_are_escaped(get, election):
    election.sources = "javascript:alert(1)\nhttps://un.org/?a=1&b=<2>"
    election.save()
    CandidatureFactory(election=election, note_reference='"><script>alert(1)</script>')
    html = get("/en/council-2056/").content.decode()
    assert "<script>alert" not in html
    assert "javascript:" not in html
    assert "https://un.org/?a=1&amp;b=&lt;2&gt;" in html


def _fill(count):
    for number in range(count):
        election = ElectionFactory(slug=f"e-{count}-{number}")
        election_page(election)
        for place in range(count):
            CandidatureFactory(
                election=election, allocation=election.seats.first(), state=f"A{number:02d}"[:3],
                nominee=str(place),
            )  # fmt: skip
    return f"e-{count}-0"


def test_pages_cost_the_same_queries_however_many_elections_and_candidates(
    get, home, django_assert_max_num_queries
):
    few_slug = _fill(2)
    counts = {}
    for path in ("/en/", "/en/chart/", f"/en/{few_slug}/"):
        with django_assert_max_num_queries(25) as few:
            assert get(path).status_code == 200
        counts[path.replace(few_slug, "e")] = len(few)
    many_slug = _fill(12)
    for path in ("/en/", "/en/chart/", f"/en/{many_slug}/"):
        with django_assert_max_num_queries(25) as many:
            assert get(path).status_code == 200
        assert len(many) == counts[path.replace(many_slug, "e")], path


def test_a_change_of_a_candidature_is_seen_at_once(get, filled):
    assert "Kenya" in get("/en/chart/").content.decode()
    Candidature.objects.get(state="KEN").delete()
    assert "Kenya" not in get("/en/chart/").content.decode()


def test_only_a_by_election_fills_a_term_that_runs_already(home):
    election = ElectionFactory.build(
        body=BodyFactory(),
        slug="by-election",
        date=datetime.date(2019, 6, 14),
        term_start=datetime.date(2019, 1, 1),
        term_end=datetime.date(2019, 12, 31),
    )
    with pytest.raises(ValidationError, match="can't begin before the election"):
        election.full_clean()
    election.is_by_election = True
    election.full_clean()
