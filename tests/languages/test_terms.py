"""Names and terms are found as they stand in sentences of six languages, and nowhere else."""

import pytest

from cms.languages.terms import Finder, Form, without_article


def found(text, *forms, language="en", inflected=False):
    made = [
        form if isinstance(form, Form) else Form(form, form, inflected=inflected) for form in forms
    ]
    return [(text[one.start : one.end], one.value) for one in Finder(made, language).find(text)]


def test_the_longest_form_at_a_place_is_taken_and_the_next_begins_after_it():
    forms = ["Guinea", "Guinea-Bissau", "Equatorial Guinea", "Papua New Guinea"]
    text = "Guinea, Guinea-Bissau and Equatorial Guinea met Papua New Guinea."
    assert [value for _words, value in found(text, *forms)] == [
        "Guinea",
        "Guinea-Bissau",
        "Equatorial Guinea",
        "Papua New Guinea",
    ]


@pytest.mark.parametrize(
    ("language", "form", "text", "words"),
    [
        ("en", "Russian Federation", "the RUSSIAN FEDERATION’s vote", "RUSSIAN FEDERATION’s"),
        ("en", "Côte d’Ivoire", "from Cote d'Ivoire.", "Cote d'Ivoire"),
        ("fr", "Allemagne", "selon l’Allemagne, qui", "Allemagne"),
        ("fr", "République d’Haïti", "la République d'Haïti", "République d'Haïti"),
        ("es", "Perú", "del Peru y de", "Peru"),
        ("ar", "فرنسا", "قالت وفرنسا أيضا", "وفرنسا"),
        ("ar", "فرنسا", "البعثة الدائمة لفرنسا", "لفرنسا"),
        ("ar", "الاتحاد الروسي", "للاتحاد الروسي", "للاتحاد الروسي"),
        ("ar", "الاتحاد الروسي", "وبالاتحاد الروسي", "وبالاتحاد الروسي"),
        ("ar", "الأمم المتحدة", "ميثاق الامم المتّحدة", "الامم المتّحدة"),
        ("ru", "Российская Федерация", "в Российской Федерации", "Российской Федерации"),
        ("ru", "Республика Корея", "с Республикой Кореей", "Республикой Кореей"),
        ("ru", "Корея", "в Корее", "Корее"),
        ("ru", "Египет", "делегация Египта", "Египта"),
        ("ru", "Китай", "с Китаем", "Китаем"),
        ("ru", "Нидерланды", "из Нидерландов", "Нидерландов"),
        ("ru", "Третий комитет", "Третьего комитета", "Третьего комитета"),
        ("ru", "Кот-д’Ивуар", "Кот-д'Ивуара", "Кот-д'Ивуара"),
        ("zh", "法国", "我国与法国的关系", "法国"),
        ("zh", "大韩民国", "大韓民國代表", "大韓民國"),
    ],
)
def test_a_name_is_found_as_the_language_writes_it(language, form, text, words):
    assert found(text, form, language=language) == [(words, form)]


@pytest.mark.parametrize(
    ("language", "form", "text", "words"),
    [
        ("en", "refugees", "Every refugee counts", "refugee"),
        ("fr", "pays en développement", "un pays en développement", "pays en développement"),
        ("ru", "права человека", "Совет по правам человека", "правам человека"),
        ("es", "derechos humanos", "un derecho humano", "derecho humano"),
        ("ar", "حقوق الإنسان", "لحقوق الإنسان", "لحقوق الإنسان"),
    ],
)
def test_an_inflected_form_is_found_by_its_stem(language, form, text, words):
    assert found(text, form, language=language, inflected=True) == [(words, form)]


@pytest.mark.parametrize(
    ("language", "form", "text"),
    [
        ("en", "Turkey", "a turkey for dinner"),
        ("en", "Chad", "Chadwick"),
        ("en", "Oman", "a woman, a Roman"),
        ("en", "Niger", "Nigeria"),
        ("ar", "مالي", "الدعم المالي"),
        ("ar", "مالي", "المال العام"),
        ("ru", "Того", "кроме того"),
        ("ru", "Мали", "Малые острова"),
        ("ru", "Ливия", "в Ливане"),
        ("zh", "UN", "UNESCO 总部"),
        ("es", "Cuba", "cuba de vino"),
    ],
)
def test_other_words_are_left_alone(language, form, text):
    assert found(text, form, language=language) == []


def test_capitals_written_in_a_form_are_wanted_and_others_are_free():
    assert found("conseil de sécurité", "Conseil de sécurité", language="fr") == []
    assert found("Conseil de Sécurité", "Conseil de sécurité", language="fr") != []
    assert found("Human Rights", "human rights", inflected=True) != []


@pytest.mark.parametrize(
    "text",
    [
        "We left the Ivory. Coast guards came.",
        "Ivory, Coast",
        "Ivory\n\nCoast",
        "Ivory: Coast",
        "“Ivory” “Coast”",
    ],
)
def test_a_name_does_not_reach_over_a_break(text):
    assert found(text, "Ivory Coast") == []


def test_it_reaches_over_brackets_hyphens_and_the_stop_of_an_abbreviation():
    forms = ["Iran (Islamic Republic of)", "St. Lucia", "Timor-Leste"]
    text = "Iran (Islamic Republic of), St. Lucia, Timor Leste"
    assert [value for _words, value in found(text, *forms)] == forms


def test_a_form_without_value_takes_its_words_away():
    forms = [Form("Mexico", "MEX"), Form("New Mexico", None)]
    assert found("Mexico and New Mexico", *forms) == [("Mexico", "MEX")]
    forms = [Form("印度", "IND"), Form("印度洋", None)]
    assert found("印度在印度洋", *forms, language="zh") == [("印度", "IND")]


def test_the_first_of_two_equal_forms_is_meant():
    assert found("Congo", Form("Congo", "official"), Form("Congo", "other")) == [
        ("Congo", "official")
    ]


def test_articles_are_no_part_of_a_name():
    assert without_article("the French Republic", "en") == "French Republic"
    assert without_article("l’État de Palestine", "fr") == "État de Palestine"
    assert without_article("los Países Bajos", "es") == "Países Bajos"
    assert without_article("Российская Федерация", "ru") == "Российская Федерация"


@pytest.mark.parametrize("language", ["ar", "zh", "en", "fr", "ru", "es"])
def test_nothing_is_found_in_nothing(language):
    assert found("", "France", language=language) == []
    assert found("…", "", " ", language=language) == []
