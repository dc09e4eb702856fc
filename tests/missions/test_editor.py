"""The editor of people and offices: a fold a language, and refusals beside what they refuse."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from cms.access.services import give_role
from cms.languages import codes
from cms.missions.models import Mission, OpeningHours, PeoplePage

from .factories import ContactPageFactory, PeoplePageFactory, site_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("france")]

PERSON = ("name", "rank", "function", "biography")


@pytest.fixture
def editor(client):
    user = User.objects.create_user("fra.editor")
    give_role(user, "editor", site=site_of().mission.profile)
    client.force_login(user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"  # what the tests below read
    return user


def url_of(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def page_data(page, **changes):
    names = ("title", "intro", "seo_title", "search_description")
    columns = {
        f"{name}_{code}": getattr(page, f"{name}_{code}") or ""
        for code in codes.CODES
        for name in names
    }
    columns |= {f"intro_{code}": "null" for code in codes.CODES}
    return {
        **columns,
        "slug": page.slug,
        "source_language": page.source_language,
        "action-publish": "action-publish",
        **changes,
    }


def people_data(*people):
    data = {
        "people-TOTAL_FORMS": len(people),
        "people-INITIAL_FORMS": 0,
        "people-MIN_NUM_FORMS": 0,
        "people-MAX_NUM_FORMS": 1000,
    }
    for number, person in enumerate(people):
        texts = {f"{name}_{code}": "" for name in PERSON for code in codes.CODES}
        given = texts | {"ORDER": number, "id": "", "email": "", "telephone": "", "since": ""}
        data |= {f"people-{number}-{name}": value for name, value in (given | person).items()}
    return data


def test_each_language_of_a_person_has_a_fold_in_its_own_direction(editor, client):
    page = PeoplePageFactory()
    html = client.get(url_of(page), headers={"host": "fra.localhost"}).content.decode()
    first = html[html.index("people-0-is_representative") :]
    folds = re.findall(r'<details[^>]*lang="(\w+)" dir="(\w+)"( open)?', first)[:6]
    assert folds == [
        ("ar", "rtl", " open"),
        ("zh", "ltr", ""),
        ("en", "ltr", " open"),
        ("fr", "ltr", " open"),
        ("ru", "ltr", ""),
        ("es", "ltr", ""),
    ]


def test_people_are_typed_in_order_and_published(editor, client, get):
    page = PeoplePage.objects.child_of(site_of()).get()
    data = page_data(page) | people_data(
        {"name_ar": "سلمى", "is_representative": "on"}, {"name_zh": "李明"}
    )
    response = client.post(url_of(page), data, headers={"host": "fra.localhost"})
    assert response.status_code == 302, response.content.decode()[:2000]
    assert [str(person) for person in page.people.all()] == ["سلمى", "李明"]
    assert str(Mission.objects.get(code="FRA").representative) == "سلمى"
    client.logout()
    assert '<span lang="zh" dir="ltr">李明</span>' in get("/fr/people/").content.decode()


@pytest.mark.parametrize(
    ("people", "reason"),
    [
        (
            [
                {"name_fr": "Une", "is_representative": "on"},
                {"name_fr": "Deux", "is_representative": "on"},
            ],
            "Mark one person at most",
        ),
        ([{"rank_fr": "Ambassadeur"}], "Give the person&#x27;s name in one language."),
    ],
)
def test_what_a_list_of_people_cannot_be_is_refused(people, reason, editor, client):
    page = PeoplePage.objects.child_of(site_of()).get()
    data = page_data(page) | people_data(*people)
    response = client.post(url_of(page), data, headers={"host": "fra.localhost"})
    assert response.status_code == 200
    assert reason in response.content.decode()
    assert not page.people.exists()


def test_weekdays_are_offered_in_the_editors_language(editor, client):
    page = ContactPageFactory()
    html = client.get(
        url_of(page), headers={"host": "fra.localhost", "accept-language": "fr"}
    ).content.decode()
    assert '<option value="0" selected>lundi</option>' in html
    with codes.override("ru"):
        assert OpeningHours.objects.get().days == "Понедельник–Пятница"
