"""Documents found by what people type: in the list, at the permanent address and in the API."""

import pytest

from cms.library.models import Document
from cms.library.selectors import documents_typed, find_typed

from .factories import DocumentFactory

pytestmark = pytest.mark.django_db
PUBLIC = {"public"}


@pytest.fixture
def documents(db):
    symbols = ("A/C.3/60/L.49", "S/RES/1325 (2000)", "A/RES/63/11", "S/2005/2", "S/20052")
    return {symbol: DocumentFactory(symbol=symbol) for symbol in symbols}


@pytest.mark.parametrize(
    ("typed", "symbol"),
    [
        ("a c3 60 l49", "A/C.3/60/L.49"),
        ("AC360L49", "A/C.3/60/L.49"),
        ("resolution 1325", "S/RES/1325 (2000)"),
        ("第1325号决议", "S/RES/1325 (2000)"),
        ("s/res/1325", "S/RES/1325 (2000)"),
        ("القرار ٦٣/١١", "A/RES/63/11"),
        ("s 2005 2", "S/2005/2"),
        ("S/20052", "S/20052"),
    ],
)
def test_a_document_is_found_however_its_symbol_is_typed(documents, typed, symbol):
    assert find_typed(typed, PUBLIC) == documents[symbol]


@pytest.mark.parametrize("typed", ["", "peace 2030", "S/RES/132", "A/C.3/60/L.4", "\x00", "\ud800"])
def test_what_names_no_document_finds_none(documents, typed):
    assert find_typed(typed, PUBLIC) is None


@pytest.mark.parametrize("typed", ["a res 217 iii", "A/RES/217", "A/RES/217(III)[A]"])
def test_an_organ_that_was_typed_goes_before_one_that_was_not(db, typed):
    DocumentFactory(symbol="S/RES/217 (1965)")
    declaration = DocumentFactory(symbol="A/RES/217(III)[A]")
    assert find_typed(typed, PUBLIC) == declaration
    assert find_typed("s res 217", PUBLIC).symbol == "S/RES/217 (1965)"
    assert find_typed("resolution 217", PUBLIC).symbol == "S/RES/217 (1965)"


def test_a_restricted_document_is_not_found_by_any_spelling_and_a_public_one_is(documents):
    DocumentFactory(symbol="A/AC.1/R.5", restricted=True)
    assert find_typed("a ac1 r5", PUBLIC) is None
    assert find_typed("a c3 60 l49", {"none"}) is None
    assert find_typed("a c3 60 l49", PUBLIC) is not None


def test_many_texts_are_looked_up_in_one_query(documents, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = documents_typed(["a res 63 11", "nothing", "resolution 1325"], PUBLIC)
    assert [document.symbol for document in found] == ["A/RES/63/11", "S/RES/1325 (2000)"]


def test_the_list_and_the_address_lead_to_the_document(get, documents):
    there = "/fr" + documents["A/C.3/60/L.49"].address
    assert get("/fr/documents/?symbol=a+c3+60+l49").url == there
    assert get("/fr/documents/A-C.3-60-L.49").url == there
    assert get("/fr/documents/a c3 60 l49/").url == there
    assert get("/ar/documents/?symbol=القرار+63/11").url == "/ar/documents/A/RES/63/11"
    assert get("/fr/documents/a c3 60 l50/").status_code == 404


def test_the_api_takes_typed_symbols(get, documents):
    listed = get("/api/v3/documents/?symbol=a+c3+60+l49&symbol=resolution+1325").json()
    assert {item["symbol"] for item in listed["items"]} == {"A/C.3/60/L.49", "S/RES/1325 (2000)"}
    assert get("/api/v3/documents/a c3 60 l49/").json()["symbol"] == "A/C.3/60/L.49"
    assert get("/api/v3/documents/a c3 60 l50/").status_code == 404


def test_a_new_document_is_filed_by_what_its_symbol_says():
    document = Document(symbol="A/C.3/78/L.49/Rev.1", title_en="Rights")
    document.clean()
    assert (document.body, document.session, document.document_type) == ("C.3", "78", "draft")
    document = Document(symbol="S/RES/1325 (2000)", title_ar="المرأة", body="GA")
    document.clean()
    assert (document.body, document.session, document.year) == ("GA", "", 2000)


def test_a_document_that_is_there_keeps_what_an_editor_emptied(documents):
    document = documents["A/C.3/60/L.49"]
    document.session = ""
    document.clean()
    assert document.session == ""
