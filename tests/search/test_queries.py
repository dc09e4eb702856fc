"""What may be asked, and what is made of what was typed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import LANGUAGES
from search.grammar import LONGEST_TEXT
from search.interpretation import MOST_TERMS, interpret
from search.queries import InvalidQuery, Query
from search.results import Results
from tests.search.factories import query


def test_a_query_is_the_publics_unless_told_otherwise() -> None:
    assert Query(text="", language="fr").audiences == {"public"}


@pytest.mark.parametrize("audiences", [frozenset(), {""}, "public", None, ["public", None], 7])
def test_a_query_without_an_audience_can_not_be_made(audiences: Any) -> None:
    with pytest.raises(InvalidQuery, match="public"):
        Query(text="peace", language="en", audiences=audiences)


def test_a_query_takes_no_positional_arguments() -> None:
    with pytest.raises(TypeError):
        Query("peace", "en")  # type: ignore[misc]


@pytest.mark.parametrize(
    "wrong",
    [
        {"language": "de"}, {"language": "zh-hans"}, {"languages": ("fr", "xx")}, {"size": 0},
        {"size": 101}, {"sites": "fra"}, {"kinds": "news"}, {"languages": "fr"},
    ],
)  # fmt: skip
def test_what_a_caller_got_wrong_is_named(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidQuery):
        Query(**{"text": "", "language": "en", **wrong})


@pytest.mark.parametrize(("page", "taken"), [(-5, 1), (0, 1), (1, 1), (10**9, 10**9)])
def test_any_page_may_be_asked_for(page: int, taken: int) -> None:
    assert query("peace", page=page).page == taken


def test_the_readers_language_is_looked_at_first_and_the_others_in_their_order() -> None:
    assert query("x", "ru").searched_languages == ("ru", "ar", "zh", "en", "fr", "es")
    assert query("x", "ru", languages=("es", "ar")).searched_languages == ("ar", "es")


@pytest.mark.parametrize(
    ("words", "required"),
    [("peace", 1), ("peace war", 1), ("peace war truce", 2), ("peace war truce pact treaty", 3)],
)
def test_half_of_the_words_are_required(words: str, required: int) -> None:
    assert interpret(query(words, languages=("en",))).clauses[0].required == required


@pytest.mark.parametrize("quotes", ["“”", '""', "«»", "„“", "「」", "『』", "《》"])
def test_passages_in_any_quotation_marks_are_phrases(quotes: str) -> None:
    (clause,) = interpret(
        query(f"war {quotes[0]}human rights{quotes[1]}", languages=("en",))
    ).clauses
    assert clause.phrases == (("human", "right"),)
    assert clause.words == ("war",)


def test_an_unbalanced_quotation_mark_is_nothing() -> None:
    (clause,) = interpret(query('"human rights', languages=("en",))).clauses
    assert (clause.words, clause.phrases) == (("human", "right"), ())


def test_a_symbol_is_drawn_out_of_the_words() -> None:
    (clause,) = interpret(query("women S/RES/1325 (2000) peace", languages=("en",))).clauses
    assert clause.words == ("woman", "peac")
    assert clause.symbols[0].forms == ("S/RES/1325(2000)", "S/RES/1325")
    assert clause.required == 2


def test_each_language_reads_the_words_in_its_own_way() -> None:
    clauses = {clause.language: clause for clause in interpret(query("nations", "fr")).clauses}
    assert clauses["fr"].own
    assert not clauses["en"].own
    assert clauses["fr"].words == clauses["en"].words == ("nation",)
    assert clauses["ru"].words == ("nations",)


@given(st.text(st.characters(codec=None)), st.sampled_from(LANGUAGES))
def test_whatever_is_typed_is_interpreted(text: str, language: str) -> None:
    for clause in interpret(query(text, language)).clauses:
        assert clause.asks
        assert "".join(clause.marks).encode()


def test_a_very_long_text_is_looked_at_in_part() -> None:
    text = " ".join(f"w{number}" for number in range(100_000))
    assert all(len(clause.words) <= MOST_TERMS for clause in interpret(query(text)).clauses)
    assert interpret(query(" " * LONGEST_TEXT + "peace")).clauses == ()


def test_results_know_their_pages() -> None:
    results = Results(hits=(), total=25, page=3, size=10)
    assert (results.pages, results.has_previous, results.has_next) == (3, True, False)
    assert Results(hits=(), total=0, page=1, size=10).pages == 0
    assert Results(hits=(), total=10**6, page=1, size=10).pages == 1_000
