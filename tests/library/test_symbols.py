"""How symbols are shown and found."""

import pytest
from django.core.exceptions import ValidationError

from cms.library.symbols import clean_symbol, symbol_key


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("A/RES/79/1", "A/RES/79/1"),
        (" A／C.3 / 78/L.49/Rev.1 ", "A/C.3/78/L.49/Rev.1"),
        ("\u200eS/RES/1325  (2000)\u200f", "S/RES/1325 (2000)"),
        ("A∕RES∕217(III)[A]", "A/RES/217(III)[A]"),
    ],
)
def test_what_is_pasted_along_is_taken_off_and_letter_case_is_kept(typed, shown):
    assert clean_symbol(typed) == shown


@pytest.mark.parametrize("text", ["", "hello", "and/or", "79/1", "A/", "x" * 200, "A/<b>/1"])
def test_what_is_no_symbol_is_refused(text):
    with pytest.raises(ValidationError, match="not a document symbol"):
        clean_symbol(text)


def test_every_spelling_of_a_symbol_has_one_key():
    spellings = ["S/RES/1325 (2000)", "s/res/1325(2000)", "S∕RES∕1325 (2000)", "Ｓ/RES/1325(2000)"]
    assert {symbol_key(spelling) for spelling in spellings} == {"S/RES/1325(2000)"}
