"""A suspended site is shown to nobody and its people are shut out; resuming brings all back."""

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import APIToken, ModelLogEntry

from cms.access.audiences import audiences_of_pages, may_read, readable_by, reads_portal
from cms.access.roles import Permission
from cms.access.selectors import roles_of, sites_where
from cms.access.services import give_role
from cms.access.standing import is_shut_out
from cms.lifecycle.refusals import NotThisKind
from cms.lifecycle.services import resume_site, suspend_site
from cms.missions.models import NewsPage
from cms.missions.selectors import directory
from cms.pages.models import Page, SiteProfile
from search.models import OutboxEntry
from tests.lifecycle.factories import LANGUAGES, person
from tests.missions.factories import (
    WATER,
    DirectoryPageFactory,
    NewsPageFactory,
    StandardPageFactory,
    site_of,
)
from tests.worlds import world

pytestmark = pytest.mark.django_db

SORRY = {
    "ar": 'dir="rtl"',
    "zh": 'lang="zh"',
    "en": "closed for the time being",
    "fr": 'lang="fr"',
    "ru": 'lang="ru"',
    "es": 'lang="es"',
}


@world
def site():
    """France's site with a news item in six languages, beside the directory."""
    DirectoryPageFactory()
    site_of("FRA")
    NewsPageFactory(slug="eau")
    return SiteProfile.objects.get(code="fra")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_suspended_site_says_so_politely_and_shows_nothing_of_the_mission(site, get, language):
    address = f"/{language}/news/eau/"
    assert WATER[language] in get(address).content.decode()
    suspend_site(site, by=None)
    response = get(address)
    text = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"]
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Language"] == language
    assert SORRY[language] in text
    assert WATER[language] not in text
    resume_site(site, by=None)
    again = get(address)
    assert again.status_code == 200
    assert WATER[language] in again.content.decode()


@pytest.mark.parametrize(
    "path", ["/", "/fr/search/?q=eau", "/files/1/a.txt", "/media/original_images/a.jpg", "/fr/x/"]
)
def test_every_public_address_of_a_suspended_site_answers_alike(site, get, path):
    suspend_site(site, by=None)
    assert get(path).status_code == 503


def test_programs_are_told_in_json(site, get):
    suspend_site(site, by=None)
    response = get("/api/v3/pages/")
    assert response.status_code == 503
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 503


def test_the_admin_and_health_of_a_suspended_host_answer(site, get):
    suspend_site(site, by=None)
    assert get("/healthz").status_code == 200
    assert get("/admin/login/").status_code in (200, 302)


def test_other_sites_go_on(site, get):
    site_of("SEN")
    suspend_site(site, by=None)
    assert get("/fr/", host="sen.localhost").status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_directory_keeps_the_state_and_drops_the_link(site, get, language):
    def entry():
        return next(one for one in directory(language).entries if one.code == "FRA")

    assert entry().url
    assert "fra.localhost" in get(f"/{language}/", host="localhost").content.decode()
    suspend_site(site, by=None)
    assert entry().url == ""
    assert entry().name
    assert "fra.localhost" not in get(f"/{language}/", host="localhost").content.decode()
    resume_site(site, by=None)
    assert entry().url


@pytest.mark.parametrize(
    "path",
    ["sites/fra/", "pages/?site=fra", "sites/fra.localhost/", "redirects/?site=fra"],
)
def test_the_api_of_other_hosts_answers_as_for_a_site_that_nobody_has(site, get, path):
    shown = get(f"/api/v3/{path}", host="localhost")
    suspend_site(site, by=None)
    hidden = get(f"/api/v3/{path}", host="localhost")
    made_up = get(f"/api/v3/{path.replace('fra', 'xyz')}", host="localhost")
    assert shown.status_code == 200
    assert hidden.status_code == made_up.status_code == 404
    assert hidden.content.replace(b"fra", b"xyz") == made_up.content


def test_the_apis_lists_of_all_sites_leave_a_suspended_one_out(site, get):
    def pages():
        return get("/api/v3/pages/?site=all&limit=100", host="localhost").content.decode()

    def sites():
        return [one["code"] for one in get("/api/v3/sites/", host="localhost").json()["items"]]

    assert "fra" in sites()
    assert "/news/eau/" in pages()
    suspend_site(site, by=None)
    assert "fra" not in sites()
    assert "/news/eau/" not in pages()


def test_the_rule_and_its_filter_agree(site):
    page = NewsPage.objects.get()

    def answers():
        shown = readable_by(AnonymousUser(), Page.objects.filter(pk=page.pk)).exists()
        return shown, may_read(AnonymousUser(), page)

    assert answers() == (True, True)
    suspend_site(site, by=None)
    assert answers() == (False, False)
    resume_site(site, by=None)
    assert answers() == (True, True)


