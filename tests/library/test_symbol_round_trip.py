"""Every symbol of the shared data is taken apart and put together again.

The counts are kept in `refused_symbols.json`: what is refused is refused on purpose, and a change
of the rules shows there. The data stays out of the project; without its folder the tests are
skipped.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from cms.library.symbols import NotASymbol, parse_symbol, read_symbol, symbol_key

from .symbol_data import COLUMNS, DATA, cells

EXPECTED = json.loads(Path(__file__).with_name("refused_symbols.json").read_text("utf-8"))

pytestmark = pytest.mark.skipif(
    not all((DATA / name).exists() for name in COLUMNS),
    reason=f"the shared data ({', '.join(COLUMNS)}) is not in {DATA}",
)


@pytest.fixture(scope="module")
def column_cells() -> list[tuple[str, str]]:
    return list(cells())


def test_every_symbol_is_parsed_or_refused_for_a_known_reason(column_cells):
    parsed: Counter[str] = Counter()
    refused: dict[str, Counter[str]] = {}
    for column, text in column_cells:
        try:
            parse_symbol(text)
            parsed[column] += 1
        except NotASymbol as error:
            refused.setdefault(column, Counter())[str(error.reason)] += 1
    assert {"parsed": dict(parsed), "refused": refused} == {
        "parsed": EXPECTED["parsed"],
        "refused": EXPECTED["refused"],
    }


def test_a_symbol_comes_back_as_it_was_but_for_blanks_and_its_key_is_its_own(column_cells):
    wrong = []
    for text in {text for _column, text in column_cells}:
        try:
            parsed = parse_symbol(text)
        except NotASymbol:
            continue
        blanks_aside = "/".join(piece.strip() for piece in " ".join(text.split()).split("/"))
        if str(parsed) != blanks_aside or symbol_key(parsed.key) != parsed.key:
            wrong.append((text, str(parsed), parsed.key))
    assert wrong == []


def test_a_symbol_typed_otherwise_is_read_as_the_same(column_cells):
    """One in forty, in lower case without dots and slashes, as people type them."""
    symbols = sorted({text for _column, text in column_cells if text.startswith(("A/", "S/"))})
    read: Counter[bool] = Counter()
    for text in symbols[::40]:
        try:
            key = parse_symbol(text).key
        except NotASymbol:
            continue
        assert key in read_symbol(text.lower())
        assert key in read_symbol(text.replace(".", "")), text
        read[key in read_symbol(text.lower().replace("/", " ").replace(".", ""))] += 1
    assert read[True] / read.total() > 0.99


def test_the_examples_of_what_is_refused_are_refused_for_that_reason():
    for reason, examples in EXPECTED["examples"].items():
        for text in examples:
            with pytest.raises(NotASymbol) as refused:
                parse_symbol(text)
            assert refused.value.reason == reason
