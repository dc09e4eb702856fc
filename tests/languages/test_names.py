"""The registry of States' names."""

import pytest

from cms.languages import names
from cms.languages.codes import CODES, UnknownLanguage

FRANCE = {"ar": "فرنسا", "zh": "法国", "en": "France", "fr": "France", "ru": "Франция"}


@pytest.fixture
def asked():
    """A registry that knows France, in five languages, and what it was asked."""
    before, calls = names.unregister_state_names(), []

    def provider(wanted, language):
        calls.append((list(wanted), language))
        return {"FRA": FRANCE.get(language, "France")} if "FRA" in wanted else {}

    names.register_state_names(provider)
    yield calls
    names.unregister_state_names()
    if before:
        names.register_state_names(before)


@pytest.mark.parametrize("code", CODES)
def test_a_state_is_named_in_each_language_and_an_unknown_one_by_its_code(asked, code):
    assert names.state_names(["FRA", "XYZ"], code) == {
        "FRA": FRANCE.get(code, "France"),
        "XYZ": "XYZ",
    }


def test_the_provider_is_asked_once_for_many_and_not_at_all_for_none(asked):
    assert list(names.state_names(["FRA", "", "XYZ", "FRA"], "zh")) == ["FRA", "XYZ"]
    assert asked == [(["FRA", "XYZ"], "zh")]
    assert names.state_names(["", ""], "ar") == {}
    assert len(asked) == 1


def test_without_a_provider_the_code_is_the_name(asked):
    provider = names.unregister_state_names()
    assert names.state_name("FRA", "ru") == "FRA"
    names.register_state_names(provider)
    assert names.state_name("FRA", "ru") == "Франция"


def test_a_second_provider_is_refused_and_the_same_one_is_not(asked):
    provider = names.unregister_state_names()
    names.register_state_names(provider)
    names.register_state_names(provider)
    with pytest.raises(names.ProviderTaken, match="already"):
        names.register_state_names(lambda wanted, language: {})


def test_an_unknown_language_is_refused(asked):
    with pytest.raises(UnknownLanguage):
        names.state_names(["FRA"], "de")
