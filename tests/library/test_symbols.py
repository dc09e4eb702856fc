"""What symbols say, how they are shown and found, and how what people type is read."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from cms.library.symbols import (
    NotASymbol,
    Refusal,
    clean_symbol,
    order_key,
    parse_symbol,
    read_symbol,
    symbol_key,
)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("A/RES/79/1", "A/RES/79/1"),
        (" A／C.3 / 78/L.49/Rev.1 ", "A/C.3/78/L.49/Rev.1"),
        ("\u200eS/RES/1325  (2000)\u200f", "S/RES/1325 (2000)"),
        ("A∕RES∕217(III)[A]", "A/RES/217(III)[A]"),
        ("A/RES/79/1.", "A/RES/79/1"),
        ("A/٧٩/١", "A/79/1"),
    ],
)
def test_what_is_pasted_along_is_taken_off_and_letter_case_is_kept(typed, shown):
    assert clean_symbol(typed) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a/c.3/78/l.49/rev.1/corr.2", "A/C.3/78/L.49/Rev.1/Corr.2"),
        ("a/res/217(iii)[a]", "A/RES/217(III)[A]"),
        ("e/cn.4/sub.2/1999/4", "E/CN.4/Sub.2/1999/4"),
        ("s/pv.4567 (resumption 1)", "S/PV.4567 (Resumption 1)"),
        ("A/CONF.62/wp.10", "A/CONF.62/wp.10"),
    ],
)
def test_a_symbol_whose_organ_is_in_small_letters_is_shown_as_it_is_printed(typed, shown):
    assert clean_symbol(typed) == shown


@pytest.mark.parametrize("text", ["", "hello", "and/or", "79/1", "A/", "x" * 200, "A/<b>/1"])
def test_what_is_no_symbol_is_refused(text):
    with pytest.raises(ValidationError, match="not a document symbol"):
        clean_symbol(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("S/PV.3392+Corr.1", Refusal.SEVERAL),
        ("A/58/667; S/2003/1219", Refusal.SEVERAL),
        ("A/58/667-S/2003/1219", Refusal.SEVERAL),
        ("S/PV.7809 (closed)", Refusal.REMARK),
        ("R/10 65", Refusal.BLANK),
        ("A//1", Refusal.EMPTY_PIECE),
        ("A/B", Refusal.NO_NUMBER),
        ("C.3/78/L.49", Refusal.NO_ORGAN),
        ("А/79/1", Refusal.SIGNS),
        ("", Refusal.EMPTY),
        ("A/" + "1" * 99, Refusal.TOO_LONG),
    ],
)
def test_a_refusal_says_why(text, reason):
    with pytest.raises(NotASymbol) as refused:
        parse_symbol(text)
    assert refused.value.reason == reason


def test_every_spelling_of_a_symbol_has_one_key():
    spellings = ["S/RES/1325 (2000)", "s/res/1325(2000)", "S∕RES∕1325 (2000)", "Ｓ/RES/1325(2000)"]
    assert {symbol_key(spelling) for spelling in spellings} == {"S/RES/1325(2000)"}
    spellings = ["A/RES/217(III)[A]", "A/RES/217 A (III)", "A/RES/217A(III)"]
    assert {symbol_key(spelling) for spelling in spellings} == {"A/RES/217(III)[A]"}
    spellings = ["S/PV.5629(ResumptionI)", "S/PV. 5629 (Resumption 1)", "S/PV5629 (Resumption1)"]
    assert {symbol_key(spelling) for spelling in spellings} == {"S/PV.5629(RESUMPTION1)"}
    assert symbol_key("A/C.3/78/L49/Rev1") == symbol_key("A/C.3/78/L.49/Rev. 1")


@pytest.mark.parametrize(
    ("symbol", "says"),
    [
        (
            "A/C.3/78/L.49/Rev.1",
            {"organ": "A", "body": "C.3", "filed_under": "C.3", "session": "78", "series": "L",
             "number": "49", "document_type": "draft", "distribution": "limited",
             "relation": "revision", "siblings": "A/C.3/78/L."},
        ),
        (
            "A/RES/2131(XX)",
            {"filed_under": "GA", "session": "XX", "session_number": 20, "filed_session": "20",
             "series": "RES", "number": "2131", "document_type": "resolution"},
        ),
        ("A/RES/3201(S-VI)", {"session": "S-VI", "filed_session": "S-6", "number": "3201"}),
        ("A/RES/ES-11/1", {"session": "ES-11", "filed_session": "ES-11", "number": "1"}),
        ("A/S-10/4", {"session": "S-10", "number": "4", "siblings": "A/S-10/"}),
        ("A/C.3/SR.1000", {"session": "", "series": "SR", "document_type": "record"}),
        ("S/RES/1325 (2000)", {"filed_under": "SC", "year": 2000, "session": "", "number": "1325"}),
        ("S/2005/2", {"year": 2005, "number": "2", "siblings": "S/2005/", "distribution": ""}),
        ("S/12990", {"year": None, "number": "12990", "siblings": "S/"}),
        ("S/PV.9000 (Resumption 1)", {"number": "9000", "part": "Resumption 1", "series": "PV"}),
        ("S/PRST/2008/18", {"series": "PRST", "year": 2008, "document_type": "statement"}),
        ("A/RES/48/141[A]", {"session": "48", "number": "141", "part": "A"}),
        ("A/RES/79/1 A-B", {"number": "1", "part": "A-B"}),
        ("E/RES/2008/6", {"filed_under": "ECOSOC", "year": 2008, "number": "6"}),
        ("E/CN.4/Sub.2/AC.2/1987/WP.4", {"bodies": ("CN.4", "SUB.2", "AC.2"), "year": 1987}),
        ("A/HRC/RES/48/13", {"filed_under": "HRC", "session": "48", "number": "13"}),
        ("CEDAW/C/SR.1000", {"filed_under": "CEDAW", "body": "C", "number": "1000"}),
        ("CCPR/C/USA/CO/4", {"others": ("USA", "CO"), "number": "4"}),
        ("ECE/TRANS/WP.29/2024/1", {"filed_under": "", "bodies": ("TRANS", "WP.29")}),
        (
            "CEDAW/C/FRA/7-8",
            {"others": ("FRA",), "number": "7-8", "siblings": "CEDAW/C/FRA/"},
        ),
        (
            "S/AC.37/2003/(1455)/1",
            {"bodies": ("AC.37",), "year": 2003, "others": ("(1455)",), "number": "1",
             "session": "", "siblings": "S/AC.37/2003/(1455)/"},
        ),
        ("ST/SGB/2024/1", {"filed_under": "ST", "series": "SGB", "year": 2024}),
        ("A/AC.1/R.5", {"filed_under": "GA", "distribution": "restricted", "document_type": ""}),
        ("XYZ/QQ/7", {"filed_under": "", "body": "QQ", "number": "7", "series": ""}),
    ],
)  # fmt: skip
def test_a_symbol_says_its_body_session_series_and_number(symbol, says):
    parsed = parse_symbol(symbol)
    assert str(parsed) == symbol
    assert {name: getattr(parsed, name) for name in says} == says


def test_the_chain_of_modifiers_leads_to_the_first_document():
    parsed = parse_symbol("A/CONF.62/WP.10/Rev.3/Add.1/Corr.2*")
    chain = []
    while parsed is not None:
        chain.append((str(parsed), parsed.relation))
        parsed = parsed.parent()
    assert chain == [
        ("A/CONF.62/WP.10/Rev.3/Add.1/Corr.2*", ""),
        ("A/CONF.62/WP.10/Rev.3/Add.1/Corr.2", "corrigendum"),
        ("A/CONF.62/WP.10/Rev.3/Add.1", "addendum"),
        ("A/CONF.62/WP.10/Rev.3", "revision"),
        ("A/CONF.62/WP.10", ""),
    ]
    assert str(parse_symbol(chain[0][0]).root()) == "A/CONF.62/WP.10"
    assert parse_symbol("A/C.3/78/L.2/Amend.1").relation == "amendment"


def test_symbols_sort_as_people_count():
    sorted_symbols = [
        "A/C.3/78/L.9", "A/C.3/78/L.9/Rev.1", "A/C.3/78/L.10", "A/C.3/79/L.1",
        "A/RES/79/2", "A/RES/79/10", "S/RES/999 (1995)", "S/RES/1325 (2000)",
    ]  # fmt: skip
    mixed = sorted_symbols[1::2] + sorted_symbols[::2]
    assert sorted(mixed, key=order_key) == sorted_symbols


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("a c3 63 l2", "A/C.3/63/L.2"),
        ("A-C.3-63-L.2", "A/C.3/63/L.2"),
        ("a/c.3/63/l2", "A/C.3/63/L.2"),
        ("AC363L2", "A/C.3/63/L.2"),
        ("C.3/78/L.49", "A/C.3/78/L.49"),
        ("А/С.3/78/L.49", "A/C.3/78/L.49"),
        ("A\\C.3\\78\\L.49", "A/C.3/78/L.49"),
        ("\u2067A/C.3/٧٨/L.٤٩\u2069", "A/C.3/78/L.49"),
        ("A/C.3/78/L.49 Rev 1", "A/C.3/78/L.49/REV.1"),
        ("see document A/RES/70/1, para. 3", "A/RES/70/1"),
        ("https://undocs.org/en/A/RES/70/1", "A/RES/70/1"),
        ("S20052", "S/2005/2"),
        ("s pv 9000 resumption 1", "S/PV.9000(RESUMPTION1)"),
        ("resolution 63/11", "A/RES/63/11"),
        ("GA res 63/11", "A/RES/63/11"),
        ("résolution 63/11", "A/RES/63/11"),
        ("resolución 63/11", "A/RES/63/11"),
        ("резолюция 63/11", "A/RES/63/11"),
        ("القرار 63/11", "A/RES/63/11"),
        ("第63/11号决议", "A/RES/63/11"),
        ("resolution 2008/6", "E/RES/2008/6"),
        ("HRC resolution 48/13", "A/HRC/RES/48/13"),
        ("resolution 217 A (III)", "A/RES/217(III)[A]"),
        ("resolution ES-11/1", "A/RES/ES-11/1"),
        ("resolution 1325 (2000)", "S/RES/1325(2000)"),
        ("SC resolution 1325", "S/RES/1325"),
        ("قرار مجلس الأمن ١٣٢٥", "S/RES/1325"),
        ("decision 78/501", "A/DEC/78/501"),
        ("1325 (2000)", "S/RES/1325(2000)"),
        ("١٣٢٥ (٢٠٠٠)", "S/RES/1325(2000)"),
        ("217 A (III)", "A/RES/217(III)[A]"),
        ("e cn4 sub2 1999 4", "E/CN.4/SUB.2/1999/4"),
        ("a conf 62 122", "A/CONF.62/122"),
        ("hri core 1 add 17", "HRI/CORE/1/ADD.17"),
        ("ccpr c fra co 5", "CCPR/C/FRA/CO/5"),
        ("A_RES_79_1-EN.pdf", "A/RES/79/1"),
        ("A_C.3_78_L.49_REV.1-AR.docx", "A/C.3/78/L.49/REV.1"),
        ("S_RES_1325(2000)", "S/RES/1325(2000)"),
    ],
)
def test_what_is_typed_reads_as_a_key_in_any_official_language(typed, key):
    assert read_symbol(typed)[0] == key


@pytest.mark.parametrize("typed", ["L.49/Rev.1", "l49 rev1", "78/L.49", "78 l49", "prst 2008 18"])
def test_half_a_symbol_is_never_read_as_a_whole_one(typed):
    assert read_symbol(typed) == ()


@pytest.mark.parametrize(
    "typed", ["peace 2030", "covid-19", "and/or", "G20", "الهدف 4", "目标 4", "цель 4", "", "63"]
)
def test_words_and_numbers_are_not_read_as_symbols(typed):
    assert read_symbol(typed) == ()


def test_the_end_of_a_symbol_is_not_read_as_the_symbol_of_another_organ():
    assert read_symbol("ST/LEG/SER.E/1") == ("ST/LEG/SER.E/1",)
    assert read_symbol("A/63/1 and E/1") == ("A/63/1", "E/1")


def test_a_reissued_document_and_a_part_are_found_by_their_other_spellings_too():
    assert read_symbol("A/54/2*") == ("A/54/2*", "A/54/2")
    assert {"A/RES/48/141[A]", "A/RES/48/141A"} <= set(read_symbol("A/RES/48/141 A"))


SERIES = st.sampled_from(["L", "PV", "SR", "CRP", "WP", "R", "NGO"])
NUMBERS = st.integers(1, 9999).map(str)
SESSIONS = st.one_of(
    st.integers(31, 99).map(str), st.integers(1946, 2030).map(str), st.just("S-10"), st.just("ES-9")
)
BODIES = st.sampled_from(["", "/C.3", "/AC.105", "/CN.9/WG.2", "/CONF.62", "/HRC"])
MODIFIERS = st.lists(
    st.builds(
        "/{}.{}".format, st.sampled_from(["Rev", "Add", "Corr", "Amend"]), st.integers(1, 40)
    ),
    max_size=3,
).map("".join)
LETTERS = st.sampled_from(["", "", "A", "[A]", " A-B"])
SYMBOLS = st.one_of(
    st.builds("{}{}/{}/{}.{}{}".format, st.sampled_from("AET"), BODIES, SESSIONS, SERIES, NUMBERS,
              MODIFIERS),
    st.builds("{}/RES/{}/{}{}".format, st.sampled_from(["A", "A/HRC"]), SESSIONS, NUMBERS, LETTERS),
    st.builds("S/RES/{} ({})".format, NUMBERS, st.integers(1946, 2030)),
    st.builds("A/RES/{}({})".format, NUMBERS, st.sampled_from(["XX", "III", "S-VI", "XXIX"])),
    st.builds("S/PV.{}{}".format, NUMBERS, st.sampled_from(["", " (Resumption 1)", " (Part II)"])),
    st.builds("{}/{}/{}{}".format, st.sampled_from(["A", "S", "E", "DP"]), SESSIONS, NUMBERS,
              MODIFIERS),
)  # fmt: skip
WIDE = {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
ARABIC = {ord(str(digit)): chr(0x660 + digit) for digit in range(10)}


@given(SYMBOLS)
def test_a_symbol_is_printed_as_it_was_read_and_its_key_is_its_own(symbol):
    parsed = parse_symbol(symbol)
    assert str(parsed) == symbol
    assert parse_symbol(parsed.key).key == parsed.key == symbol_key(parsed.key)
    assert parsed.key.startswith(parsed.siblings)
    assert len(parsed.order_key) <= 500
    if parent := parsed.parent():
        assert parent == parse_symbol(str(parent))
        assert symbol.startswith(str(parent))


@given(SYMBOLS)
def test_other_signs_for_the_same_are_read_as_the_same(symbol):
    key = parse_symbol(symbol).key
    for typed in (
        symbol.lower(),
        f"\u200f\u2067{symbol}\u2069",
        symbol.translate(WIDE),
        symbol.translate(ARABIC),
        symbol.replace("/", "\u2215"),
        symbol.replace("/", " \u2044 "),
        f"  {symbol}. ",
    ):
        assert read_symbol(typed)[0] == key


@given(SYMBOLS)
def test_blanks_for_slashes_and_dots_left_out_are_read_as_the_same(symbol):
    parsed = parse_symbol(symbol)
    assert parsed.key in read_symbol(symbol.replace(".", ""))
    if parsed.part in ("", "A") and parsed.organ != "T":
        assert parsed.key in read_symbol(symbol.replace("/", " ").replace(".", "").lower())


SIGNS = st.one_of(st.sampled_from("aAcCsSlLrReEpPvV./-()[]*;+ 0123456789第号决议"), st.characters())


@given(st.text(SIGNS))
def test_no_text_raises_anything_but_what_is_documented(text):
    try:
        parsed = parse_symbol(text)
    except NotASymbol:
        pass
    else:
        assert parse_symbol(parsed.key).key == parsed.key
    assert len(read_symbol(text)) <= 8
    assert all("/" in key for key in read_symbol(text))
    symbol_key(text)
    order_key(text)


@pytest.mark.parametrize("sign", [" ", "(", "1/", "A/1 ", "RES ", "第", "\u200f", "(1", "A.", "/ "])
def test_a_very_long_text_is_read_in_time_that_grows_with_its_length(sign):
    text = sign * (100_000 // len(sign))
    with pytest.raises(NotASymbol):
        parse_symbol(text)
    assert len(read_symbol(text)) <= 8
    assert len(symbol_key(text)) <= 400
