"""A committee's site with two sessions, and the names of States."""

import pytest

from cms.languages import names
from cms.pages.models import Page
from tests.worlds import world

from .factories import CommitteeFactory, SessionFactory, committee_site, session_page

STATES = {
    "FRA": {"ar": "فرنسا", "zh": "法国", "en": "France", "fr": "France", "ru": "Франция"},
    "EGY": {"ar": "مصر", "zh": "埃及", "en": "Egypt", "fr": "Égypte", "es": "Egipto"},
    "AUT": {"en": "Austria", "fr": "Autriche", "es": "Austria", "zh": "奥地利"},
}


@pytest.fixture(autouse=True)
def state_names():
    """A registry of three States that counts how often it is asked."""
    before = names.unregister_state_names()
    asked = []

    def provider(codes, language):
        asked.append(list(codes))
        known = {code: STATES[code] for code in codes if code in STATES}
        return {code: of.get(language) or of["en"] for code, of in known.items()}

    names.register_state_names(provider)
    yield asked
    names.unregister_state_names()
    if before:
        names.register_state_names(before)


@world
def committee():
    return CommitteeFactory()


@world
def site(committee):
    return committee_site(committee)


@world
def session(site, committee):
    """The current session, 78, with its page."""
    made = SessionFactory(committee=committee, is_current=True)
    session_page(made)
    return made


@world
def earlier(site, committee):
    """Session 77 with its page."""
    made = SessionFactory(committee=committee, number=77, opened_on=None, closed_on=None)
    session_page(made)
    return made


@pytest.fixture
def root(db):
    return Page.get_first_root_node()


@pytest.fixture
def get(client):
    def get(path, host="c3.localhost", **kwargs):
        return client.get(path, headers={"host": host}, **kwargs)

    return get
