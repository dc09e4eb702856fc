"""The demo's portal: complete, private from the first moment, and made once."""

import pytest

from cms.access.audiences import PORTAL, audiences_of_pages
from cms.languages.states import State
from cms.pages.models import Page, SiteProfile
from cms.portal.guide.models import GuidePage
from cms.portal.home.models import Notice
from missions_site.demo.portal import load

pytestmark = pytest.mark.django_db
CODES = ("ar", "zh", "en", "fr", "ru", "es")


def _load():
    steps = []
    load(lambda *step: steps.append(step))
    return steps


def test_the_portal_is_made_with_notices_and_guide_in_six_languages():
    assert _load() == [("portal", 1, 1)]
    home = SiteProfile.objects.get(code="portal").site.root_page.specific
    assert home.languages == CODES
    assert home.current_notices(Notice.objects.latest("date").date)
    assert all(getattr(Notice.objects.first(), f"text_{code}") for code in CODES)
    states = [page.translation_states() for page in GuidePage.objects.all()]
    assert len(states) >= 4
    found = {state for page in states for state in page.values()}
    assert found == {State.SOURCE, State.CURRENT, State.OUTDATED, State.MISSING}


def test_every_page_of_it_is_for_portal_readers():
    _load()
    home = SiteProfile.objects.get(code="portal").site.root_page
    pages = Page.objects.filter(path__startswith=home.path)
    assert pages.count() >= 5
    assert set(audiences_of_pages(pages).values()) == {PORTAL}


def test_a_second_call_makes_nothing_and_restores_a_lost_restriction():
    _load()
    home = SiteProfile.objects.get(code="portal").site.root_page
    before = Page.objects.count(), Notice.objects.count()
    home.view_restrictions.all().delete()
    _load()
    assert (Page.objects.count(), Notice.objects.count()) == before
    assert audiences_of_pages([home])[home.pk] == PORTAL
