"""The committee's home and the pages of its sessions, as visitors see them."""

import datetime

import pytest

from cms.committees import presentation
from cms.committees.models import SessionPage
from cms.committees.services import make_current
from cms.languages import codes
from cms.languages.codes import CODES
from cms.pages.models import Page
from cms.pages.sites import touch_site_of

from .factories import (
    TITLES,
    AgendaItemFactory,
    DraftFactory,
    MeetingFactory,
    OfficerFactory,
    SessionFactory,
    StatementFactory,
    session_page,
)

pytestmark = pytest.mark.django_db

SECTIONS = ("", "bureau/", "agenda/", "programme/", "drafts/", "drafts/l-14/", "statements/")


@pytest.fixture
def filled(session):
    """One of each record."""
    item = AgendaItemFactory(session=session, key="poverty", number="24")
    OfficerFactory(session=session)
    MeetingFactory(session=session, items=[item])
    StatementFactory(session=session, item=item)
    DraftFactory(
        session=session,
        item=item,
        symbol="A/C.3/78/L.14/Rev.1",
        sponsors=("FRA", "EGY"),
        adopted=True,
    )
    return session


@pytest.mark.parametrize("code", CODES)
def test_every_section_is_served_in_every_language(get, filled, code):
    for section in SECTIONS:
        response = get(f"/{code}/78/{section}")
        assert response.status_code == 200
        assert response.headers["Content-Language"] == code
        html = response.content.decode()
        assert f'<link rel="canonical" href="http://c3.localhost/{code}/78/{section}">' in html
        for other in CODES:
            assert f'href="/{other}/78/{section}"' in html


def test_the_drafts_table_speaks_the_readers_language(get, filled):
    for code in CODES:
        html = get(f"/{code}/78/drafts/").content.decode()
        assert TITLES[code] in html
        assert "A/C.3/78/L.14/Rev.1" in html
        assert 'data-state="adopted"' in html
        assert {"ar": "مصر", "zh": "埃及", "es": "Egipto"}.get(code, "") in html


def test_a_draft_that_lacks_the_language_is_shown_in_another_and_marked(get, session):
    DraftFactory(session=session, **{f"title_{code}": "" for code in CODES if code != "ar"})
    html = get("/en/78/drafts/").content.decode()
    assert f'lang="ar" dir="rtl">{TITLES["ar"]}</a>' in html


def test_a_session_that_lacks_the_language_is_served_in_its_own_with_a_notice(get, committee, site):
    made = SessionFactory(committee=committee, number=76)
    session_page(made, titles={"fr": "Soixante-seizième session"}, source="fr")
    AgendaItemFactory(session=made)
    response = get("/zh/76/agenda/")
    html = response.content.decode()
    assert response.headers["Content-Language"] == "fr"
    assert '<html lang="zh"' in html
    assert TITLES["fr"] in html
    assert '<link rel="canonical" href="http://c3.localhost/fr/76/agenda/">' in html


def test_words_are_chosen_in_the_language_shown_not_in_the_readers(get, session, monkeypatch):
    page = SessionPage.objects.get(session=session)
    for code in CODES:
        setattr(page, f"title_{code}", "78e session" if code == "fr" else "")
    page.source_language = "fr"
    page.save_revision().publish()
    DraftFactory(session=session, symbol="A/C.3/78/L.1")
    spoken = set()
    original = presentation.draft_entry
    monkeypatch.setattr(
        presentation,
        "draft_entry",
        lambda *args, **kwargs: spoken.add(codes.active()) or original(*args, **kwargs),
    )
    for path in ("/zh/78/", "/zh/78/drafts/", "/zh/78/drafts/l-1/"):
        assert get(path).headers["Content-Language"] == "fr"
    assert spoken == {"fr"}


def test_old_sessions_keep_their_addresses_when_another_becomes_current(get, session, earlier):
    DraftFactory(session=session, symbol="A/C.3/78/L.5", title_en="Of seventy-eight")
    DraftFactory(session=earlier, symbol="A/C.3/77/L.5", title_en="Of seventy-seven")
    addresses = ["/en/78/", "/en/77/", "/en/78/drafts/l-5/", "/en/77/drafts/l-5/"]
    before = [get(address).status_code for address in addresses]
    assert 'href="/en/78/drafts/"' in get("/en/").content.decode()
    make_current(earlier)
    assert [get(address).status_code for address in addresses] == before == [200] * 4
    home = get("/en/").content.decode()
    assert 'href="/en/77/drafts/"' in home
    assert 'href="/en/78/drafts/"' not in home
    menu = home[home.index("site-nav__list") : home.index("</nav>", home.index("site-nav__list"))]
    assert 'href="/en/77/"' in menu
    assert 'href="/en/78/"' not in menu
    assert 'href="/en/78/"' in home


