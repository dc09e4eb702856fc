"""A text that names a document leads straight to it."""

import pytest

from cms.access.answers import straight_answer
from cms.access.audiences import PUBLIC
from cms.languages import codes
from tests.library.factories import DocumentFactory

pytestmark = pytest.mark.django_db


def named(text, language="en"):
    return straight_answer(text, language=language, audiences={PUBLIC})


@pytest.mark.parametrize(
    "typed",
    ["A/C.3/78/L.49", "a c3 78 l49", "A-C.3-78-L.49", "\u200fa/c.3/78/l.49", "A∕C.3∕78∕L.49"],
)
def test_a_symbol_leads_to_its_document_however_it_is_typed(typed):
    DocumentFactory(symbol="A/C.3/78/L.49")
    DocumentFactory(symbol="A/C.3/78/L.4")
    answer = named(typed)
    assert (answer.symbol, answer.exact) == ("A/C.3/78/L.49", True)


@pytest.mark.parametrize(
    "typed",
    ["القرار 63/11", "第63/11号决议", "resolution 63/11", "résolution 63/11", "резолюция 63/11",
     "resolución 63/11"],
)  # fmt: skip
def test_a_resolution_is_named_in_six_languages(typed):
    DocumentFactory(symbol="A/RES/63/11")
    assert named(typed).symbol == "A/RES/63/11"


@pytest.mark.parametrize("language", codes.CODES)
def test_an_answer_is_in_the_readers_language_and_names_the_others(language):
    document = DocumentFactory(symbol="A/RES/60/1")
    answer = named("A/RES/60/1", language)
    assert answer.language == language
    assert answer.title == getattr(document, f"title_{language}")
    assert list(answer.languages) == list(document.languages)


def test_an_answer_names_what_hangs_together_with_the_document():
    for symbol in ("A/C.3/78/L.49", "A/C.3/78/L.49/Rev.1", "A/C.3/78/L.49/Corr.1"):
        DocumentFactory(symbol=symbol)
    related = {link.text: str(link.relation) for link in named("A/C.3/78/L.49").related}
    assert related == {
        "A/C.3/78/L.49/Rev.1": "Revision",
        "A/C.3/78/L.49/Corr.1": "Corrigendum",
    }


def test_a_restricted_document_is_no_answer_nor_part_of_one():
    DocumentFactory(symbol="S/2020/1")
    hidden = DocumentFactory(symbol="S/2020/1/Rev.1", restricted=True)
    assert named(hidden.symbol) is None
    assert named("S/2020/1").related == ()


@pytest.mark.parametrize("text", ["peace", "2030", "covid-19", "", "\x00", "\ud800", "a" * 5000])
def test_a_text_that_names_nothing_asks_the_database_nothing(text, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert named(text) is None
