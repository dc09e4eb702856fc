"""Draft proposals in the index: what is found, by whom, and what a change does."""

import pytest
from wagtail.models import PageViewRestriction

from cms.access.audiences import restrict_to_portal
from cms.access.indexing import PageBuilder
from cms.committees.indexing import DraftBuilder, key_of
from cms.committees.models import DraftProposal, SessionPage
from cms.committees.services import revise
from cms.languages.codes import CODES
from search.models import OutboxEntry

from .factories import TITLES, AgendaItemFactory, DraftFactory, OfficerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(session):
    item = AgendaItemFactory(session=session, number="24 (b)")
    return DraftFactory(
        session=session, item=item, symbol="A/C.3/78/L.14/Rev.1", sponsors=("FRA", "EGY")
    )


def _documents(draft):
    return {document.language: document for document in DraftBuilder().documents([str(draft.pk)])}


def _queued():
    return set(OutboxEntry.objects.values_list("key", flat=True))


def test_a_draft_has_a_document_in_each_of_its_languages(draft):
    documents = _documents(draft)
    assert set(documents) == set(CODES)
    for code, document in documents.items():
        assert (document.kind, document.site, document.audience) == ("draft", "c3", "public")
        assert document.url == f"/{code}/78/drafts/l-14/"
        assert document.title == TITLES[code]
        assert document.symbol == "A/C.3/78/L.14/Rev.1"
        assert "24 (b)" in document.body
    assert "مصر" in documents["ar"].body
    assert "法国" in documents["zh"].body


def test_a_language_without_a_title_has_no_document(session):
    only = DraftFactory(session=session, **{f"title_{c}": "" for c in CODES if c != "ar"})
    assert set(_documents(only)) == {"ar"}
    assert _documents(only)["ar"].languages == ("ar",)


def test_a_draft_is_for_those_who_may_read_its_sessions_page(draft, session):
    page = SessionPage.objects.get(session=session)
    restrict_to_portal(page.get_parent())
    assert {document.audience for document in _documents(draft).values()} == {"portal"}
    PageViewRestriction.objects.all().delete()
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")
    assert _documents(draft) == {}


def test_a_draft_of_an_unpublished_session_is_not_found(draft, session):
    page = SessionPage.objects.get(session=session)
    page.unpublish()
    assert _documents(draft) == {}
    page.save_revision().publish()
    assert _documents(draft)


@pytest.mark.parametrize(
    "change",
    [
        lambda draft: revise(draft, on=draft.tabled_on),
        lambda draft: draft.sponsors.first().delete(),
        lambda draft: draft.item.save(),
        lambda draft: SessionPage.objects.get(session=draft.session).unpublish(),
        lambda draft: restrict_to_portal(SessionPage.objects.get(session=draft.session)),
        lambda draft: DraftProposal.objects.get(pk=draft.pk).delete(),
    ],
)
def test_each_change_that_shows_in_a_document_indexes_it_again(draft, change):
    OutboxEntry.objects.all().delete()
    key = key_of(draft.pk)
    change(draft)
    assert key in _queued()


def test_the_session_page_is_found_by_its_agenda_and_bureau_in_each_language(session):
    AgendaItemFactory(session=session, number="24")
    OfficerFactory(session=session, name="Alexander Marschik")
    page = SessionPage.objects.get(session=session)
    documents = {
        document.language: document for document in PageBuilder().documents([str(page.pk)])
    }
    assert set(documents) == set(CODES)
    for code in CODES:
        assert TITLES[code] in documents[code].body
        assert "Alexander Marschik" in documents[code].body
        assert documents[code].kind == "session"


def test_many_drafts_are_built_with_few_queries(session, django_assert_max_num_queries):
    item = AgendaItemFactory(session=session)
    ids = [
        str(DraftFactory(session=session, item=item, sponsors=("FRA", "EGY")).pk)
        for _number in range(30)
    ]
    with django_assert_max_num_queries(8):
        assert len(list(DraftBuilder().documents(ids))) == 180
