"""How text becomes words, in six languages."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import LANGUAGES, analyse, places, query_terms, symbol_forms, symbols, terms

ALIKE = {
    "ar": [
        ("الحقوق", "وبالحقوق"), ("الحقوق", "حقوقهم"), ("حُقُوقٌ", "حقوق"), ("حقـــوق", "حقوق"),
        ("أمن", "امن"), ("إنسان", "الانسان"), ("دولة", "الدول"), ("للدول", "والدولة"),
        ("مسؤولية", "مسوولية"), ("المرأة", "المراة"), ("معاهدات", "المعاهدة"), ("١٩٤٥", "1945"),
        ("فتاوى", "فتاوي"), ("ﺣﻘﻮﻕ", "حقوق"), ("تنمية", "بتنميتها"), ("المتحدة", "متحدين"),
        ("إلزاميا", "إلزامي"), ("الحق", "حق"), ("البيانات", "بيانات"), ("فريق", "الفريق"),
        ("وبفرنسا", "فرنسا"), ("لحفظ", "حفظ"), ("إلزامياً", "الزامي"), ("حقوقًا", "حقوق"),
        ("والنساء", "امرأة"), ("أطفالهم", "الطفل"), ("بحقوقهم", "الحق"), ("للأسلحة", "سلاح"),
    ],
    "zh": [("聯合國", "联合国"), ("裏", "里"), ("權利", "权利"), ("２０３０", "2030")],
    "en": [
        ("missions", "mission"), ("Elections", "ELECTED"), ("co\u00adoperation", "cooperation"),
        ("Côte", "cote"), ("state's", "states"), ("State’s", "state's"), ("ﬁnance", "finance"),
        ("peace\u200bkeeping", "peacekeeping"), ("\u202bpeace\u202c", "peace"),
        ("women’s", "woman"), ("children", "child"), ("crises", "crisis"), ("upheld", "uphold"),
    ],
    "fr": [
        ("l’égalité", "égalité"), ("qu'élections", "élection"), ("liberté", "libertes"),
        ("œuvres", "oeuvre"), ("droits", "droit"), ("nationaux", "national"), ("É", "e"),
        ("e\u0301galite\u0301", "égalité"), ("egalite", "égalité"),
        ("premieres", "première"), ("annees", "année"), ("acces", "accès"),
        ("jusqu’aujourd'hui", "aujourd’hui"), ("travaux", "travail"), ("élue", "élire"),
    ],
    "ru": [
        ("ещё", "еще"), ("народов", "народы"), ("Объединённых", "объединенные"), ("права", "прав"),
        ("и\u0306од", "йод"), ("МИРА", "мир"),
        ("детьми", "ребёнок"), ("людей", "человека"), ("беженцев", "беженец"),
        ("списка", "список"), ("оценок", "оценка"),
    ],
    "es": [
        ("naciones", "nación"), ("pequeñas", "pequena"), ("derechos", "derecho"),
        ("elección", "elecciones"), ("energia", "energías"), ("Pakistan", "Pakistán"),
        ("paí\u00adses", "países"), ("escritas", "escribir"), ("resuelto", "resolver"),
    ],
}  # fmt: skip

APART = {
    "ar": [
        ("كاتب", "مكتبة"),
        ("علم", "عالمية"),
        ("سلام", "سلاح"),
        ("أمن", "أمين"),
        ("قضاء", "قضية"),
    ],
    "zh": [("人", "入"), ("和平", "平和")],
    "en": [("peace", "piece"), ("universal", "universe's end"), ("found", "find")],
    "fr": [("paix", "pays"), ("mission", "démission")],
    "ru": [("мир", "мера"), ("право", "правда"), ("восток", "воск"), ("временный", "время")],
    "es": [("paz", "país"), ("misión", "dimisión")],
}


def pairs(of: dict[str, list[tuple[str, str]]]) -> list[tuple[str, str, str]]:
    return [(language, one, other) for language, some in of.items() for one, other in some]


@pytest.mark.parametrize(("language", "one", "other"), pairs(ALIKE))
def test_forms_of_one_word_are_one_term(language: str, one: str, other: str) -> None:
    assert terms(one, language) == terms(other, language) != []


@pytest.mark.parametrize(("language", "one", "other"), pairs(APART))
def test_different_words_stay_apart(language: str, one: str, other: str) -> None:
    assert terms(one, language) != terms(other, language)


def test_chinese_is_single_characters_and_pairs_in_the_order_of_the_text() -> None:
    assert terms("人權法 2030年", "zh") == ["人", "人权", "权", "权法", "法", "2030", "年"]


def test_a_short_arabic_word_keeps_its_letters() -> None:
    assert [terms(word, "ar") for word in ("ولد", "بيت", "الف", "وفد")] == [
        ["ولد"], ["بيت"], ["الف"], ["وفد"],
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_another_script_follow_the_rules_of_that_script(language: str) -> None:
    assert terms("聯合國", language) == terms("联合国", "zh")
    assert terms("وبالحقـوق", language) == terms("حقوق", "ar")
    assert terms("Объединённых", language) == terms("объединенные", "ru")


@pytest.mark.parametrize("language", ["ar", "zh", "ru"])
def test_a_latin_name_in_another_script_is_folded_and_not_stemmed(language: str) -> None:
    assert terms("Côte d’Ivoire UNICEF's missions", language) == [
        "cote", "divoire", "unicef", "missions",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "marked"),
    [
        ("fr", "La défense de l’homme", ["La", "défense", "de", "homme"]),
        ("fr", "e\u0301galite\u0301 d'accès", ["e\u0301galite\u0301", "accès"]),
        ("en", "co\u00adoperation (peace)", ["co\u00adoperation", "peace"]),
        ("ar", "وَالحُرِّيَّاتُ الأساسية", ["وَالحُرِّيَّاتُ", "الأساسية"]),
        ("zh", "聯合國,", ["聯", "聯合", "合", "合國", "國"]),
        ("ru", "Мир — всем", ["Мир", "всем"]),
        ("es", "¿Más países?", ["Más", "países"]),
    ],
)
def test_places_are_those_of_the_original_text(language: str, text: str, marked: list[str]) -> None:
    assert [text[start:end] for _, start, end in analyse(text, language)] == marked


@pytest.mark.parametrize(
    ("language", "text", "telling"),
    [
        ("ar", "الحق في التعليم", "الحق التعليم"),
        ("zh", "和平与安全", None),
        ("en", "The Right to Education", "right education"),
        ("fr", "Le droit à l’éducation", "droit éducation"),
        ("ru", "Право на образование", "право образование"),
        ("es", "El derecho a la educación", "derecho educación"),
    ],
)
def test_words_that_say_nothing_are_not_looked_up(
    language: str, text: str, telling: str | None
) -> None:
    if telling is None:
        assert query_terms(text, language) == ["和平", "平与", "与安", "安全"]
    else:
        assert query_terms(text, language) == terms(telling, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "to be or not to be"),
        ("fr", "où"),
        ("ar", "في"),
        ("zh", "的"),
        ("ru", "и"),
        ("es", "la"),
    ],
)
def test_a_query_of_nothing_else_is_looked_up_all_the_same(language: str, text: str) -> None:
    assert query_terms(text, language) == terms(text, language) != []


@given(text=st.text(st.characters(codec=None)), language=st.sampled_from(LANGUAGES))
def test_any_text_is_analysed_alike_with_and_without_places(text: str, language: str) -> None:
    tokens = list(analyse(text, language))
    assert [token.term for token in tokens] == terms(text, language)
    assert all(0 <= start < end <= len(text) for _, start, end in tokens)
    some = {token.term for token in tokens[::2]}
    assert places(text, language, some) == [token for token in tokens if token.term in some]
    assert not any(character.isspace() for token in tokens for character in token.term)


@given(
    text=st.text(st.sampled_from("éèüñçабвёйАabzZ'’ 人權ابةأ\u064e12")),
    language=st.sampled_from(LANGUAGES),
)
def test_composed_and_decomposed_letters_are_one(text: str, language: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    decomposed = unicodedata.normalize("NFD", composed)
    assert terms(composed, language) == terms(decomposed, language)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("see A/C.3/78/L.49, and/or S/RES/1325 (2000).", ["A/C.3/78/L.49", "S/RES/1325(2000)"]),
        ("s∕res∕1325", ["S/RES/1325"]),
        ("Ａ／Ｃ．３／７８", ["A/C.3/78"]),
        ("\u200fA/79/L.2\u200f؛", ["A/79/L.2"]),
        ("(A/RES/70/1)", ["A/RES/70/1"]),
        ("E/CN.6/2023/L.5/Rev.1 y Add.1", ["E/CN.6/2023/L.5/REV.1"]),
        ("A/RES/217(III)", ["A/RES/217(III)"]),
        ("عملا بقرارها A/RES/77/5.", ["A/RES/77/5"]),
        ("大会第A/RES/70/1号决议", []),
        ("https://undocs.org/A/79/1", []),
        ("a@b.c/1", []),
        ("he/she, km/h, 24/7, 1/2", []),
    ],
)
def test_symbols_named_in_a_text_are_drawn_out(text: str, names: list[str]) -> None:
    assert [symbol.name for symbol in symbols(text)] == names


def test_a_symbol_answers_with_and_without_its_year() -> None:
    assert symbol_forms("S/RES/1325 (2000)") == ("S/RES/1325(2000)", "S/RES/1325")
    assert symbol_forms("a/res/217 (iii)") == ("A/RES/217(III)", "A/RES/217")
    assert symbol_forms(" ") == ()
