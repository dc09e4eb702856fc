"""CandiWeb's site, and names of States and groups."""

import pytest

from cms.languages import names

from .factories import ElectionFactory, candiweb_site, election_page

STATES = {
    "FRA": {"ar": "فرنسا", "zh": "法国", "en": "France", "fr": "France", "ru": "Франция"},
    "EGY": {"ar": "مصر", "zh": "埃及", "en": "Egypt", "fr": "Égypte", "es": "Egipto"},
    "KEN": {"ar": "كينيا", "zh": "肯尼亚", "en": "Kenya", "ru": "Кения"},
}
GROUPS = {"AFR": {"ar": "أفريقيا", "zh": "非洲", "en": "African States", "fr": "Afrique"}}


def _provider(table):
    def provider(codes, language):
        known = {code: table[code] for code in codes if code in table}
        return {code: of.get(language) or of["en"] for code, of in known.items()}

    return provider


@pytest.fixture(autouse=True)
def registered_names():
    """Registries of three States and one regional group."""
    before = names.unregister_state_names(), names.unregister_group_names()
    names.register_state_names(_provider(STATES))
    names.register_group_names(_provider(GROUPS))
    yield
    names.unregister_state_names()
    names.unregister_group_names()
    if before[0]:
        names.register_state_names(before[0])
    if before[1]:
        names.register_group_names(before[1])


@pytest.fixture
def home(db):
    return candiweb_site()


@pytest.fixture
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
