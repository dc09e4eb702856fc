"""The directory: every language's own order, filters, and queries that do not grow."""

import re

import pytest

from cms.access.services import provision_site
from cms.languages import codes
from cms.languages.collation import alphabet, letter, sort_key
from cms.languages.names import state_name, state_names
from cms.missions.models import Mission
from cms.missions.selectors import directory
from cms.missions.services import import_missions, provision_mission, reference_rows
from cms.pages.models import Page, SiteKind
from cms.pages.sites import touch_all_sites
from tests.worlds import world

from .factories import DirectoryPageFactory, MissionFactory

pytestmark = pytest.mark.django_db


def listed(response):
    """The names in the register, in order."""
    return [
        re.sub(r"<[^>]*>.*", "", entry).strip()
        for entry in re.findall(
            r'data-entry lang="[^"]*" dir="[^"]*">(?:<a[^>]*>)?(.*?)</li>',
            response.content.decode(),
            re.DOTALL,
        )
    ]


@world
def page(states):
    return DirectoryPageFactory()


@pytest.mark.parametrize("language", codes.CODES)
def test_all_missions_stand_in_the_order_of_the_readers_language(language, page, get):
    response = get(f"/{language}/", host="localhost")
    names = [name.replace("&#x27;", "'") for name in listed(response)]
    assert len(names) == 195
    assert names == sorted(names, key=sort_key(language))
    positions = [alphabet(language).index(letter(name, language)) for name in names]
    assert positions == sorted(positions)


def test_spain_is_found_under_each_languages_letter(page, get):
    found = {"ar": "ا", "zh": "X", "en": "S", "fr": "E", "ru": "И", "es": "E"}
    for language, sign in found.items():
        spain = getattr(Mission.objects.get(code="ESP"), f"short_name_{language}")
        assert spain in listed(get(f"/{language}/?letter={sign}", host="localhost"))


@pytest.mark.parametrize(
    ("group", "number"),
    [("AFR", 54), ("APG", 54), ("EEG", 23), ("GRULAC", 33), ("WEOG", 29), ("observers", 2)],
)
def test_a_group_narrows_the_list(group, number, page, get):
    assert len(listed(get(f"/ru/?group={group}", host="localhost"))) == number


def test_group_and_letter_together(page, get):
    assert listed(get("/es/?group=GRULAC&letter=C", host="localhost")) == [
        "Chile",
        "Colombia",
        "Costa Rica",
        "Cuba",
    ]


@pytest.mark.parametrize("query", ["group=NATO", "letter=Щ", "letter=ZZ", "group=%00"])
def test_a_group_or_letter_that_does_not_exist_is_not_found(query, page, get):
    assert get(f"/en/?{query}", host="localhost").status_code == 404


def test_a_letter_without_a_state_is_shown_and_leads_nowhere(page, get):
    content = get("/en/", host="localhost").content.decode()
    assert "<span>X</span>" in content
    assert '<a href="?letter=Y">Y</a>' in content


def test_only_missions_with_a_public_site_are_linked(page, get):
    profile = provision_mission("FRA").profile
    content = get("/ar/", host="localhost").content.decode()
    assert '<a href="http://fra.localhost/ar/">فرنسا</a>' in content
    assert "egy.localhost" not in content
    home = profile.site.root_page.specific
    home.unpublish()
    touch_all_sites()
    assert "fra.localhost" not in get("/ar/", host="localhost").content.decode()


def test_a_name_that_a_language_lacks_is_shown_in_another_and_marked(get):
    MissionFactory(code="NEW", short_name_zh="", short_name_ar="", source_language="ru")
    DirectoryPageFactory()
    content = get("/zh/", host="localhost").content.decode()
    assert 'data-entry lang="ru" dir="ltr">Франция' in content


def test_the_number_of_queries_does_not_grow_with_the_number_of_missions(
    get, django_assert_max_num_queries
):
    DirectoryPageFactory()
    import_missions(reference_rows()[:20])
    provision_mission("AFG")
    get("/en/", host="localhost")
    touch_all_sites()
    with django_assert_max_num_queries(11) as few:
        assert len(listed(get("/en/", host="localhost"))) == 20
    import_missions(reference_rows())
    for code in ("FRA", "EGY", "CHN"):
        provision_mission(code)
    with django_assert_max_num_queries(len(few)):
        assert len(listed(get("/en/", host="localhost"))) == 195


def test_the_other_sites_are_linked_in_the_readers_language(page, get):
    provision_site(
        code="c3",
        kind=SiteKind.COMMITTEE,
        hostname="c3.localhost",
        port=80,
        home=Page(title_ru="Третий комитет", title_fr="Troisième Commission"),
        collection_name="c3",
    )
    content = get("/ru/", host="localhost").content.decode()
    assert '<a href="http://c3.localhost/ru/">Третий комитет</a>' in content
    assert 'lang="fr" dir="ltr"><a href="http://c3.localhost/es/">Troisième' in (
        get("/es/", host="localhost").content.decode()
    )


def test_other_rooms_ask_for_names_by_code(states, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert state_names(["SEN", "XYZ", "EGY"], "ar") == {
            "SEN": "السنغال",
            "XYZ": "XYZ",
            "EGY": "مصر",
        }
    assert state_name("CHN", "zh") == "中国"


def test_the_api_gives_the_same_list(states):
    page = DirectoryPageFactory()
    with codes.override("es"):
        entries = page.missions
    assert [entry["name"] for entry in entries[:2]] == ["Afganistán", "Albania"]
    assert entries[0].keys() == {"code", "name", "title", "group", "observer", "url"}
    assert len(directory("es").entries) == 195
