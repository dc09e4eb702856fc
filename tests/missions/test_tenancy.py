"""An editor of one mission edits and publishes on their own site only; the first steps work."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from wagtail.permissions import policy_registry

from cms.access.services import ensure_secretariat, give_role
from cms.languages import codes
from cms.missions.menus import add_news_url
from cms.missions.models import Mission, NewsIndexPage, NewsPage, RegionalGroup
from tests.worlds import world

from .factories import NewsPageFactory, site_of

pytestmark = pytest.mark.django_db

EGYPT = {"iso2": "EG", "title_fr": "Mission permanente de l’Égypte"}


@world
def france():
    return site_of("FRA")


@world
def egypt():
    return site_of("EGY", **EGYPT)


def somebody(role, home, language=""):
    user = User.objects.create_user(f"{home.slug}.{role}")
    give_role(user, role, site=home.mission.profile, language=language)
    return user


def form_data(**changes):
    columns = {
        f"{name}_{code}": ""
        for code in codes.CODES
        for name in ("title", "summary", "seo_title", "search_description")
    }
    blocks = {f"body_{code}-count": "0" for code in codes.CODES}
    given = {
        "title_fr": "Bonne nouvelle",
        "title_ar": "خبر سار",
        "slug": "",
        "source_language": "fr",
        "date": "2026-11-22",
        "action-publish": "action-publish",
    }
    return columns | blocks | given | changes


def add_news(client, home):
    parent = NewsIndexPage.objects.child_of(home).get()
    url = reverse("wagtailadmin_pages:add", args=["missions", "newspage", parent.pk])
    return client.post(url, form_data(), headers={"host": "fra.localhost"})


def test_an_editor_publishes_news_in_two_languages_on_their_own_site(france, client, get):
    client.force_login(somebody("editor", france))
    response = add_news(client, france)
    assert response.status_code == 302, response.content.decode()[:2000]
    page = NewsPage.objects.get()
    assert page.live
    assert page.languages == ("ar", "fr")
    assert page.slug == "bonne-nouvelle"
    client.logout()
    assert "خبر سار" in get("/ar/news/bonne-nouvelle/").content.decode()


def test_an_editor_of_one_mission_cannot_publish_on_anothers_site(france, egypt, client):
    client.force_login(somebody("editor", france))
    assert add_news(client, egypt).status_code in (302, 403, 404)
    assert not NewsPage.objects.exists()
    add_news(client, france)
    assert NewsPage.objects.get().get_parent().get_parent().pk == france.pk


@pytest.mark.parametrize("role", ["editor", "mission_administrator"])
def test_permissions_on_pages_end_at_the_site(role, france, egypt):
    user = somebody(role, france)
    own = NewsPageFactory()
    other = NewsPageFactory(parent=NewsIndexPage.objects.child_of(egypt).get())
    for page, allowed in ((own, True), (other, False), (france, True), (egypt, False)):
        may = page.permissions_for_user(user)
        assert may.can_edit() is allowed
        assert may.can_publish() is allowed
    assert france.get_parent().permissions_for_user(user).can_add_subpage() is False


def test_a_translator_edits_and_submits_but_does_not_publish(france):
    user = somebody("translator", france, "ar")
    may = NewsPageFactory().permissions_for_user(user)
    assert may.can_edit()
    assert not may.can_publish()
    assert may.can_submit_for_moderation()


def test_records_of_missions_are_the_secretariats(france):
    ensure_secretariat()
    secretariat = User.objects.create_user("secretariat")
    give_role(secretariat, "secretariat")
    for model in (Mission, RegionalGroup):
        policy = policy_registry.get_by_type(model)
        assert policy.user_has_permission(secretariat, "change")
        assert not policy.user_has_permission(somebody_new(france), "change")


def somebody_new(home):
    number = User.objects.count()
    user = User.objects.create_user(f"admin{number}")
    give_role(user, "mission_administrator", site=home.mission.profile)
    return user


def test_the_dashboard_leads_to_a_new_news_item(france, client):
    user = somebody("editor", france)
    url = add_news_url(user, france.mission.profile)
    client.force_login(user)
    assert client.get(url, headers={"host": "fra.localhost"}).status_code == 200
    assert url in client.get("/admin/", headers={"host": "fra.localhost"}).content.decode()
