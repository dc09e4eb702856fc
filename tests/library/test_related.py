"""Related documents: found by words and subjects, never what the reader may not see."""

import pytest
from django.contrib.auth.models import AnonymousUser

from cms.library.indexing import DocumentBuilder
from cms.library.related import related_documents
from search.services import engine
from tests.library.factories import DocumentFactory, SubjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(tmp_path, settings):
    settings.SEARCH_URL = f"embedded://{tmp_path}/index"

    def index(*documents):
        engine().upsert(DocumentBuilder().documents([str(one.pk) for one in documents]))

    yield index
    engine().close()


def related(document, language="en", **wanted):
    return related_documents(document, user=AnonymousUser(), language=language, **wanted)


TITLES = {
    "ar": "حقوق الطفل في التعليم", "zh": "儿童受教育的权利", "en": "Rights of the child in schools",
    "fr": "Droits de l'enfant à l'école", "ru": "Права ребенка в школе",
    "es": "Derechos del niño en la escuela",
}  # fmt: skip


@pytest.mark.parametrize("language", TITLES)
def test_what_shares_words_is_related_and_what_shares_a_subject_too_comes_first(index, language):
    titles = {f"title_{code}": title for code, title in TITLES.items()}
    subject = SubjectFactory()
    document = DocumentFactory(**titles, subjects=[subject])
    words = DocumentFactory(**titles)
    both = DocumentFactory(**titles, subjects=[subject])
    index(document, words, both)
    assert related(document, language) == [both, words]
    assert related(document, language, without=[both.pk]) == [words]


def test_what_was_restricted_a_moment_ago_is_left_out_though_the_index_has_it_still(index):
    document, other = (DocumentFactory(title_en="Rights of the child") for _ in range(2))
    index(document, other)
    assert related(document) == [other]
    type(other).objects.filter(pk=other.pk).update(distribution="restricted")
    assert related(document) == []


def test_without_an_index_nothing_is_related(settings, tmp_path):
    settings.SEARCH_URL = f"embedded://{tmp_path}/none"
    assert related(DocumentFactory()) == []
