"""A wrong setting of machine translation is said at the start, without the key."""

import pytest
from django.core.checks import run_checks

from tests.languages.translation_service import KEY


def found(settings, url, key=""):
    settings.MACHINE_TRANSLATION_URL = url
    settings.MACHINE_TRANSLATION_KEY = key
    return [one for one in run_checks() if one.id.startswith("languages.")]


def test_off_is_the_default_and_nothing_to_tell(settings):
    assert settings.MACHINE_TRANSLATION_URL == ""
    assert found(settings, "") == []
    assert found(settings, "deepl+https://api-free.deepl.com", KEY) == []


@pytest.mark.parametrize(
    ("url", "key"),
    [("https://api.deepl.com", KEY), ("deepl+https://api.deepl.com", ""), ("deepl+https://", KEY)],
)
def test_a_wrong_address_is_an_error_with_a_hint_and_without_the_key(settings, url, key):
    (error,) = found(settings, url, key)
    assert error.id == "languages.E001"
    assert "docs/howto/machine-translation.md" in error.hint
    assert KEY not in f"{error.msg} {error.hint}"


def test_a_key_without_an_address_is_warned_of(settings):
    (warning,) = found(settings, "", KEY)
    assert warning.id == "languages.W001"
    assert KEY not in f"{warning.msg} {warning.hint}"


def test_a_way_in_clear_is_warned_of_unless_it_is_short(settings):
    (warning,) = found(settings, "libretranslate+http://translate.example")
    assert warning.id == "languages.W002"
    assert found(settings, "libretranslate+http://127.0.0.1:5000") == []
