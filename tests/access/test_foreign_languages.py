"""A translator changes the words of their languages and nothing else, whichever way they try."""

import json

import pytest
from django.contrib.auth.models import User
from wagtail.models import APIToken

from cms.access.services import give_role
from cms.languages import states
from cms.missions.models import ContactPage, Office, StandardPage
from cms.pages import changing
from cms.pages.changing import ForeignLanguage
from tests.missions.factories import bodies, body, in_six
from tests.worlds import world

pytestmark = pytest.mark.django_db

TITLES = {"ar": "الماء", "zh": "水", "en": "Water", "fr": "L’eau", "ru": "Вода", "es": "El agua"}


@pytest.fixture
def fra(small_world):
    return small_world.places["fra"]


def translator(site, *languages):
    user = User.objects.create_user("translator.of." + ".".join(languages))
    for language in languages:
        give_role(user, "translator", site=site, language=language)
    return user


@world
def in_six_languages(small_world):
    """A page and a contact page with two offices, published."""
    home = small_world.places["fra"].home
    page = home.add_child(
        instance=StandardPage(
            slug="water", source_language="fr", **in_six("title", TITLES), **bodies(TITLES)
        )
    )
    contact = ContactPage(slug="contact", source_language="fr", **in_six("title", TITLES))
    contact.offices = [
        Office(**in_six("name", TITLES), fax="1", sort_order=0),
        Office(name_fr="Consulat", sort_order=1),
    ]
    home.add_child(instance=contact)
    for made in (page, contact):
        made.save_revision().publish()
    return page.pk, contact.pk


@pytest.fixture
def page(in_six_languages):
    return StandardPage.objects.get(pk=in_six_languages[0])


@pytest.fixture
def contact(in_six_languages):
    return ContactPage.objects.get(pk=in_six_languages[1])


def draft(page):
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


@pytest.mark.parametrize("languages", [("ar",), ("zh", "ru"), ("en", "fr", "es")])
def test_a_translator_saves_each_of_their_languages_and_no_other(fra, page, languages):
    user = translator(fra.profile, *languages)
    for code in TITLES:
        mine = draft(page)
        setattr(mine, f"title_{code}", "أ 水 A")
        setattr(mine, f"body_{code}", body("أ 水 A"))
        if code in languages:
            mine.save_revision(user=user)
            assert getattr(draft(page), f"title_{code}") == "أ 水 A"
        else:
            with pytest.raises(ForeignLanguage) as refused:
                mine.save_revision(user=user)
            assert refused.value.columns == (f"title_{code}", f"body_{code}")
            assert getattr(draft(page), f"title_{code}") == TITLES[code]


@pytest.mark.parametrize(
    ("column", "value"),
    [("slug", "other"), ("source_language", "ar"), ("show_in_menus", True)],
)
def test_what_all_languages_share_is_not_a_translators(fra, page, column, value):
    mine = draft(page)
    setattr(mine, column, value)
    with pytest.raises(ForeignLanguage, match="العربية"):
        mine.save_revision(user=translator(fra.profile, "ar"))
    editor = User.objects.create_user("an.editor")
    give_role(editor, "editor", site=fra.profile)
    mine.save_revision(user=editor)
    assert getattr(draft(page), column) == value


def test_a_translator_who_is_also_an_editor_writes_everything(fra, page):
    user = translator(fra.profile, "ar")
    give_role(user, "editor", site=fra.profile)
    mine = draft(page)
    mine.title_es, mine.slug = "Otra", "otra"
    mine.save_revision(user=user)
    assert draft(page).title_es == "Otra"


