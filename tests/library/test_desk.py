"""The Secretariat's screens: files, relations, subjects among thousands, texts that failed."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.users.models import UserProfile

from cms.languages import codes
from cms.library.filing import replace_file
from cms.library.models import Document, DocumentFile, DocumentRelation, Extraction, SubjectLabel
from tests.worlds import world

from . import written_files as made
from .factories import AgendaItemFactory, DocumentFactory, SubjectFactory

pytestmark = pytest.mark.django_db
LIST = "wagtailsnippets_library_document:list"
EDIT = "wagtailsnippets_library_document:edit"
FILES = "wagtailsnippets_library_document:files"


def _client(user):
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = "en"
    profile.save()
    client = Client(headers={"host": "fra.localhost"})
    client.force_login(user)
    return client


@pytest.fixture
def secretariat(officer):
    return _client(officer)


@pytest.fixture
def editor(author):
    return _client(author)


@world
def document(directory):
    return DocumentFactory(symbol="A/78/1")


def formsets(document=None, **rows):
    """Management forms of the document's children, with the rows given."""
    data = {}
    for prefix in ("versions", "relations", "subject_links", "agenda_links"):
        given = rows.get(prefix, [])
        data |= {
            f"{prefix}-TOTAL_FORMS": str(len(given)),
            f"{prefix}-INITIAL_FORMS": str(sum("id" in row for row in given)),
            f"{prefix}-MIN_NUM_FORMS": "0",
            f"{prefix}-MAX_NUM_FORMS": "1000",
        }
        for number, row in enumerate(given):
            data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def saved(document, **rows):
    titles = {f"title_{code}": getattr(document, f"title_{code}") or "" for code in codes.CODES}
    return (
        titles
        | formsets(**rows)
        | {
            "symbol": document.symbol,
            "document_type": document.document_type,
            "distribution": document.distribution,
        }
    )


def put(document, language, content, name="a.pdf"):
    return replace_file(document, language=language, upload=made.upload(name, content))


def test_the_form_gives_subjects_agenda_items_and_relations(secretariat, document):
    subject, item = SubjectFactory(), AgendaItemFactory()
    other = DocumentFactory(symbol="A/78/9")
    response = secretariat.post(
        reverse(EDIT, args=[document.pk]),
        saved(
            document,
            versions=[{"language": "ar"}],
            relations=[{"kind": "corrigendum", "of": other.pk, "languages": ["ar", "ru"]}],
            subject_links=[{"subject": subject.pk}],
            agenda_links=[{"item": item.pk}],
        ),
    )
    assert response.status_code == 302
    relation = DocumentRelation.objects.get()
    assert (relation.document, relation.of, relation.languages) == (document, other, ["ar", "ru"])
    found = Document.objects.get(pk=document.pk)
    assert list(found.subjects.all()) == [subject]
    assert list(found.agenda_items.all()) == [item]
    assert found.relations_settled


def test_a_form_that_leaves_relations_alone_leaves_them_to_the_symbol(secretariat, document):
    later = DocumentFactory(symbol="A/78/1/Rev.1")
    relation = later.relations.get()
    row = {"id": relation.pk, "kind": "revision", "of": document.pk}
    response = secretariat.post(reverse(EDIT, args=[later.pk]), saved(later, relations=[row]))
    assert response.status_code == 302
    assert not Document.objects.get(pk=later.pk).relations_settled
    assert DocumentRelation.objects.count() == 1


def test_a_new_document_is_related_by_its_symbol_through_the_form(secretariat, document):
    new = Document(symbol="A/78/1/Add.1", title_zh="增编")
    response = secretariat.post(
        reverse("wagtailsnippets_library_document:add"), saved(new, versions=[{"language": "fr"}])
    )
    assert response.status_code == 302
    relation = DocumentRelation.objects.get()
    assert (relation.document.symbol, relation.kind) == ("A/78/1/Add.1", "addendum")


def test_a_circle_is_refused_on_the_form(secretariat, document):
    later = DocumentFactory(symbol="A/78/1/Rev.1")
    row = {"kind": "revision", "of": later.pk}
    response = secretariat.post(reverse(EDIT, args=[document.pk]), saved(document, relations=[row]))
    assert response.status_code == 200
    assert "comes from it" in response.content.decode()
    assert DocumentRelation.objects.count() == 1


def test_a_language_with_files_is_not_taken_away(secretariat, document):
    file = put(document, "fr", made.pdf())
    row = {"id": file.version_id, "language": "fr", "DELETE": "on"}
    response = secretariat.post(reverse(EDIT, args=[document.pk]), saved(document, versions=[row]))
    assert response.status_code == 200
    assert "keep it in the list" in response.content.decode()
    assert DocumentFile.objects.exists()


def test_files_are_uploaded_withdrawn_and_restored(secretariat, document):
    address = reverse(FILES, args=[document.pk])
    sent = {"language": "ru", "file": made.upload("текст.pdf", made.pdf("one"))}
    assert secretariat.post(address, sent).status_code == 302
    file = DocumentFile.objects.get()
    assert (file.version.language, file.name, file.uploaded_by.username) == (
        "ru",
        "текст.pdf",
        "secretariat",
    )
    page = secretariat.get(address).content.decode()
    assert "текст.pdf" in page
    assert file.address in page
    secretariat.post(address, {"do": "withdraw", "file": file.pk})
    assert not DocumentFile.objects.current().exists()
    secretariat.post(address, {"do": "restore", "file": file.pk})
    assert DocumentFile.objects.current().get() == file
    kept = secretariat.get(reverse("library_desk:file", args=[file.pk]))
    assert kept.status_code == 200
    assert kept["Cache-Control"].startswith("private, no-store")
    assert b"".join(kept.streaming_content) == made.pdf("one")


