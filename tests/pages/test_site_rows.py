"""Which site a request is for: read each time, by SQL that is written once."""

from unittest.mock import patch

import pytest
from django.db.models.sql.compiler import SQLCompiler
from wagtail.models import Site

from cms.languages import codes
from cms.pages.models import Page, SiteKind, SiteProfile, SiteStatus
from cms.pages.site_rows import read_profiles
from cms.pages.sites import (
    directory_url,
    find_profile,
    profile_named,
    profile_of,
    profiles_of_codes,
    sites_remembered,
)
from tests.worlds import world


@world
def directory(root, site):
    """The directory of missions, beside France's site."""
    home = root.add_child(
        instance=Page(title_en="Missions", title_ar="البعثات", source_language="en", slug="all")
    )
    there = Site.objects.create(hostname="missions.localhost", port=8000, root_page=home)
    return SiteProfile.objects.create(site=there, kind=SiteKind.DIRECTORY, code="directory")


def test_what_is_read_is_what_the_database_holds(site, directory, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = find_profile("FRA.localhost")
        assert found.site.root_page.text("title", "ar") == ("Accueil", "fr")
        assert found.site.root_url == "http://fra.localhost"
        assert directory_url(found, "ar") == "http://missions.localhost:8000/ar/"
    stored = SiteProfile.objects.select_related("site__root_page").get(code="fra")
    for mine, theirs in (
        (found, stored),
        (found.site, stored.site),
        (found.site.root_page, stored.site.root_page),
    ):
        for field in mine._meta.concrete_fields:
            # Some are fetched only now: they are as good as the others.
            value, wanted = getattr(mine, field.attname), getattr(theirs, field.attname)
            assert (value, type(value)) == (wanted, type(wanted)), field.name


@pytest.mark.parametrize("language", codes.CODES)
def test_every_language_of_a_sites_name_is_read(home, language):
    Page.objects.filter(pk=home.pk).update(**{f"title_{language}": f"name {language}"})
    read = find_profile("fra.localhost").site.root_page
    assert read.text("title", language) == (f"name {language}", language)


def test_the_sql_is_written_once(site):
    find_profile("fra.localhost")
    with patch.object(SQLCompiler, "as_sql", side_effect=AssertionError("written again")):
        assert find_profile("fra.localhost").code == "fra"
        assert find_profile("nobody.localhost") is None
        with pytest.raises(AssertionError, match="written again"):
            SiteProfile.objects.filter(code="fra").first()


# An update of rows tells nobody in this process, as no change by another process does: what holds
# at the next request was read from the database.


def test_a_suspension_by_another_process_holds_at_the_next_request(get, site):
    assert get("/fr/").status_code == 200
    SiteProfile.objects.update(status=SiteStatus.SUSPENDED)
    assert get("/fr/").status_code == 503
    SiteProfile.objects.update(status=SiteStatus.ACTIVE)
    assert get("/fr/").status_code == 200


def test_another_host_name_by_another_process_holds_at_the_next_request(get, site):
    assert get("/fr/").status_code == 200
    Site.objects.update(hostname="france.localhost", port=8001)
    SiteProfile.objects.update(version=2)
    assert get("/fr/").status_code == 404
    response = get("/fr/", host="france.localhost:8001")
    assert response.status_code == 200
    assert "http://france.localhost:8001/fr/" in response.content.decode()


def test_another_home_page_by_another_process_holds_at_the_next_request(get, root, site):
    assert "Accueil" in get("/fr/").content.decode()
    new = root.add_child(instance=Page(title_fr="Maison neuve", source_language="fr", slug="neuve"))
    Site.objects.update(root_page=new)
    SiteProfile.objects.update(version=2)
    assert "Maison neuve" in get("/fr/").content.decode()


def test_sites_are_found_by_code_by_host_and_by_page(site, directory, home):
    assert {code: one.pk for code, one in profiles_of_codes({"fra", "directory"}).items()} == {
        "fra": site.pk,
        "directory": directory.pk,
    }
    assert profiles_of_codes({"no-such"}) == {}
    page = home.add_child(instance=Page(title_fr="Nouvelles", slug="news"))
    assert profile_of(page) == site
    assert profile_of(home.get_parent()) is None
    for name in ("fra", "FRA", "fra.localhost", "Fra.localhost:8000"):
        assert profile_named(name) == site
    assert profile_named("fra.localhost.example") is None


def test_pages_of_many_sites_cost_two_queries_while_they_are_remembered(
    root, site, directory, home, django_assert_num_queries
):
    for code in ("egy", "chn", "sen"):
        other = root.add_child(instance=Page(title_en=code, source_language="en", slug=code))
        there = Site.objects.create(hostname=f"{code}.localhost", root_page=other)
        SiteProfile.objects.create(site=there, kind=SiteKind.MISSION, code=code)
    nowhere = root.add_child(instance=Page(title_en="Nowhere", source_language="en", slug="none"))
    pages = Page.objects.filter(depth=home.depth).exclude(pk=nowhere.pk).order_by("path")

    def addresses(some):
        return [page.get_full_url() for page in some]

    with django_assert_num_queries(1 + pages.count()):
        each = addresses(pages.all())
    assert {"http://fra.localhost/en/", "http://sen.localhost/en/"} < set(each)
    with sites_remembered(), django_assert_num_queries(2 + 2):
        assert addresses(pages.all()) == each
        assert addresses(pages.all()) == each
    with sites_remembered():
        assert addresses([home, nowhere]) == ["http://fra.localhost/en/", None]
    Site.objects.filter(hostname="sen.localhost").update(hostname="senegal.localhost")
    with sites_remembered():
        assert "http://senegal.localhost/en/" in addresses(pages.all())


def test_a_suspended_site_is_nobodys_by_name(site, directory):
    SiteProfile.objects.filter(pk=site.pk).update(status=SiteStatus.SUSPENDED)
    assert profile_named("fra") is None
    assert profile_named("fra.localhost") is None
    assert profile_named("directory") == directory


def test_no_value_asks_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert read_profiles(("code",), ()) == []
