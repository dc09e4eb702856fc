"""Every page type of a mission's site, in six languages and where a language is missing."""

import json
import re

import pytest
from django.core.exceptions import ValidationError

from cms.languages import codes
from cms.missions.models import HomePage, Mission, PeoplePage, StatementPage
from tests.worlds import world

from .factories import (
    NAMES,
    WATER,
    ContactPageFactory,
    DirectoryPageFactory,
    EventIndexPageFactory,
    EventPageFactory,
    HomePageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    PeoplePageFactory,
    PersonFactory,
    ServicePageFactory,
    StandardPageFactory,
    StatementIndexPageFactory,
    StatementPageFactory,
    site_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("france")]

FACTORIES = [
    HomePageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    StatementIndexPageFactory,
    StatementPageFactory,
    EventIndexPageFactory,
    EventPageFactory,
    PeoplePageFactory,
    ContactPageFactory,
    ServicePageFactory,
    StandardPageFactory,
    DirectoryPageFactory,
]


def main_of(response):
    """(attributes of <main>, what is in it)."""
    found = re.search(r"<main([^>]*)>(.*)</main>", response.content.decode(), re.DOTALL)
    return found[1], found[2]


@world
def one_of_each(france):
    """{page type: id of a page of it}."""
    return {factory._meta.model: factory().pk for factory in FACTORIES}


@pytest.mark.parametrize("factory", FACTORIES, ids=lambda factory: factory._meta.model.__name__)
@pytest.mark.parametrize("language", codes.CODES)
def test_a_page_is_shown_in_each_language(factory, language, one_of_each, get):
    page = factory._meta.model.objects.get(pk=one_of_each[factory._meta.model])
    host = "localhost" if factory is DirectoryPageFactory else "fra.localhost"
    response = get(page.url_in(language).replace(f"http://{host}", ""), host=host)
    assert response.status_code == 200
    attributes, content = main_of(response)
    assert f'lang="{language}"' in attributes
    assert f'dir="{codes.direction(language)}"' in attributes
    assert len(re.findall(r"<h1[ >]", content)) == 1
    assert response["Content-Language"] == language


@pytest.mark.parametrize("factory", FACTORIES, ids=lambda factory: factory._meta.model.__name__)
def test_words_of_an_editor_are_never_taken_for_markup(factory, one_of_each, get):
    page = factory._meta.model.objects.get(pk=one_of_each[factory._meta.model])
    page.title_en = 'Water <script>alert(1)</script> & "all"'
    page.save()
    host = "localhost" if factory is DirectoryPageFactory else "fra.localhost"
    text = get(page.url_in("en").replace(f"http://{host}", ""), host=host).content.decode()
    assert "<script>alert" not in text


@pytest.mark.parametrize("wanted", ["fr", "zh", "ar"])
def test_a_missing_language_is_shown_in_the_source_and_marked(wanted, get):
    only = {f"title_{code}": "" for code in codes.CODES if code != "ru"}
    page = NewsPageFactory(source_language="ru", **only)
    response = get(f"/{wanted}/news/{page.slug}/")
    attributes, content = main_of(response)
    assert response.status_code == 200
    assert response["Content-Language"] == "ru"
    assert 'lang="ru"' in attributes
    assert WATER["ru"] in content


def test_a_list_marks_the_language_of_each_entry(get):
    NewsPageFactory(
        slug="arabic", source_language="ar", **{f"title_{code}": "" for code in ("fr", "en")}
    )
    NewsPageFactory(slug="french")
    content = get("/fr/news/").content.decode()
    arabic = f'<a href="/fr/news/arabic/">{WATER["ar"]}'
    assert f'dir="rtl">\n\n<h2 class="news-item__title">{arabic}' in content
    assert f'<a href="/fr/news/french/">{WATER["fr"]}' in content


def test_the_front_page_tells_the_latest_first_and_who_represents_the_state(get):
    for day in range(1, 8):
        NewsPageFactory(slug=f"day-{day}", date=f"2026-05-0{day}", title_fr=f"Jour {day}")
    StatementPageFactory(slug="speech", title_fr="Discours")
    page = PeoplePageFactory()
    page.save_revision().publish()
    ContactPageFactory()
    content = get("/fr/").content.decode()
    assert re.findall(r">Jour (\d)<", content) == ["7", "6", "5", "4"]
    assert "Discours" in content
    assert "Hélène Vauclair" in content
    assert "Ambassadrice" in content
    assert "245 East 47th Street" in content


def test_a_draft_is_not_listed_and_not_found(get):
    page = NewsPageFactory(slug="secret", live=False, title_fr="Secret")
    assert "Secret" not in get("/fr/").content.decode()
    assert "Secret" not in get("/fr/news/").content.decode()
    assert get("/fr/news/secret/").status_code == 404
    page.save_revision().publish()
    assert get("/fr/news/secret/").status_code == 200


@world
def long_lists(france):
    people = PeoplePageFactory()
    ContactPageFactory()
    for number in range(15):
        NewsPageFactory(slug=f"n{number}")
        StatementPageFactory(slug=f"s{number}")
        PersonFactory(page=people, is_representative=False)


@pytest.mark.parametrize("path", ["/fr/", "/fr/news/", "/fr/statements/", "/fr/people/"])
def test_the_number_of_queries_does_not_grow_with_what_is_listed(
    path, long_lists, get, django_assert_max_num_queries
):
    get("/fr/contact/")
    with django_assert_max_num_queries(16):
        assert get(path).status_code == 200