def test_a_translator_writes_their_column_of_an_office_and_nothing_else_of_it(fra, contact):
    user = translator(fra.profile, "ru")
    mine = draft(contact)
    mine.offices.get_object_list()[0].name_ru = "Бюро"
    mine.save_revision(user=user)
    assert draft(contact).offices.all()[0].name_ru == "Бюро"
    for change in (
        lambda page: setattr(page.offices.get_object_list()[0], "name_ar", "دار"),
        lambda page: setattr(page.offices.get_object_list()[0], "fax", "2"),
        lambda page: page.offices.add(Office(name_ru="Новое")),
        lambda page: page.offices.remove(page.offices.all()[1]),
    ):
        mine = draft(contact)
        change(mine)
        with pytest.raises(ForeignLanguage):
            mine.save_revision(user=user)


def test_a_translator_says_where_their_language_stands_and_not_where_anothers_does(fra, page):
    user = translator(fra.profile, "zh")
    for code in ("zh", "ar"):
        mine = draft(page)
        mine.translations = states.with_status(mine.translations, code, "needs_review")
        if code == "zh":
            mine.save_revision(user=user)
        else:
            with pytest.raises(ForeignLanguage):
                mine.save_revision(user=user)
    record = draft(page).translations
    assert states.status_of(record, "zh") == "needs_review"
    assert states.status_of(record, "ar") is None


def test_an_older_draft_comes_back_where_only_own_words_differ(fra, page):
    user = translator(fra.profile, "es")
    first = page.get_latest_revision()
    mine = draft(page)
    mine.title_es = "Otra"
    mine.save_revision(user=user)
    first.as_object().save_revision(user=user, previous_revision=first)
    assert draft(page).title_es == "El agua"
    others = draft(page)
    others.title_zh = "他"
    others.save_revision()
    with pytest.raises(ForeignLanguage):
        first.as_object().save_revision(user=user, previous_revision=first)


def test_nobody_pays_for_the_rule_but_translators(fra, page, django_assert_max_num_queries):
    editor = User.objects.create_user("an.editor")
    give_role(editor, "editor", site=fra.profile)
    mine = draft(page)
    changing.check(mine, editor)
    with django_assert_max_num_queries(0):
        changing.check(mine, editor)
        changing.check(mine, None)


# --- the API -------------------------------------------------------------------------------------


@pytest.fixture
def patch(client, fra):
    def send(user, page, **fields):
        token = APIToken.create_token(user=user, name="t")[1]
        body = {"meta": {"type": page._meta.label}, **fields}
        return client.patch(
            f"/api/v3/pages/{page.pk}/",
            json.dumps(body),
            content_type="application/json",
            headers={"host": fra.host, "authorization": f"Bearer {token}"},
        )

    return send


def test_the_api_names_the_fields_that_are_not_a_translators(fra, page, patch):
    user = translator(fra.profile, "ar")
    response = patch(user, page, title_ar="جديد", title_en="New", slug="new")
    assert response.status_code == 403
    assert response["Content-Type"] == "application/problem+json"
    named = sorted(one["loc"] for one in response.json()["errors"])
    assert named == [["body", "slug"], ["body", "title_en"]]
    assert draft(page).title_ar == TITLES["ar"]
    assert patch(user, page, title_ar="جديد").status_code == 200
    assert (draft(page).title_ar, draft(page).title_en) == ("جديد", "Water")


def test_a_patch_of_one_language_never_takes_back_another_that_was_just_saved(fra, page, patch):
    arabic, russian = (translator(fra.profile, code) for code in ("ar", "ru"))
    assert patch(arabic, page, title_ar="أ").status_code == 200
    assert patch(russian, page, title_ru="Р").status_code == 200
    assert patch(arabic, page, title_ar="ب").status_code == 200
    assert (draft(page).title_ar, draft(page).title_ru) == ("ب", "Р")


def test_a_translator_does_not_publish_with_a_patch(fra, page, patch):
    user = translator(fra.profile, "ar")
    response = patch(
        user, page, title_ar="جديد", meta={"type": page._meta.label, "action": "publish"}
    )
    assert response.status_code == 403
    assert StandardPage.objects.get(pk=page.pk).title_ar == TITLES["ar"]