def test_a_refused_file_says_why(secretariat, document):
    sent = {"language": "ru", "file": made.upload("a.pdf", b"<html>")}
    response = secretariat.post(reverse(FILES, args=[document.pk]), sent)
    assert response.status_code == 200
    assert "not a .pdf file inside" in response.content.decode()


def test_another_documents_file_is_not_touched(secretariat, document):
    file = put(DocumentFactory(symbol="A/78/2"), "fr", made.pdf())
    address = reverse(FILES, args=[document.pk])
    for do, pk in (("withdraw", file.pk), ("withdraw", "x"), ("withdraw", "9" * 30)):
        assert secretariat.post(address, {"do": do, "file": pk}).status_code == 404
    assert DocumentFile.objects.current().exists()


def test_a_mission_editor_reaches_none_of_it(secretariat, editor, document):
    file = put(document, "fr", made.pdf())
    addresses = [
        reverse(FILES, args=[document.pk]),
        reverse("library_desk:file", args=[file.pk]),
        reverse("wagtailsnippets_library_agendaitem:list"),
    ]
    for address in addresses:
        response = secretariat.get(address)
        assert response.status_code == 200
        b"".join(response)  # all of it, which ends the request
        assert editor.get(address).status_code in (302, 403, 404)
    editor.post(addresses[0], {"do": "withdraw", "file": file.pk})
    assert DocumentFile.objects.current().exists()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("désarmement", True),
        ("РАЗОРУЖЕНИЕ", True),
        ("arms control", True),
        ("نزع", True),
        ("裁军", True),
        ("cooking", False),
    ],
)
def test_subjects_are_chosen_by_words_in_any_language(secretariat, words, found):
    subject = SubjectFactory()
    SubjectLabel.objects.create(subject=subject, language="en", text="Arms control")
    address = reverse("wagtailsnippetchoosers_library_subject:choose_results")
    page = secretariat.get(address, {"q": words, "multiple": "1"}).content.decode()
    assert ("disarmament" in page.lower()) is found


def test_documents_are_chosen_by_half_a_symbol(secretariat, document):
    DocumentFactory(symbol="A/79/2")
    address = reverse("wagtailsnippetchoosers_library_document:choose_results")
    page = secretariat.get(address, {"q": "a/78"}).content.decode()
    assert "A/78/1" in page
    assert "A/79/2" not in page


def test_the_form_does_not_list_the_whole_thesaurus(secretariat, document):
    for number in range(30):
        SubjectFactory(code=f"subject-{number}", name_en=f"Subject number {number}")
    page = secretariat.get(reverse(EDIT, args=[document.pk])).content.decode()
    assert "Subject number 7" not in page


def test_the_list_says_and_filters_how_texts_fared(secretariat, document):
    states = {
        "A/78/2": (Extraction.FAILED, "en", "trouble"),
        "A/78/3": (Extraction.WAITING, "", "waiting"),
        "A/78/4": (Extraction.DONE, "es", "language"),
        "A/78/5": (Extraction.DONE, "en", "read"),
    }
    for symbol, (extraction, detected, _state) in states.items():
        file = put(DocumentFactory(symbol=symbol), "en", made.pdf(symbol))
        DocumentFile.objects.filter(pk=file.pk).update(
            extraction=extraction, detected_language=detected
        )
    listed = secretariat.get(reverse(LIST)).content.decode()
    for words in ("Text not read", "Text waiting", "Text in another language", "Text read"):
        assert words in listed
    for symbol, (_extraction, _detected, state) in states.items():
        page = secretariat.get(reverse(LIST), {"text_state": state}).content.decode()
        rows = [
            each
            for each in (*states, "A/78/1")
            if f">{each}<" in page.replace("\n", "").replace(" ", "")
        ]
        assert rows == [symbol], state
    none = secretariat.get(reverse(LIST), {"text_state": "none"}).content.decode()
    assert "A/78/1" in none
    assert "A/78/5" not in none


def test_texts_of_several_documents_are_read_again(
    secretariat, document, django_capture_on_commit_callbacks
):
    file = put(document, "en", made.docx(made.SENTENCES["en"]), "a.docx")
    DocumentFile.objects.filter(pk=file.pk).update(extraction=Extraction.FAILED, fault="crashed")
    address = reverse("wagtail_bulk_action", args=["library", "document", "extract_again"])
    query = f"{address}?id={document.pk}&next=/admin/"
    assert "A/78/1" in secretariat.get(query).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert secretariat.post(query).status_code == 302
    assert DocumentFile.objects.get().extraction == Extraction.DONE


def test_the_list_costs_the_same_however_many_documents(
    secretariat, document, django_assert_max_num_queries
):
    secretariat.get(reverse(LIST))
    with CaptureQueriesContext(connection) as few:
        secretariat.get(reverse(LIST))
    DocumentFactory.create_batch(40)
    with django_assert_max_num_queries(len(few)):
        secretariat.get(reverse(LIST))
