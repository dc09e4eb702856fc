"""Codes, fallback and what a browser asks for."""

import pytest

from cms.languages import codes


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("zh-CN", "zh"),
        ("zh-hans", "zh"),
        ("zh_TW", "zh"),
        ("fr-CA", "fr"),
        ("EN", "en"),
        ("ar", "ar"),
    ],
)
def test_tags_of_the_six_languages_are_understood(tag, code):
    assert codes.normalise(tag) == code


@pytest.mark.parametrize("tag", ["de", "", None, "zz-ZH", "*"])
def test_other_tags_are_nobody(tag):
    assert codes.normalise(tag) is None


@pytest.mark.parametrize("code", codes.CODES)
def test_every_fallback_chain_names_all_six_and_starts_with_the_wanted(code):
    chain = codes.fallback_chain(code)
    assert chain[0] == code
    assert sorted(chain) == sorted(codes.CODES)


def test_the_source_language_comes_before_english():
    assert codes.best("ru", {"en", "fr"}, source="fr") == "fr"
    assert codes.best("ru", {"en", "fr"}) == "en"
    assert codes.best("ru", {"ru", "fr"}, source="fr") == "ru"
    assert codes.best("ru", ()) is None


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("fr-CH, fr;q=0.9, en;q=0.8", "fr"),
        ("de, ar;q=0.5, zh-CN;q=0.7", "zh"),
        ("es;q=0, ru;q=0.1", "ru"),
        ("de, nl", None),
        ("fr;q=abc, en", "en"),
        ("", None),
        (None, None),
        ("," * 10_000, None),
    ],
)
def test_the_best_entry_of_accept_language_wins(header, code):
    assert codes.from_accept_language(header) == code


def test_only_arabic_runs_right_to_left():
    assert [code for code in codes.CODES if codes.direction(code) == "rtl"] == ["ar"]


def test_an_unknown_code_is_refused_with_the_six_named():
    with pytest.raises(codes.UnknownLanguage, match="ar, zh, en, fr, ru, es"):
        codes.direction("de")
