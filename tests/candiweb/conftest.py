"""CandiWeb's site, and names of States."""

import pytest

from cms.languages import names
from tests.worlds import world

from .factories import ElectionFactory, candiweb_site, election_page

STATES = {
    "FRA": {"ar": "فرنسا", "zh": "法国", "en": "France", "fr": "France", "ru": "Франция"},
    "EGY": {"ar": "مصر", "zh": "埃及", "en": "Egypt", "fr": "Égypte", "es": "Egipto"},
    "KEN": {"ar": "كينيا", "zh": "肯尼亚", "en": "Kenya", "ru": "Кения"},
}


@pytest.fixture(autouse=True)
def registered_names():
    """A registry of three States."""
    before = names.unregister_state_names()

    def provider(codes, language):
        known = {code: STATES[code] for code in codes if code in STATES}
        return {code: of.get(language) or of["en"] for code, of in known.items()}

    names.register_state_names(provider)
    yield
    names.unregister_state_names()
    if before:
        names.register_state_names(before)


@world
def home():
    return candiweb_site()


@world
def election(home):
    """An election to come, with its page."""
    made = ElectionFactory(slug="council-2056")
    election_page(made)
    return made


@pytest.fixture
def get(client):
    def get(path, host="candiweb.localhost", **kwargs):
        return client.get(path, headers={"host": host}, **kwargs)

    return get
