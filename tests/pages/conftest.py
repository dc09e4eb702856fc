"""A site with a home page, without any page type of the higher rooms."""

import pytest
from wagtail.models import Site

from cms.pages.models import Page, SiteProfile
from tests.worlds import world


@world
def root():
    return Page.get_first_root_node()


@world
def site(root):
    """A mission's site on fra.localhost whose home page is French with English."""
    Site.objects.all().delete()
    home = root.add_child(
        instance=Page(title_fr="Accueil", title_en="Home", source_language="fr", slug="fra")
    )
    wagtail_site = Site.objects.create(hostname="fra.localhost", port=80, root_page=home)
    return SiteProfile.objects.create(site=wagtail_site, kind="mission", code="fra")


@world
def home(site):
    return site.site.root_page


@pytest.fixture
def get(client):
    def get(path, host="fra.localhost", **headers):
        return client.get(path, headers={"host": host, **headers})

    return get
