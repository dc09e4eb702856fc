"""Titles and passages with marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import LANGUAGES, terms
from search.passages import PASSAGE, marked, passage
from tests.search.factories import marks, shown


def for_words(words: str, language: str) -> frozenset[str]:
    return frozenset(terms(words, language))


@pytest.mark.parametrize(
    ("language", "text", "words", "expected"),
    [
        ("ar", "حُقُوقُ الإنسانِ للجميع", "حقوق", "[حُقُوقُ] الإنسانِ للجميع"),
        ("zh", "保護人權與基本自由", "人权", "保護[人權]與基本自由"),
        ("en", "Fundamental Freedoms, freely", "freedom", "Fundamental [Freedoms], freely"),
        ("fr", "L’égalité de l’homme", "egalite homme", "L’[égalité] de l’[homme]"),
        ("ru", "О правах народов", "право", "О [правах] народов"),
        ("es", "¿Qué naciones?", "nación", "¿Qué [naciones]?"),
    ],
)
def test_what_was_searched_for_is_marked_as_it_stands(
    language: str, text: str, words: str, expected: str
) -> None:
    assert shown(marked(text, language=language, marks=for_words(words, language))) == expected


def test_neighbouring_characters_are_one_mark() -> None:
    fragments = marked("联合国宪章", language="zh", marks=for_words("联合国宪章", "zh"))
    assert shown(fragments) == "[联合国宪章]"


def test_markup_in_a_text_is_text() -> None:
    fragments = marked("<script>peace</script>", language="en", marks=for_words("peace", "en"))
    assert [fragment.text for fragment in fragments] == ["<script>", "peace", "</script>"]
    assert [fragment.marked for fragment in fragments] == [False, True, False]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_passage_is_where_most_of_the_words_are(language: str) -> None:
    filler = {"ar": "كلام ", "zh": "其他文字。", "ru": "слово "}.get(language, "filler ")
    wanted = {"ar": "السلام والأمن", "zh": "国际和平", "ru": "мир и безопасность"}.get(
        language, "peace security"
    )
    text = filler * 300 + wanted + " " + filler * 300
    found = passage(text, language=language, marks=for_words(wanted, language))
    assert marks(found)
    assert found[0].text == "… "
    assert found[-1].text == " …"
    assert sum(len(fragment.text) for fragment in found) <= PASSAGE + 10


def test_a_passage_far_inside_a_long_text_is_found() -> None:
    text = "word " * 30_000 + "peace " + "word " * 100
    assert marks(passage(text, language="en", marks=for_words("peace", "en"))) == ["peace"]


def test_without_a_match_the_passage_is_the_beginning() -> None:
    assert shown(passage("One. " * 100, language="en", marks=frozenset({"two"}))).startswith("One.")


def test_a_short_text_is_shown_whole_without_ellipsis() -> None:
    found = passage("All for peace", language="en", marks=for_words("peace", "en"))
    assert shown(found) == "All for [peace]"


@pytest.mark.parametrize("text", ["", " \n\t "])
def test_a_blank_text_has_no_passage(text: str) -> None:
    assert passage(text, language="ar", marks=frozenset({"x"})) == ()


def test_characters_that_turn_the_direction_of_a_line_are_not_shown() -> None:
    found = passage("\u202epeace\u202c \x00and\n\n war", language="en", marks=frozenset())
    assert shown(found) == "peace and war"


def test_words_are_not_cut_in_a_passage() -> None:
    text = "peacekeeping " * 100
    found = passage(text, language="en", marks=frozenset())
    assert set("".join(fragment.text for fragment in found).split()) == {"peacekeeping", "…"}


@given(
    text=st.text(st.characters(codec="utf-8"), max_size=600),
    words=st.text(st.characters(codec="utf-8"), max_size=20),
    language=st.sampled_from(LANGUAGES),
)
def test_a_passage_never_invents_text(text: str, words: str, language: str) -> None:
    found = passage(text, language=language, marks=for_words(words, language))
    pieces = [fragment.text for fragment in found if fragment.text not in ("… ", " …")]
    blankless = "".join("".join(pieces).split())
    visible = "".join("".join(shown(marked(text, language=language, marks=frozenset()))).split())
    assert blankless in visible
    assert all(piece for piece in pieces)
