"""Searches that a reader keeps, the letters about them, and any search as a feed."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.utils import timezone

from cms.finding.letters import write_due_letters
from cms.finding.models import Frequency, SavedSearch
from cms.finding.services import MOST_SAVED, due_searches
from search.engines.base import EngineError
from tests.finding.conftest import HOST, TITLES

pytestmark = pytest.mark.django_db

SAVED = "/en/search/saved/"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def keep(client):
    """Save a search as a reader does: `keep(q="water", frequency="daily")`."""

    def keep(query="q=security", *, lang="en", name="", frequency="daily"):
        return client.post(
            f"/{lang}/search/saved/",
            {"query": query, "name": name, "frequency": frequency},
            headers={"host": HOST},
            follow=True,
        )

    return keep


@pytest.fixture
def delegate_of_kenya(sign_in):
    user = sign_in("delegate")
    User.objects.filter(pk=user.pk).update(email="delegate@ken.example")
    return user


def a_week_later(monkeypatch):
    later = timezone.now() + timedelta(days=8)
    monkeypatch.setattr("cms.finding.services.timezone.now", lambda: later)


def test_a_search_is_saved_with_all_that_was_chosen(put, six, delegate_of_kenya, keep):
    page = keep("q=security&scope=all&kind=news&sort=newest&page=3", name="Mine")
    saved = SavedSearch.objects.get()
    assert (saved.user, saved.name, saved.frequency) == (delegate_of_kenya, "Mine", "daily")
    assert saved.path == "/en/search/?q=security&scope=all&kind=news&sort=newest"
    assert "Mine" in page.content.decode()


@pytest.mark.parametrize("language", TITLES)
def test_a_saved_search_finds_the_same_in_its_language(
    put, six, delegate_of_kenya, keep, finder, language
):
    _title, word, _begun = TITLES[language]
    keep(f"q={word}", lang=language)
    saved = SavedSearch.objects.get()
    assert (saved.language, saved.name) == (language, word)
    found = finder(saved.path.removeprefix(f"/{language}/search/"), lang=language)
    assert found.titles == [TITLES[language][0]]


def test_strangers_are_sent_to_sign_in_and_see_no_search_of_anybody(
    put, six, delegate_of_kenya, keep, client
):
    keep()
    own = client.get(SAVED, headers={"host": HOST})
    assert "security" in own.content.decode()
    client.logout()
    away = client.get(SAVED, headers={"host": HOST})
    assert away.status_code == 302
    assert "/sign-in/" in away["Location"]


def test_another_readers_search_is_not_there(put, six, sign_in, keep, client):
    sign_in("delegate")
    keep()
    mine = SavedSearch.objects.get()
    changed = client.post(f"{SAVED}{mine.pk}/", {"name": "Own"}, headers={"host": HOST})
    assert changed.status_code == 302
    client.logout()
    sign_in()
    for form in ({"delete": "1"}, {"name": "Theirs"}):
        response = client.post(f"{SAVED}{mine.pk}/", form, headers={"host": HOST})
        made_up = client.post(f"{SAVED}999999/", form, headers={"host": HOST})
        assert response.status_code == made_up.status_code == 404
        assert response.content.replace(b"/%d/" % mine.pk, b"/999999/") == made_up.content
    mine.refresh_from_db()
    assert mine.name == "Own"
    assert "Own" not in client.get(SAVED, headers={"host": HOST}).content.decode()


def test_a_saved_search_is_renamed_and_deleted(put, six, delegate_of_kenya, keep, client):
    keep()
    saved = SavedSearch.objects.get()
    client.post(
        f"{SAVED}{saved.pk}/", {"name": "Renamed", "frequency": "weekly"}, headers={"host": HOST}
    )
    saved.refresh_from_db()
    assert (saved.name, saved.frequency) == ("Renamed", Frequency.WEEKLY)
    assert saved.next_at - timezone.now() > timedelta(days=6)
    client.post(f"{SAVED}{saved.pk}/", {"delete": "1"}, headers={"host": HOST})
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("query", ["", "q=", "nothing=1", "sort=sideways&q=x", "q=" + "x" * 2000])
def test_what_asks_nothing_or_wrongly_is_not_saved_and_said(put, delegate_of_kenya, keep, query):
    page = keep(query)
    assert not SavedSearch.objects.exists()
    assert 'class="notice notice--error' in page.content.decode()


def test_there_is_room_for_so_many(put, delegate_of_kenya, keep, fra):
    SavedSearch.objects.bulk_create(
        SavedSearch(user=delegate_of_kenya, site=fra, name=str(n), query="q=x", language="en")
        for n in range(MOST_SAVED)
    )
    page = keep()
    assert SavedSearch.objects.count() == MOST_SAVED
    assert str(MOST_SAVED) in page.content.decode()


def test_a_letter_tells_of_what_is_new_once_and_of_nothing_old(
    put, six, delegate_of_kenya, keep, monkeypatch
):
    keep()
    assert write_due_letters() == 0
    put("page:7", title="Security of ships")
    a_week_later(monkeypatch)
    assert write_due_letters() == 1
    (letter,) = mail.outbox
    assert letter.to == ["delegate@ken.example"]
    assert "Security of ships" in letter.body
    assert TITLES["en"][0] not in letter.body
    SavedSearch.objects.update(next_at=timezone.now())
    assert write_due_letters() == 1
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("language", TITLES)
def test_a_letter_is_in_the_language_of_its_search(
    put, delegate_of_kenya, keep, monkeypatch, language
):
    title, word, _begun = TITLES[language]
    keep(f"q={word}", lang=language)
    put("page:7", language=language, title=title)
    a_week_later(monkeypatch)
    write_due_letters()
    (letter,) = mail.outbox
    assert title in letter.body
    assert f"/{language}/" in letter.body


def test_a_letter_names_only_what_is_public_and_counts_the_rest(
    put, delegate_of_kenya, keep, monkeypatch
):
    keep("q=quetzal&scope=all")
    put("page:7", title="Quetzal for all")
    put("page:8", title="Quetzal within", audience="portal", site="ken")
    a_week_later(monkeypatch)
    write_due_letters()
    (letter,) = mail.outbox
    assert "Quetzal for all" in letter.body
    assert "within" not in letter.body
    assert "1 new result is not public" in letter.body


def test_who_reads_no_portal_is_not_told_that_there_is_anything(put, sign_in, keep, monkeypatch):
    user = sign_in()
    User.objects.filter(pk=user.pk).update(email="nobody@ken.example")
    keep("q=quetzal&scope=all")
    put("page:8", title="Quetzal within", audience="portal")
    a_week_later(monkeypatch)
    write_due_letters()
    assert mail.outbox == []


def test_no_letter_goes_to_a_closed_account(put, delegate_of_kenya, keep, monkeypatch):
    keep()
    put("page:7", title="Security of ships")
    User.objects.update(is_active=False)
    a_week_later(monkeypatch)
    assert write_due_letters() == 0
    assert mail.outbox == []
    User.objects.update(is_active=True)
    assert write_due_letters() == 1
    assert len(mail.outbox) == 1


def test_while_the_index_is_away_nothing_is_forgotten(
    put, delegate_of_kenya, keep, monkeypatch, settings
):
    keep()
    put("page:7", title="Security of ships")
    a_week_later(monkeypatch)
    before = SavedSearch.objects.get().seen

    def away(*args, **kwargs):
        raise EngineError("away")

    with monkeypatch.context() as patch:
        patch.setattr("search.engines.embedded.EmbeddedEngine.find", away)
        assert write_due_letters() == 1
    assert (mail.outbox, SavedSearch.objects.get().seen) == ([], before)
    SavedSearch.objects.update(next_at=timezone.now())
    write_due_letters()
    assert len(mail.outbox) == 1


def test_two_workers_write_one_letter(put, delegate_of_kenya, keep, monkeypatch):
    keep()
    a_week_later(monkeypatch)
    assert (len(due_searches()), len(due_searches())) == (1, 0)


def test_the_last_line_of_a_letter_stops_them_without_signing_in(
    put, delegate_of_kenya, keep, monkeypatch, client
):
    keep()
    put("page:7", title="Security of ships")
    a_week_later(monkeypatch)
    write_due_letters()
    (letter,) = mail.outbox
    address = re.search(r"http://[^/]+(/en/search/saved/stop/\S+)", letter.body)[1]
    assert address in letter.extra_headers["List-Unsubscribe"]
    client.logout()
    assert client.get(address, headers={"host": HOST}).status_code == 200
    assert SavedSearch.objects.get().frequency == Frequency.DAILY
    assert client.post(address, headers={"host": HOST}).status_code == 200
    assert SavedSearch.objects.get().frequency == Frequency.NEVER
    for made_up in ("1", "x:y", address.split("/")[-2] + "x"):
        forged = client.post(f"{SAVED}stop/{made_up}/", headers={"host": HOST})
        assert forged.status_code == 404


# Feeds


def entries(response):
    tree = ElementTree.fromstring(response.content)
    return [entry.findtext(f"{ATOM}title") for entry in tree.iter(f"{ATOM}entry")]


@pytest.mark.parametrize("language", TITLES)
def test_any_search_is_a_feed_in_its_language(put, six, client, language):
    title, word, _begun = TITLES[language]
    response = client.get(
        f"/{language}/search/feed/", {"q": word, "in": language}, headers={"host": HOST}
    )
    assert response["Content-Type"].startswith("application/atom+xml")
    assert entries(response) == [title]


def test_a_feed_tells_only_what_is_public_whoever_asks(put, delegate_of_kenya, client, finder):
    put("page:7", title="Quetzal for all")
    put("page:8", title="Quetzal within", audience="portal")
    assert len(finder(q="quetzal").titles) == 2
    response = client.get("/en/search/feed/", {"q": "quetzal"}, headers={"host": HOST})
    assert entries(response) == ["Quetzal for all"]


@pytest.mark.parametrize(
    ("query", "status"), [("", 404), ("q=x&sort=no", 400), ("what=1", 400), ("q=x&after=x", 400)]
)
def test_a_feed_of_nothing_or_of_a_wrong_question_is_refused(put, client, query, status):
    response = client.get(f"/en/search/feed/?{query}", headers={"host": HOST})
    assert response.status_code == status
