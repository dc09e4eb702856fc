"""Events: moments shown on the clocks of their own zone, and calendar files that read back."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.urls import reverse
from icalendar import Calendar

from cms.access.services import give_role
from cms.languages import codes
from cms.missions.models import EventPage

from .factories import NAMES, WATER, EventIndexPageFactory, EventPageFactory, site_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("france")]


def event_of(response):
    calendar = Calendar.from_ical(response.content)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_times_are_shown_on_the_events_clocks_and_the_zone_is_named(get):
    EventPageFactory(slug="talk")
    content = get("/fr/events/talk/").content.decode()
    times = "12\u00a0heures – 14\u00a0heures"
    assert f'<time datetime="2027-01-15T12:00:00-05:00">{times}</time>' in content
    assert "heure normale de l’Est nord-américain · \u2066UTC−05:00\u2069" in content
    card = get("/fr/events/").content.decode()
    assert "15 janvier 2027" in card
    assert times in card


def test_an_event_in_geneva_is_told_in_geneva(get):
    EventPageFactory(slug="talk", zone="Europe/Zurich")
    assert "18:00" in get("/ru/events/talk/").content.decode()


@pytest.mark.parametrize("language", codes.CODES)
def test_the_calendar_file_reads_back_in_each_language(language, get):
    page = EventPageFactory(slug="talk")
    response = get(f"/{language}/events/talk/event.ics")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Language"] == language
    calendar, event = event_of(response)
    assert event["SUMMARY"] == WATER[language]
    assert event["SUMMARY"].params["LANGUAGE"] == language
    assert event["LOCATION"] == NAMES[language]
    assert event.decoded("DTSTART") == page.start
    assert event.decoded("DTEND") == page.end
    assert event.decoded("DTSTART").tzinfo.key == "America/New_York"
    assert event["UID"] == f"event-{page.pk}@fra.localhost"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["America/New_York"]
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))


def test_the_calendar_file_uses_another_language_where_one_is_missing(get):
    only = {f"title_{code}": "" for code in codes.CODES if code != "ar"}
    EventPageFactory(slug="talk", source_language="ar", **only)
    response = get("/es/events/talk/event.ics")
    assert response["Content-Language"] == "ar"
    assert event_of(response)[1]["SUMMARY"] == WATER["ar"]


def test_semicolons_and_line_breaks_stay_inside_their_field(get):
    EventPageFactory(slug="talk", summary_fr="Un; deux,\nATTENDEE:mailto:x@example.org")
    _calendar, event = event_of(get("/fr/events/talk/event.ics"))
    assert event["DESCRIPTION"] == "Un; deux,\nATTENDEE:mailto:x@example.org"
    assert "ATTENDEE" not in event


def test_a_draft_has_no_calendar_file(get):
    EventPageFactory(slug="talk", live=False)
    assert get("/fr/events/talk/event.ics").status_code == 404


def test_past_events_are_kept_apart(get):
    year = datetime.timedelta(days=365)
    EventPageFactory(slug="next", title_fr="Prochain")
    start = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    EventPageFactory(slug="last", title_fr="Ancien", start=start, end=start + year)
    coming, past = get("/fr/events/").content.decode(), get("/fr/events/?past=1").content.decode()
    assert "Prochain" in coming
    assert "Ancien" not in coming
    assert "Ancien" in past
    assert "Prochain" not in past
    assert "Prochain" in get("/fr/").content.decode()


def test_an_event_may_not_end_before_it_starts():
    with pytest.raises(ValidationError, match="ends before it starts"):
        EventPageFactory(end=datetime.datetime(2027, 1, 15, 16, tzinfo=datetime.UTC))


def test_an_unknown_zone_is_refused():
    with pytest.raises(ValidationError, match="not a time zone"):
        EventPageFactory(zone="Europe/Atlantis")


# --- the editor -------------------------------------------------------------------------------


@pytest.fixture
def editor(client):
    user = User.objects.create_user("fra.editor")
    give_role(user, "editor", site=site_of().mission.profile)
    client.force_login(user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"  # what the tests below read
    return user


def form_data(**changes):
    columns = {
        f"{name}_{code}": ""
        for code in codes.CODES
        for name in ("title", "summary", "place", "seo_title", "search_description")
    }
    blocks = {f"body_{code}-count": "0" for code in codes.CODES}
    given = {
        "title_fr": "Journée de l’eau",
        "slug": "eau",
        "source_language": "fr",
        "start": "2027-03-22 10:00",
        "end": "2027-03-22 13:00",
        "zone": "Europe/Zurich",
        "action-publish": "action-publish",
    }
    return columns | blocks | given | changes


def add(client, **changes):
    url = reverse("wagtailadmin_pages:add", args=["missions", "eventpage", index().pk])
    return client.post(url, form_data(**changes), headers={"host": "fra.localhost"})


def index():
    return EventIndexPageFactory()


def test_times_are_typed_on_the_clocks_of_the_chosen_zone(editor, client):
    response = add(client)
    assert response.status_code == 302, response.content.decode()[:2000]
    page = EventPage.objects.get(slug="eau")
    assert page.start == datetime.datetime(2027, 3, 22, 9, tzinfo=datetime.UTC)
    assert page.local_start == datetime.datetime(2027, 3, 22, 10, tzinfo=ZoneInfo("Europe/Zurich"))
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = client.get(url, headers={"host": "fra.localhost"}).content.decode()
    assert 'value="2027-03-22 10:00"' in form


def test_the_editor_is_told_beside_the_field_that_an_event_ends_too_early(editor, client):
    response = add(client, end="2027-03-22 09:00")
    assert response.status_code == 200
    assert "The event ends before it starts." in response.content.decode()
    assert not EventPage.objects.filter(slug="eau").exists()


def test_a_zone_that_is_none_of_the_list_is_refused_in_the_form(editor, client):
    response = add(client, zone="Mars/Olympus")
    assert response.status_code == 200
    assert not EventPage.objects.filter(slug="eau").exists()