def test_lists_are_paged(get):
    for number in range(21):
        NewsPageFactory(slug=f"n{number}", title_fr=f"Nouvelle {number}")
    assert get("/fr/news/").content.decode().count("news-item__title") == 20
    assert get("/fr/news/?page=2").content.decode().count("news-item__title") == 1
    assert get("/fr/news/?page=bogus").status_code == 200


# --- statements -------------------------------------------------------------------------------


def test_a_statement_says_who_spoke_where_when_and_in_which_language(get):
    StatementPageFactory(slug="speech")
    content = get("/ru/statements/speech/").content.decode()
    assert "A/78/PV.5" in content
    assert NAMES["ru"] in content
    assert '<dd lang="fr" dir="ltr">Français</dd>' in content
    assert '<time datetime="2023-09-19">19 сентября 2023' in content


def test_a_statement_without_text_and_without_file_is_refused():
    parent = StatementIndexPageFactory()
    page = StatementPage(title_es="Declaración", source_language="es", slug="declaracion")
    with pytest.raises(ValidationError, match="text of the statement"):
        parent.add_child(instance=page)
    page.body_es = '[{"type": "rich_text", "value": "<p>Señor Presidente</p>"}]'
    parent.add_child(instance=page)
    assert page.pk


# --- people -----------------------------------------------------------------------------------


def test_the_person_marked_on_the_page_of_people_represents_the_state():
    page = PeoplePageFactory()
    assert Mission.objects.get(code="FRA").representative is None
    page.save_revision().publish()
    assert str(Mission.objects.get(code="FRA").representative) == "Hélène Vauclair"
    page = PeoplePage.objects.get(pk=page.pk)
    page.people = []
    page.save_revision().publish()
    assert Mission.objects.get(code="FRA").representative is None


def test_a_draft_of_the_people_changes_nobodys_office():
    page = PeoplePageFactory()
    page.save_revision().publish()
    page = PeoplePage.objects.get(pk=page.pk)
    page.people = []
    page.save_revision()
    assert Mission.objects.get(code="FRA").representative is not None


def test_six_languages_of_a_person_survive_a_revision():
    page = PeoplePageFactory()
    page.save_revision().publish()
    restored = page.get_latest_revision_as_object()
    (person,) = restored.people.all()
    assert (person.name_fr, person.name_ar, person.name_zh or "") == (
        "Hélène Vauclair",
        "هيلين فوكلير",
        "",
    )


def test_people_stand_in_the_order_of_protocol(get):
    page = PeoplePageFactory()
    PersonFactory(page=page, name_fr="Zoé", sort_order=1, is_representative=False)
    PersonFactory(page=page, name_fr="Alix", sort_order=2, is_representative=False)
    content = get("/fr/people/").content.decode()
    assert content.index("Hélène") < content.index("Zoé") < content.index("Alix")


# --- contact ----------------------------------------------------------------------------------


def test_contact_gives_hours_on_local_clocks_and_a_plain_link_to_a_map(get):
    ContactPageFactory()
    content = get("/fr/contact/").content.decode()
    assert "lundi–vendredi" in content
    assert "9\u00a0heures – 17\u00a0heures" in content
    assert "nord-américain · \u2066UTC−0" in content
    assert (
        "https://www.openstreetmap.org/?mlat=40.75270&amp;mlon=-73.96800#map=17/40.75270/-73.96800"
        in content
    )
    assert 'href="tel:+12125550112"' in content
    assert "<iframe" not in content
    assert "openstreetmap.org" not in "".join(re.findall(r'src="[^"]*"', content))


def test_hours_are_told_in_the_zone_of_the_office(get):
    page = ContactPageFactory()
    page.zone = "Europe/Moscow"
    page.save()
    assert (
        "Москва, стандартное время · \u2066UTC+03:00\u2069" in get("/ru/contact/").content.decode()
    )


def test_half_a_place_and_hours_backwards_are_refused():
    page = ContactPageFactory()
    office = page.offices.get()
    office.longitude = None
    with pytest.raises(ValidationError, match="neither"):
        office.full_clean()
    hours = page.hours.get()
    hours.closes = hours.opens
    with pytest.raises(ValidationError, match="closes before"):
        hours.full_clean()


# --- services ---------------------------------------------------------------------------------


def test_a_service_shows_its_fees_in_a_table(get):
    table = {
        "type": "table",
        "value": {
            "table": {
                "caption": "Fees",
                "columns": [{"type": "text", "heading": "Passport"}],
                "rows": [{"values": ["130 USD"]}],
            },
            "row_headings": False,
            "source": "",
        },
    }
    ServicePageFactory(slug="passports", fees_en=json.dumps([table]))
    content = get("/en/passports/").content.decode()
    assert "<caption" in content
    assert "130 USD" in content
    assert WATER["en"] in content


# --- what is found ----------------------------------------------------------------------------


def test_records_below_a_page_are_found_with_it():
    people = PeoplePageFactory()
    contact = ContactPageFactory()
    assert "هيلين" in people.extra_search_text("ar")
    assert "هيلين" not in people.extra_search_text("fr")
    assert "47th Street" in contact.extra_search_text("en")
    assert NAMES["zh"] in HomePage.objects.get(pk=site_of().pk).extra_search_text("zh")
