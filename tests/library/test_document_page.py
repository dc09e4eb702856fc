"""The page about a document: files, corrections, newer versions, family, agenda items."""

import pytest

from cms.library.filing import replace_file
from cms.library.models import LanguageVersion
from cms.library.relating import relate
from tests.worlds import world

from . import written_files as made
from .factories import AgendaItemFactory, DocumentFactory, SubjectFactory

pytestmark = pytest.mark.django_db
CODES = ("ar", "zh", "en", "fr", "ru", "es")


@world
def document(directory):
    return DocumentFactory(symbol="A/78/1", versions=CODES)


def put(document, language, content, name="a.pdf"):
    return replace_file(document, language=language, upload=made.upload(name, content))


@pytest.fixture
def page(get):
    return lambda document, code="en": get(document.address_in(code)).content.decode()


def test_each_language_shows_its_formats_and_the_others_where_they_are(page, document):
    arabic, word = put(document, "ar", made.pdf()), put(document, "ar", made.docx("a"), "a.docx")
    html = page(document, "ar")
    assert f'href="{arabic.address}"' in html
    assert f'href="{word.address}"' in html
    assert html.count("undocs.org/ar/") == 0
    assert f"https://undocs.org/fr/{document.key}" in html


def test_of_a_document_that_was_issued_in_no_language_no_text_is_promised(page, document):
    promise = "Текст хранится в службе документации"
    assert promise in page(document, "ru")
    LanguageVersion.objects.all().delete()
    html = page(document, "ru")
    assert promise not in html
    assert "Файлов пока нет." in html


def test_a_withdrawn_version_of_nothing_breaks_no_page(page, document):
    LanguageVersion.objects.all().delete()
    assert document.symbol in page(document, "zh")


@pytest.mark.parametrize("code", CODES)
def test_only_corrections_that_concern_the_reader_stand_at_the_head(page, document, code):
    some, all_ = DocumentFactory(symbol="A/78/1/Corr.1"), DocumentFactory(symbol="A/78/1/Corr.2")
    relate(some, of=document, kind="corrigendum", languages=["ar", "ru"])
    html = page(document, code)
    head = html[html.index('id="corrigenda"') : html.index('id="read"')]
    assert all_.symbol in head
    assert (some.symbol in head) is (code in ("ar", "ru"))
    family = html[html.index('id="family"') :]
    assert some.symbol in family
    assert "العربية" in family


def test_an_older_version_leads_to_the_newest(page, document):
    newer = DocumentFactory(symbol="A/78/1/Rev.1")
    html = page(document)
    assert "notice--warning" in html
    assert newer.address_in("en") in html[: html.index('id="read"')]
    assert "takes the place" not in page(newer)
    assert document.address_in("en") in page(newer)


def test_a_hidden_revision_is_not_spoken_of(page, document):
    DocumentFactory(symbol="A/78/1/Rev.1", restricted=True)
    html = page(document)
    assert "Rev.1" not in html
    assert 'id="family"' not in html


def test_subjects_lead_to_the_search_and_agenda_items_are_named(page, document):
    document.subjects.set([SubjectFactory()])
    document.agenda_items.set([AgendaItemFactory()])
    html = page(document, "fr")
    assert "/fr/search/?" in html
    assert "disarmament" in html
    assert "71 (b)" in html
    assert "Questions relatives aux droits humains" in html


def test_the_page_costs_the_same_however_large_the_family(
    get, document, django_assert_max_num_queries
):
    for number in range(1, 25):
        DocumentFactory(symbol=f"A/78/1/Add.{number}")
    for code in CODES:
        put(document, code, made.pdf(code))
    get(document.address_in("ru"))
    with django_assert_max_num_queries(16):
        get(document.address_in("ru"))


def test_the_list_offers_the_subjects_in_use_and_no_whole_thesaurus(get, document, monkeypatch):
    used, unused = SubjectFactory(), SubjectFactory(code="unused", name_en="Unused subject")
    document.subjects.set([used])
    html = get("/en/documents/").content.decode()
    assert 'value="disarmament"' in html
    assert unused.name_en not in html
    monkeypatch.setattr("cms.library.views.MOST_SUBJECTS", 0)
    assert 'value="disarmament"' not in get("/zh/documents/").content.decode()
    narrowed = get("/en/documents/?subject=disarmament").content.decode()
    assert 'value="disarmament" lang="en" selected' in narrowed
