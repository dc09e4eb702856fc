"""The order of names and the letters of an index, in each of the six languages."""

import random

import pytest

from cms.languages import codes
from cms.languages.collation import OTHER, alphabet, letter, sort_key

#: Names in the order in which the language's own reference works put them.
SEQUENCES = {
    # Unaccented before accented where all letters are the same; a space before a letter.
    "en": ["Chad", "Cote", "Côte d’Ivoire", "Croatia", "Niger", "Nigeria", "Türkiye", "Tuvalu"],
    "fr": ["cote", "coté", "côte", "côté", "Égypte", "El Salvador", "Émirats", "Île", "Inde"],
    "es": ["nube", "Nuevo", "nunca", "ñame", "Ñandú", "ñu", "oca", "Ómnibus", "once"],
    "ru": ["Ежи", "Ёжик", "Езда", "Иран", "Италия", "Йемен", "Кабо-Верде", "Эстония", "Япония"],
    "ar": ["أبجد", "آسيا", "إيران", "البحرين", "تونس", "الجزائر", "الصين", "فرنسا", "اليمن"],
    "zh": ["阿富汗", "埃及", "巴西", "德国", "法国", "古巴", "日本", "塞尔维亚", "中国"],
}


@pytest.mark.parametrize("language", codes.CODES)
def test_names_stand_in_the_order_of_their_language(language):
    names = SEQUENCES[language]
    mixed = random.Random(47).sample(names, len(names))
    assert sorted(mixed, key=sort_key(language)) == names


@pytest.mark.parametrize("language", codes.CODES)
def test_an_index_goes_through_its_alphabet(language):
    letters = [letter(name, language) for name in SEQUENCES[language]]
    positions = [alphabet(language).index(sign) for sign in letters]
    assert positions == sorted(positions)


def test_spanish_has_a_letter_after_n_that_french_has_not():
    words = ["nz", "ña", "oa"]
    assert sorted(words, key=sort_key("es")) == words
    assert sorted(words, key=sort_key("fr")) == ["ña", "nz", "oa"]
    assert (letter("ñandú", "es"), letter("ñandú", "fr")) == ("Ñ", "N")
    assert len(alphabet("es")) == 27


def test_spanish_decomposed_letters_sort_as_composed_ones():
    assert sort_key("es")("n\u0303u") == sort_key("es")("ñu")


def test_russian_takes_yo_for_ye_and_short_i_for_a_letter_of_its_own():
    assert letter("Ёлка", "ru") == "Е"
    assert letter("Йемен", "ru") == "Й"
    assert sorted(["Елка", "Ёлка", "Елки"], key=sort_key("ru")) == ["Елка", "Ёлка", "Елки"]


def test_arabic_passes_over_the_article_and_unites_the_forms_of_alef():
    assert letter("الجزائر", "ar") == "ج"
    assert letter("ألمانيا", "ar") == "ا", "with hamza it is no article"
    assert {letter(name, "ar") for name in ("إيران", "آيسلندا", "أنغولا", "الأردن")} == {"ا"}
    assert sorted(["بلجيكا", "البرازيل", "باكستان"], key=sort_key("ar")) == [
        "باكستان",
        "البرازيل",
        "بلجيكا",
    ]


def test_arabic_marks_and_tatweel_do_not_move_a_name():
    assert sorted(["مصـر", "مُصمم", "مصر"], key=sort_key("ar"))[-1] == "مُصمم"
    assert letter("ـمصر", "ar") == "م"


def test_chinese_goes_by_syllable_then_tone():
    # ma1, ma2, ma3, ma4; then mai, which is another syllable.
    assert sorted(["骂", "麻", "买", "马", "妈"], key=sort_key("zh")) == [
        "妈",
        "麻",
        "马",
        "骂",
        "买",
    ]


def test_chinese_reads_names_of_places_as_they_are_read():
    readings = {
        "乍得": "Z",
        "秘鲁": "B",
        "塞舌尔": "S",
        "朝鲜": "C",
        "大韩民国": "D",
        "佛得角": "F",
    }
    assert {name: letter(name, "zh") for name in readings} == readings


def test_chinese_puts_u_with_dots_after_plain_u():
    assert sorted(["卵", "律", "路", "论"], key=sort_key("zh")) == ["路", "律", "卵", "论"]


@pytest.mark.parametrize("language", codes.CODES)
def test_what_no_alphabet_holds_is_listed_apart(language):
    assert letter("42", language) == OTHER
    assert letter("", language) == OTHER
    assert letter("日本" if language != "zh" else "Ώρα", language) == OTHER


@pytest.mark.parametrize("text", ["Œuvre", "Å", "Łódź"])
def test_latin_letters_of_other_languages_find_a_place(text):
    assert letter(text, "en") in alphabet("en")


def test_an_unknown_language_is_refused():
    with pytest.raises(codes.UnknownLanguage, match="official language"):
        sort_key("de")
