"""What the bodies that issue documents are called."""

import pytest

from cms.languages import codes
from cms.library.models import Document
from cms.library.symbols import parse_symbol
from search.facets import facets
from tests.committees.factories import SHORT_NAMES


@pytest.mark.parametrize("language", codes.CODES)
def test_a_committees_documents_are_filed_under_its_name(language):
    document = Document(symbol="A/C.3/78/L.2", body=parse_symbol("A/C.3/78/L.2").body)
    with codes.override(language):
        assert document.body_name == SHORT_NAMES[language]
    labels = facets()["body"].labels
    assert labels([document.body, "AC.105"], language) == {document.body: SHORT_NAMES[language]}