def test_every_page_of_the_site_is_indexed_again(site):
    home = site.site.root_page
    before = set(Page.objects.filter(path__startswith=home.path).values_list("pk", flat=True))
    suspend_site(site, by=None)
    keys = set(OutboxEntry.objects.values_list("key", flat=True))
    assert {f"page:{pk}" for pk in before} <= keys
    assert set(audiences_of_pages(Page.objects.filter(pk__in=before)).values()) == {"nobody"}


# --- people --------------------------------------------------------------------------------------


def test_people_of_a_suspended_site_hold_nothing_until_it_is_resumed(site):
    user = person("fra.editor", "editor", site)
    before = [held.role for held in roles_of(user)]
    suspend_site(site, by=None)
    assert is_shut_out(user)
    assert roles_of(user) == []
    assert not sites_where(user, Permission.CHANGE_PAGE).exists()
    assert not reads_portal(type(user).objects.get(pk=user.pk))
    resume_site(site, by=None)
    assert not is_shut_out(user)
    assert [held.role for held in roles_of(user)] == before == ["editor"]
    assert reads_portal(type(user).objects.get(pk=user.pk))


def test_somebody_with_a_second_site_keeps_that_one(site):
    other = site_of("SEN")
    user = person("both", "editor", site)
    senegal = SiteProfile.objects.get(site__root_page=other)
    give_role(user, "editor", site=senegal)
    suspend_site(site, by=None)
    assert not is_shut_out(user)
    assert [one.code for one in sites_where(user, Permission.CHANGE_PAGE)] == ["sen"]


def test_the_secretariat_keeps_sight_of_a_suspended_site(site):
    user = person("secretariat", "secretariat")
    suspend_site(site, by=None)
    assert not is_shut_out(user)
    assert site in sites_where(user, Permission.MANAGE_SITES)


def test_a_session_ends_with_the_suspension_and_goes_on_after_it(site, client):
    user = person("fra.editor", "editor", site)
    client.force_login(user)
    assert client.get("/admin/", headers={"host": "fra.localhost"}).status_code == 200
    suspend_site(site, by=None)
    response = client.get("/admin/", headers={"host": "fra.localhost"})
    assert response.status_code == 302
    assert "login" in response["Location"] or "sign-in" in response["Location"]
    resume_site(site, by=None)
    assert client.get("/admin/", headers={"host": "fra.localhost"}).status_code == 200


def test_nobody_signs_in_to_a_suspended_site(site, client):
    person("fra.editor", "editor", site)
    credentials = {"username": "fra.editor", "password": "demo-missions-2008"}
    assert client.login(**credentials)
    client.logout()
    suspend_site(site, by=None)
    assert not client.login(**credentials)
    resume_site(site, by=None)
    assert client.login(**credentials)


def test_a_token_is_refused_like_one_that_nobody_has(site, get):
    user = person("fra.editor", "editor", site)
    _token, secret = APIToken.create_token(user=user, name="test")

    def ask(value):
        return get("/api/v3/sites/", host="localhost", authorization=f"Bearer {value}")

    assert ask(secret).status_code == 200
    suspend_site(site, by=None)
    assert ask(secret).status_code == 401
    assert ask(secret).content == ask("made-up").content
    resume_site(site, by=None)
    assert ask(secret).status_code == 200


# --- what is refused, what is written down -------------------------------------------------------


def test_the_directory_can_not_be_suspended(site):
    directory_site = SiteProfile.objects.get(code="directory")
    with pytest.raises(NotThisKind):
        suspend_site(directory_site, by=None)
    directory_site.refresh_from_db()
    assert not directory_site.is_suspended


def test_suspending_twice_changes_nothing_more(site):
    assert suspend_site(site, by=None)
    assert not suspend_site(site, by=None)
    assert ModelLogEntry.objects.filter(action="lifecycle.suspend").count() == 1


def test_who_suspended_and_why_is_written_down(site):
    user = person("secretariat", "secretariat")
    suspend_site(site, by=user, reason="At the mission's request")
    entry = ModelLogEntry.objects.get(action="lifecycle.suspend")
    assert entry.user == user
    assert entry.data["reason"] == "At the mission's request"


def test_suspending_costs_no_query_that_grows_with_the_pages(site, django_assert_max_num_queries):
    for number in range(12):
        StandardPageFactory(parent=site.site.root_page.specific, slug=f"page-{number}")
    with django_assert_max_num_queries(20):
        suspend_site(site, by=None)