@pytest.mark.parametrize(
    "path",
    ["/en/78/nothing/", "/en/78/drafts/l-99/", "/en/78/agenda/x/", "/en/78/drafts/l-1/more/"],
)
def test_what_does_not_exist_below_a_session_is_not_found(get, filled, path):
    assert get(path).status_code == 404


def test_a_draft_of_another_session_is_not_found_below_this_one(get, session, earlier):
    DraftFactory(session=earlier, symbol="A/C.3/77/L.9")
    assert get("/en/77/drafts/l-9/").status_code == 200
    assert get("/en/78/drafts/l-9/").status_code == 404


def test_drafts_are_filtered_by_agenda_item_and_state_without_script(get, session):
    social = AgendaItemFactory(session=session, key="social", number="24")
    part = AgendaItemFactory(session=session, key="social_a", number="24 (a)", parent=social)
    women = AgendaItemFactory(session=session, key="women", number="25")
    DraftFactory(session=session, item=part, title_en="On ageing", adopted=True)
    DraftFactory(session=session, item=women, title_en="On women migrants")
    html = get("/en/78/drafts/?item=social").content.decode()
    assert "On ageing" in html
    assert "On women migrants" not in html
    html = get("/en/78/drafts/?state=tabled").content.decode()
    assert "On women migrants" in html
    assert "On ageing" not in html
    html = get("/en/78/drafts/?item=social&state=tabled").content.decode()
    assert "No draft proposal matches" in html


def test_an_unknown_filter_shows_everything(get, session):
    DraftFactory(session=session, title_en="On ageing")
    html = get("/en/78/drafts/?item=%00&state=no-such&page=x").content.decode()
    assert "On ageing" in html


def test_what_was_not_verified_is_marked_and_what_was_is_not(get, session):
    meeting = MeetingFactory(session=session, is_unverified=True)
    assert "Not verified" in get("/en/78/programme/").content.decode()
    meeting.is_unverified = False
    meeting.save()
    assert "Not verified" not in get("/en/78/programme/").content.decode()


def test_the_programme_lists_meetings_by_day_at_local_times(get, session):
    MeetingFactory(session=session, start_time=datetime.time(15), end_time=datetime.time(18))
    MeetingFactory(session=session, start_time=datetime.time(10), end_time=datetime.time(13))
    MeetingFactory(
        session=session, date=datetime.date(2023, 11, 13), start_time=None, end_time=None
    )
    html = get("/en/78/programme/").content.decode()
    assert html.count("meeting-day") == 2
    assert html.index("T10:00") < html.index("T15:00") < html.index("Time not given")


def test_empty_sections_say_so(get, session):
    for section in ("bureau", "agenda", "programme", "drafts", "statements"):
        assert "empty-state" in get(f"/en/78/{section}/").content.decode()


def test_texts_are_escaped(get, session):
    DraftFactory(session=session, symbol="A/C.3/78/L.1", title_en="<script>alert(1)</script>")
    for path in ("/en/78/drafts/", "/en/78/drafts/l-1/"):
        html = get(path).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert" in html


def test_an_unpublished_session_is_not_served(get, session):
    assert get("/en/78/drafts/").status_code == 200
    Page.objects.get(sessionpage__session=session).specific.unpublish()
    assert get("/en/78/drafts/").status_code == 404
    assert get("/en/").status_code == 200


def _fill(session, count):
    item = AgendaItemFactory(session=session)
    for _number in range(count):
        DraftFactory(session=session, item=item, sponsors=("FRA", "EGY", "AUT"), adopted=True)
        MeetingFactory(session=session, items=[item])
        StatementFactory(session=session, item=item)
        OfficerFactory(session=session)


def test_fifty_drafts_cost_no_more_queries_than_five(
    get, session, earlier, django_assert_max_num_queries
):
    _fill(earlier, 5)
    _fill(session, 50)
    for section in ("", "bureau/", "agenda/", "programme/", "drafts/", "statements/"):
        with django_assert_max_num_queries(22) as few:
            assert get(f"/en/77/{section}").status_code == 200
        with django_assert_max_num_queries(22) as many:
            assert get(f"/en/78/{section}").status_code == 200
        assert len(many) == len(few)


def test_the_home_page_costs_the_same_however_many_sessions_there_are(
    get, session, committee, django_assert_max_num_queries
):
    _fill(session, 20)
    with django_assert_max_num_queries(40) as few:
        assert get("/en/").status_code == 200
    for number in range(50, 70):
        session_page(SessionFactory(committee=committee, number=number))
    touch_site_of(committee.home_page)
    with django_assert_max_num_queries(40) as many:
        html = get("/en/").content.decode()
    assert 'href="/en/50/"' in html
    assert len(many) == len(few) <= 25
