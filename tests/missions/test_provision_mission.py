"""A mission in one action: by service, command and button."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import (
    Collection,
    GroupPagePermission,
    Site,
    Workflow,
    WorkflowPage,
)

from cms.access.models import RoleGroup
from cms.access.services import HostnameTaken, ensure_secretariat, give_role
from cms.languages import codes
from cms.missions.models import HomePage, Mission
from cms.missions.sections import SECTIONS
from cms.missions.services import UnknownMission, provision_all, provision_mission
from cms.pages.models import Page, SiteProfile

from .factories import MISSION_TITLES, DirectoryPageFactory, MissionFactory

pytestmark = pytest.mark.django_db
COUNTED = (Page, Site, SiteProfile, Group, RoleGroup, GroupPagePermission, Collection, Workflow)


def counts():
    return [model.objects.count() for model in COUNTED]


@pytest.fixture
def france():
    return MissionFactory()


def test_a_mission_gets_its_site_with_pages_named_in_six_languages(france):
    made = provision_mission("fra")
    home = made.profile.site.root_page.specific
    assert made.created
    assert made.profile.site.hostname == "fra.localhost"
    assert home.source_language == "fr"
    assert {code: home.url_in(code)[-4:] for code in codes.CODES} == {
        code: f"/{code}/" for code in codes.CODES
    }
    for code, title in MISSION_TITLES.items():
        assert getattr(home, f"title_{code}") == title
    sections = Page.objects.child_of(home)
    assert [page.slug for page in sections] == [section.slug for section in SECTIONS]
    for page, section in zip(sections, SECTIONS, strict=True):
        assert page.languages == codes.CODES
        assert page.live is section.live
    assert Mission.objects.get(code="FRA").profile == made.profile


def test_whoever_may_not_publish_submits_to_those_of_the_mission_who_do(france):
    home = provision_mission("FRA").profile.site.root_page
    workflow = WorkflowPage.objects.get(page=home).workflow
    (task,) = [step.task.specific for step in workflow.workflow_tasks.all()]
    assert sorted(group.name for group in task.groups.all()) == [
        "fra: editor",
        "fra: mission administrator",
        "fra: publisher",
    ]
    assert home.get_children().first().get_workflow() == workflow


def test_a_second_run_changes_nothing(france):
    provision_mission("FRA")
    before = counts()
    again = provision_mission("FRA")
    assert not again.created
    assert counts() == before


def test_a_second_run_leaves_what_the_editors_made_of_it(france):
    home = provision_mission("FRA").profile.site.root_page
    Page.objects.child_of(home).get(slug="events").delete()
    news = Page.objects.child_of(home).get(slug="news").specific
    news.title_fr, news.slug = "À la une", "a-la-une"
    news.save()
    provision_mission("FRA")
    slugs = list(Page.objects.child_of(home).values_list("slug", flat=True))
    assert "events" not in slugs
    assert "news" not in slugs


def test_a_second_run_repairs_roles(france):
    provision_mission("FRA")
    Group.objects.get(name="fra: editor").page_permissions.all().delete()
    provision_mission("FRA")
    held = Group.objects.get(name="fra: editor").page_permissions.all()
    assert {row.permission.codename for row in held} == {"add_page", "change_page", "publish_page"}


def test_an_unknown_code_is_refused_with_the_nearest(states):
    with pytest.raises(UnknownMission, match=r"FRX.*Did you mean FRA \(France\)"):
        provision_mission("FRX")
    with codes.override("ru"), pytest.raises(UnknownMission, match=r"SEN \(Сенегал\)"):
        provision_mission("Сенегалл")
    with pytest.raises(UnknownMission, match="Nothing comes near it"):
        provision_mission("1234567")
    assert not SiteProfile.objects.exists()


def test_without_any_mission_the_way_out_is_named():
    with pytest.raises(UnknownMission, match=r"manage\.py import_missions"):
        provision_mission("FRA")


def test_a_host_name_that_is_taken_is_refused_and_nothing_is_left(france):
    other = Page.get_first_root_node().add_child(instance=Page(title_es="Otro"))
    Site.objects.create(hostname="fra.localhost", port=81, root_page=other)
    before = counts()
    with pytest.raises(HostnameTaken, match=r"fra\.localhost already belongs"):
        provision_mission("FRA")
    assert counts() == before


def test_the_domain_is_a_setting(france, settings):
    settings.MISSIONS_DOMAIN = "un.int"
    assert provision_mission("FRA").profile.site.hostname == "fra.un.int"


def test_a_mission_named_in_arabic_alone_starts_in_arabic():
    MissionFactory(
        code="EGY",
        source_language="fr",
        **{f"title_{code}": "" for code in codes.CODES if code != "ar"},
    )
    home = provision_mission("EGY").profile.site.root_page
    assert (home.languages, home.source_language) == (("ar",), "ar")


def test_a_new_site_shows_in_the_directory_at_once(france, get):
    DirectoryPageFactory()
    assert "fra.localhost" not in get("/fr/", host="localhost").content.decode()
    provision_mission("FRA")
    assert "http://fra.localhost/fr/" in get("/fr/", host="localhost").content.decode()


def test_all_missions_are_made_and_a_stopped_run_is_taken_up(states):
    Mission.objects.exclude(code__in=("FRA", "EGY", "CHN", "RUS")).delete()
    told = []

    def stop_after_two(code, done, total):
        told.append((code, done, total))
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        provision_all(progress=stop_after_two)
    assert told == [("CHN", 1, 4), ("EGY", 2, 4)]
    assert provision_all() == (2, 2)
    assert HomePage.objects.count() == 4


def test_making_a_site_takes_few_queries_however_many_there_are(
    states, django_assert_max_num_queries
):
    for code in ("AFG", "ALB", "DZA"):
        provision_mission(code)
    with django_assert_max_num_queries(400):
        provision_mission("ZWE")
    with django_assert_max_num_queries(40):
        provision_mission("ZWE")


# --- the command ---------------------------------------------------------------------------------


def test_the_command_makes_one_and_says_where_it_is(france, capsys):
    call_command("provision_mission", "fra")
    call_command("provision_mission", "FRA")
    first, second = capsys.readouterr().out.splitlines()
    assert re.match(r"FRA  http://fra\.localhost(:\d+)?/  made$", first)
    assert second.endswith("was there already; its roles are in order")


def test_the_command_makes_all(states, capsys):
    Mission.objects.exclude(code__in=("FRA", "EGY")).delete()
    call_command("provision_mission", "--all")
    assert "2 sites made, 0 were there already" in capsys.readouterr().out


def test_the_command_refuses_with_the_reason(states):
    with pytest.raises(CommandError, match=r"Did you mean FRA"):
        call_command("provision_mission", "FRX")
    with pytest.raises(CommandError, match="Name one mission or more"):
        call_command("provision_mission")
    with pytest.raises(CommandError, match="Name one mission or more"):
        call_command("provision_mission", "FRA", "--all")


# --- the button ----------------------------------------------------------------------------------


@pytest.fixture
def secretariat(client):
    ensure_secretariat()
    user = User.objects.create_user("secretariat")
    give_role(user, "secretariat")
    DirectoryPageFactory()
    client.force_login(user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"  # what the tests below read
    return user


@pytest.fixture
def url():
    return reverse("missions_provision")


def test_the_secretariat_makes_a_site_with_the_button(secretariat, france, get, client, url):
    assert "FRA" in get(url, host="localhost").content.decode()
    response = client.post(url, {"code": "fra"}, headers={"host": "localhost"}, follow=True)
    assert SiteProfile.objects.filter(code="fra").exists()
    assert "http://fra.localhost" in response.content.decode()


def test_the_button_names_the_nearest_for_a_wrong_code(secretariat, states, client, url):
    response = client.post(url, {"code": "FRX"}, headers={"host": "localhost"})
    assert response.status_code == 200
    assert "Did you mean FRA (France)" in response.content.decode()
    assert not SiteProfile.objects.filter(kind="mission").exists()


def test_the_second_button_makes_all_in_the_background(secretariat, states, client, url):
    Mission.objects.exclude(code__in=("FRA", "EGY")).delete()
    response = client.post(url, {"action": "all"}, headers={"host": "localhost"}, follow=True)
    assert SiteProfile.objects.filter(kind="mission").count() == 2
    assert "2 of 2 missions have a site" in response.content.decode()


def test_the_button_does_not_exist_for_others(france, client, url):
    DirectoryPageFactory()
    profile = provision_mission("FRA").profile
    user = User.objects.create_user("fra.admin")
    give_role(user, "mission_administrator", site=profile)
    MissionFactory(code="EGY")
    client.force_login(user)
    assert client.get(url, headers={"host": "localhost"}).status_code == 404
    response = client.post(url, {"code": "EGY"}, headers={"host": "localhost"})
    assert response.status_code == 404
    assert not SiteProfile.objects.filter(code="egy").exists()
    menu = client.get("/admin/", headers={"host": "localhost"}).content.decode()
    assert url not in menu


def test_the_secretariat_finds_the_button_in_the_menu(secretariat, client, url):
    menu = client.get("/admin/", headers={"host": "localhost"}).content.decode()
    assert url in menu
