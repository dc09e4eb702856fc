"""The panel of a page's languages: what it shows, what it does, and for whom."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageLogEntry
from wagtail.users.models import UserProfile

from cms.languages import codes
from cms.pages.models import Page, PageLanguage
from tests.many_sites import copy_site
from tests.sites import make_site
from tests.translation.desk import (
    TITLES,
    Desk,
    add_page,
    person,
    released,
    row,
    text_of,
    unfinished,
    write,
)
from tests.worlds import world

pytestmark = pytest.mark.django_db
OTHERS = [code for code in codes.CODES if code != "fr"]


@world
def fra():
    return make_site("fra", title_fr="Mission de la France", title_ar="بعثة فرنسا")


@world
def page(fra):
    """French, live, with drafts of the five others."""
    made = add_page(fra, live=True)
    return write(made, **{code: TITLES[code] for code in OTHERS})


@world
def claire(fra):
    return person("publisher", ("publisher", fra))


@pytest.fixture
def publisher(claire):
    return Desk(claire)


def do(desk, page, action, **data):
    return desk.post(f"{page.pk}/languages/", do=action, **data)


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_is_released_and_withdrawn_by_its_own_button(publisher, page, code):
    assert released(page)[page.pk] == ("fr",)
    response = do(publisher, page, f"release:{code}")
    assert response.status_code == 302
    assert codes.get(code).name in publisher.told(response)
    assert set(released(page)[page.pk]) == {"fr", code}
    do(publisher, page, f"withdraw:{code}")
    assert released(page)[page.pk] == ("fr",)
    actions = PageLogEntry.objects.filter(page=page.pk, action__startswith="pages.languages.")
    told = actions.order_by("pk").values_list("action", "user__username")
    assert list(told)[-2:] == [
        ("pages.languages.release", "publisher"),
        ("pages.languages.withdraw", "publisher"),
    ]


def test_all_that_are_ready_go_out_at_once_and_the_others_stay(publisher, page):
    unfinished(page, ru="Мирное время")
    do(publisher, page, "release:es")
    do(publisher, page, "withdraw:es")
    html = text_of(publisher.get(f"{page.pk}/languages/"))
    assert 'value="release_ready"' in html
    assert 'value="release:ru"' not in html
    assert 'value="release:es"' in html
    do(publisher, page, "release_ready")
    assert released(page)[page.pk] == ("ar", "zh", "en", "fr")
    assert 'value="release_ready"' not in text_of(publisher.get(f"{page.pk}/languages/"))


def test_a_language_that_is_not_ready_is_refused_with_the_reason(publisher, page):
    unfinished(page, ru="Мирное время")
    response = do(publisher, page, "release:ru")
    assert "Русский" in publisher.told(response)
    assert released(page)[page.pk] == ("fr",)


def test_the_last_language_asks_before_it_takes_the_page_along(publisher, page):
    asked = do(publisher, page, "withdraw:fr")
    assert asked.status_code == 200
    assert 'name="confirmed"' in text_of(asked)
    assert Page.objects.get(pk=page.pk).live
    do(publisher, page, "withdraw:fr", confirmed="1")
    assert not Page.objects.get(pk=page.pk).live
    assert released(page)[page.pk] == ()


def test_the_plan_is_read_on_the_clocks_of_the_users_zone(publisher, page, fra):
    user = publisher.client.session["_auth_user_id"]
    profile = UserProfile.objects.get(user_id=user)
    profile.current_time_zone = "Asia/Shanghai"
    profile.save()
    planned = do(publisher, page, "plan:zh", **{"zh-release_at": "2030-01-02 18:00"})
    assert planned.status_code == 302
    assert row(page, "zh").release_at == datetime.datetime(2030, 1, 2, 10, tzinfo=datetime.UTC)
    html = text_of(publisher.get(f"{page.pk}/languages/"))
    assert "2 Jan 2030 6 p.m." in html
    assert 'value="2030-01-02 18:00"' in html
    do(publisher, page, "plan:zh", **{"zh-release_at": "", "zh-withdraw_at": ""})
    assert row(page, "zh").release_at is None


@pytest.mark.parametrize(
    "plan",
    [
        {"ar-release_at": "2030-01-02 10:00", "ar-withdraw_at": "2030-01-01 10:00"},
        {"ar-release_at": "2001-01-02 10:00"},
        {"ar-release_at": "tomorrow"},
    ],
)
def test_a_plan_that_makes_no_sense_is_shown_again_with_the_reason(publisher, page, plan):
    response = do(publisher, page, "plan:ar", **plan)
    assert response.status_code == 200
    assert "error-message" in text_of(response)
    assert row(page, "ar").release_at is None


@pytest.mark.parametrize("wrong", ["", "release", "release:de", "burn:fr", "release_ready:fr"])
def test_an_unknown_action_is_no_action(publisher, page, wrong):
    assert do(publisher, page, wrong).status_code == 400
    assert released(page)[page.pk] == ("fr",)


def test_who_writes_but_does_not_publish_sees_it_and_changes_nothing(fra, page, publisher):
    translator = Desk(person("translator", ("translator", fra, "ar")))
    html = text_of(translator.get(f"{page.pk}/languages/"))
    assert "العربية" in html
    assert 'name="do"' not in html
    for action in ("release:ar", "withdraw:fr", "plan:ar", "release_ready"):
        assert do(translator, page, action).status_code in (302, 403)
    assert released(page)[page.pk] == ("fr",)
    do(publisher, page, "release:ar")
    assert released(page)[page.pk] == ("ar", "fr")


def test_a_stranger_meets_what_a_made_up_page_answers(page):
    stranger = Desk(person("stranger", ("publisher", make_site("ken", title_en="Kenya"))))
    theirs, made_up = (stranger.get(f"{pk}/languages/") for pk in (page.pk, 999_999))
    assert theirs.status_code == made_up.status_code == 404
    assert do(stranger, page, "release:ar").status_code == 404
    assert released(page)[page.pk] == ("fr",)


def test_a_locked_page_is_not_released(publisher, page):
    Page.objects.filter(pk=page.pk).update(locked=True)
    html = text_of(publisher.get(f"{page.pk}/languages/"))
    assert 'name="do"' not in html
    do(publisher, page, "release:ar")
    assert released(page)[page.pk] == ("fr",)


@pytest.mark.parametrize("code", codes.CODES)
def test_it_speaks_the_readers_language(fra, page, code):
    desk = Desk(person("reader", ("publisher", fra), language=code))
    response = desk.get(f"{page.pk}/languages/")
    html = text_of(response)
    assert f'dir="{codes.direction(code)}"' in html.split("<body")[0]
    for language in codes.LANGUAGES:
        assert f'<bdi lang="{language.code}" dir="{language.direction}">' in html


def test_the_editor_leads_to_it(publisher, page):
    html = publisher.client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert f"/admin/translation/{page.pk}/languages/" in html


def test_the_number_of_sites_costs_no_query(publisher, page):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert publisher.get(f"{page.pk}/languages/").status_code == 200
        return len(queries)

    cost()
    before = cost()
    site = make_site("s", page=Page, title_en="Site")
    home = Page.objects.get(pk=site.site.root_page_id)
    made = home.add_child(instance=Page(title_en="Peace", source_language="en"))
    made.save_revision().publish()
    copy_site(site, [f"s{number:02}" for number in range(4)])
    assert cost() == before
    assert PageLanguage.objects.count() > 6
