"""The service that makes a site: pages' home, profile, collection, role groups."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Site

from cms.access.models import RoleGroup, SiteCollection
from cms.access.services import HostnameTaken, SiteCodeTaken, provision_site
from cms.pages.models import Page, SiteKind, SiteProfile

pytestmark = pytest.mark.django_db


def _provision(**changes):
    given = {
        "code": "fra",
        "kind": SiteKind.MISSION,
        "hostname": "fra.localhost",
        "port": 8000,
        "home": Page(title_fr="Mission permanente de la France", source_language="fr"),
        "collection_name": "France",
    }
    return provision_site(**given | changes)


def test_a_site_is_made_whole_under_the_trees_root():
    profile = _provision()
    home = profile.site.root_page
    assert (home.depth, home.slug, home.live) == (2, "fra", True)
    assert home.first_published_at is not None
    assert profile.site.root_url == "http://fra.localhost:8000"
    assert SiteCollection.objects.get(site=profile).collection.name == "France"
    roles = RoleGroup.objects.filter(site=profile)
    assert roles.filter(role="translator").count() == 6
    assert set(roles.values_list("role", flat=True)) == {
        "mission_administrator",
        "publisher",
        "editor",
        "translator",
        "delegate",
    }


def test_a_second_call_changes_nothing():
    first = _provision()
    before = (Page.objects.count(), Site.objects.count(), Group.objects.count())
    second = _provision(home=Page(title_fr="Autre"), hostname="other.localhost", port=80)
    assert second.pk == first.pk
    assert second.site.hostname == "fra.localhost"
    assert (Page.objects.count(), Site.objects.count(), Group.objects.count()) == before


def test_the_directory_takes_the_place_of_wagtails_welcome_page():
    profile = _provision(
        code="directory", kind=SiteKind.DIRECTORY, hostname="localhost", home=Page(title_es="Guía")
    )
    assert profile.site.is_default_site
    assert list(Page.objects.filter(depth=2)) == [profile.site.root_page]
    assert Site.objects.count() == 1


def test_a_host_name_of_another_site_is_refused_and_nothing_is_left():
    _provision()
    before = Page.objects.count()
    with pytest.raises(HostnameTaken, match=r"fra\.localhost already belongs to the site “fra”"):
        _provision(code="frb", hostname="FRA.localhost", home=Page(title_ar="بعثة"), port=9000)
    assert Page.objects.count() == before
    assert not SiteProfile.objects.filter(code="frb").exists()


def test_a_code_of_another_kind_of_site_is_refused():
    _provision()
    with pytest.raises(SiteCodeTaken, match="mission"):
        _provision(kind=SiteKind.COMMITTEE)
