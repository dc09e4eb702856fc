"""How a document's symbol is found when it is typed whole, in part, or otherwise than printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import compact, compact_forms, starts, typed_symbols, whole_forms


def _finds(typed: str, symbol: str) -> bool:
    return not set(typed_symbols(typed)).isdisjoint(compact_forms(symbol))


@pytest.mark.parametrize(
    ("symbol", "spelling"),
    [
        ("A/C.3/78/L.49/Rev.1", "AC378L49REV1"),
        ("\u200fs∕res∕1325 (2000)\u200e", "SRES13252000"),
        ("Ａ／ＲＥＳ／２１７（III）[A]", "ARES217IIIA"),
        ("A/٧٨/١", "A781"),
        ("", ""),
    ],
)
def test_the_compact_spelling_is_the_letters_and_digits(symbol: str, spelling: str) -> None:
    assert compact(symbol) == spelling


def test_numbers_that_meet_are_kept_apart_in_the_exact_spelling() -> None:
    assert whole_forms("S/2005/2") == ("S2005/2", "S20052")
    assert whole_forms("S/20052") == ("S20052",)
    assert whole_forms("S/RES/1325 (2000)") == ("SRES1325/2000", "SRES13252000", "SRES1325")


def test_every_run_of_pieces_is_looked_up_unless_it_says_nothing_alone() -> None:
    forms = compact_forms("A/C.3/78/L.49/Rev.1")
    assert forms[:2] == ("AC3/78L49REV1", "AC378L49REV1")
    assert {"C3/78L49REV1", "C378L49", "78L49", "L49REV1", "L49", "AC3"} <= set(forms)
    assert set(forms).isdisjoint({"REV1", "78", "A", ""})


def test_the_compact_spelling_completes_from_its_first_letter() -> None:
    assert starts("A/C.3/1") == ("A", "AC", "AC3", "AC31", "C3", "C31")
    assert starts("A/1/2") == ("A", "A1", "A12", "1/2")
    assert starts("A/C.3/7/L.4/Rev.1")[-5:] == ("L4", "L4R", "L4RE", "L4REV", "L4REV1")


@pytest.mark.parametrize(
    ("typed", "symbol"),
    [
        ("a c3 63 l2", "A/C.3/63/L.2"),
        ("A-C.3-63-L.2", "A/C.3/63/L.2"),
        ("a/c.3/63/l2", "A/C.3/63/L.2"),
        ("AC363L2", "A/C.3/63/L.2"),
        ("А/С.3/63/L.2", "A/C.3/63/L.2"),
        ("draft a c3 78 l49 rev 1", "A/C.3/78/L.49/Rev.1"),
        ("c3 78 l49", "A/C.3/78/L.49"),
        ("C.3/78/L.49", "A/C.3/78/L.49/Rev.1"),
        ("L49 Rev1", "A/C.3/78/L.49/Rev.1"),
        ("78/L.49", "A/C.3/78/L.49"),
        ("l.49", "A/C.3/78/L.49"),
        ("s pv 9000", "S/PV.9000 (Resumption 1)"),
        ("s 2005 2", "S/2005/2"),
        ("S20052", "S/2005/2"),
        ("63/11", "A/RES/63/11"),
        ("cedaw c sr 1000", "CEDAW/C/SR.1000"),
        ("UNEP∕POPS∕COP.1∕5", "UNEP/POPS/COP.1/5"),
        ("A/RES/2131 (XX)", "A/RES/2131(XX)"),
        ("https://undocs.org/en/A/79/1", "A/79/1"),
        ("https://docs.un.org/ru/S/RES/1325(2000)", "S/RES/1325 (2000)"),
        ("GA/RES/63/11", "A/RES/63/11"),
    ],
)
def test_what_is_typed_finds_the_document(typed: str, symbol: str) -> None:
    assert _finds(typed, symbol)


@pytest.mark.parametrize(
    "typed",
    [
        "resolution 1325", "UNSCR 1325", "Security Council resolution 1325 (2000)",
        "résolution 1325 du Conseil de sécurité", "resolución 1325 del Consejo de Seguridad",
        "резолюции Совета Безопасности 1325", "قرار مجلس الأمن رقم ١٣٢٥", "القرار 1325",
        "安理会第1325（2000）号决议", "安理會第1325號決議", "res 1325", "s res 1325", "SRES1325",
    ],
)  # fmt: skip
def test_a_resolution_named_in_words_is_found_in_six_languages(typed: str) -> None:
    assert _finds(typed, "S/RES/1325 (2000)")
    assert not _finds(typed, "S/RES/1326 (2000)")


def test_numbers_that_were_typed_apart_are_not_run_together() -> None:
    assert _finds("s 2005 2", "S/2005/2")
    assert not _finds("s 2005 2", "S/20052")
    assert not _finds("resolution 63/11", "A/RES/6311(XXV)")


@pytest.mark.parametrize(
    "typed",
    [
        "peace 2030", "covid-19", "g7 summit", "SDG 4", "article 5", "agenda 21", "vitamin c 3",
        "a c3 plant", "b52", "s400", "A4 paper", "24/7", "9/11", "HIV/AIDS 2030", "COVID-19/HIV",
        "a 5 year plan", "h1n1 2009", "R2 D2", "section 4.2", "PM2.5", "iso 3166", "2030",
        "1990 1991", "7 l/100 km", "A/C 2030", "a dec 5 deadline", "a wg 2 meeting", "الهدف 4",
        "目标 4", "цель 4", "objectif 4", "2024-03-12", "12.03.2024", "resolution", "التنمية",
        "决议", "http://example.org/a/5", "user@example.org/5", "cat 5 cable", "room C 3", "",
        "room 5, 2 items",
    ],
)  # fmt: skip
def test_words_and_plain_numbers_are_never_taken_for_symbols(typed: str) -> None:
    assert typed_symbols(typed) == ()


SIGNS = st.one_of(st.sampled_from("aAcCsSlLrReEpPvV./-()[] 0123456789第号决议"), st.characters())


@given(st.text(SIGNS))
def test_any_text_reads_as_a_few_spellings_and_never_raises(text: str) -> None:
    found = typed_symbols(text)
    assert len(found) <= 16
    assert all(set(form) & set("0123456789") for form in found)
    assert all(form == "" or form.isascii() for form in compact_forms(text))
    assert compact(compact(text)) == compact(text)


@pytest.mark.parametrize("sign", [" ", "(", "1/", "a/1 ", "RES ", "第", "\u200f", "(1", "A.", "/ "])
def test_a_very_long_text_is_read_in_time_that_grows_with_its_length(sign: str) -> None:
    text = sign * (100_000 // len(sign))
    assert len(typed_symbols(text)) <= 16
    assert len(compact_forms(text)) < 120
