"""France's mission, as provisioning makes it, and people who exchange its translation files."""

from cms.pages.models import SiteProfile
from tests.missions.factories import site_of
from tests.worlds import world

from .exchange_world import page_in, somebody


@world
def fra():
    site_of("FRA")
    return SiteProfile.objects.get(code="fra")


@world
def editor(fra):
    return somebody("fra.editor", "editor", fra)


@world
def arabic(fra):
    return somebody("fra.arabic", "translator", fra, "ar")


@world
def french(fra):
    return page_in("fr")


@world
def english(fra):
    return page_in("en")
