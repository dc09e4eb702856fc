"""Files of documents: one address for good, history, who gets them, what becomes of their text."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from cms.library.extraction.services import LOST_AFTER, extract_again, take_up_waiting
from cms.library.filing import FileRefused, replace_file, restore_file, withdraw_file
from cms.library.indexing import DocumentBuilder, key_of
from cms.library.models import DocumentFile, Extraction, LanguageVersion
from search.models import OutboxEntry
from tests.worlds import world

from . import written_files as made
from .factories import DocumentFactory

pytestmark = pytest.mark.django_db


@world
def document(directory):
    return DocumentFactory(symbol="A/C.3/60/L.49/Rev.1")


@pytest.fixture
def secretariat(officer):
    client = Client(headers={"host": "fra.localhost"})
    client.force_login(officer)
    return client


@pytest.fixture
def editor(author):
    client = Client(headers={"host": "fra.localhost"})
    client.force_login(author)
    return client


def put(document, language, content, name="upload.pdf", **options):
    return replace_file(document, language=language, upload=made.upload(name, content), **options)


def body_of(response):
    return b"".join(response.streaming_content)


def test_a_replaced_file_keeps_its_address_and_what_was_before(get, document):
    first = put(document, "fr", made.pdf("un"))
    assert first.address == "/documents/files/fr/A/C.3/60/L.49/REV.1.pdf"
    assert body_of(get(first.address)) == made.pdf("un")
    second = put(document, "fr", made.pdf("deux"))
    assert second.address == first.address
    assert body_of(get(first.address)) == made.pdf("deux")
    history = list(DocumentFile.objects.filter(version__document=document))
    assert [file.is_current for file in history] == [True, False]
    assert history[1].file.read() == made.pdf("un")
    assert history[1].sha256 != history[0].sha256


def test_the_same_bytes_again_change_nothing(document):
    first = put(document, "ru", made.pdf("one"))
    OutboxEntry.objects.all().delete()
    assert put(document, "ru", made.pdf("one")).pk == first.pk
    assert not OutboxEntry.objects.exists()


def test_each_language_and_format_has_its_own(get, document):
    put(document, "ar", made.pdf("a"))
    put(document, "ar", made.docx(made.SENTENCES["ar"]), "ملف.docx")
    put(document, "zh-hans", made.pdf("z"))
    current = DocumentFile.objects.current().filter(version__document=document)
    assert {(file.version.language, file.format) for file in current} == {
        ("ar", "pdf"),
        ("ar", "docx"),
        ("zh", "pdf"),
    }
    response = get("/documents/files/ar/A/C.3/60/L.49/REV.1.docx")
    assert response["Content-Disposition"] == ('attachment; filename="A_C.3_60_L.49_REV.1-AR.docx"')
    assert get("/documents/files/es/A/C.3/60/L.49/REV.1.pdf").status_code == 404


def test_another_spelling_leads_to_the_one_address(get, document):
    file = put(document, "en", made.pdf())
    response = get("/documents/files/en/a/c.3/60/l.49/rev.1.pdf")
    assert (response.status_code, response["Location"]) == (302, file.address)


def test_public_headers_let_caches_ask_again_and_private_ones_keep_nothing(
    get, document, secretariat
):
    file = put(document, "en", made.pdf())
    public = get(file.address)
    assert public["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert public["X-Content-Type-Options"] == "nosniff"
    assert public["ETag"] == f'"{file.sha256}"'
    again = get(file.address, **{"if-none-match": public["ETag"]})
    assert again.status_code == 304
    document.distribution = "restricted"
    document.save()
    private = secretariat.get(file.address)
    assert private.status_code == 200
    assert private["Cache-Control"] == "private, no-store"


def test_a_restricted_documents_file_is_for_those_who_keep_the_library(
    get, document, secretariat, editor
):
    file = put(document, "en", made.pdf("secret"))
    assert get(file.address).status_code == 200
    document.distribution = "restricted"
    document.save()
    made_up = "/documents/files/en/A/C.3/60/L.50.pdf"
    for client in (Client(headers={"host": "fra.localhost"}), editor):
        answer = client.get(file.address)
        assert (answer.status_code, answer.content) == (
            404,
            client.get(made_up).content,
        )
        other_spelling = client.get(file.address.lower())
        assert other_spelling.status_code == 404
    assert body_of(secretariat.get(file.address)) == made.pdf("secret")


def test_a_public_file_costs_one_query_beyond_the_sites(get, document, django_assert_num_queries):
    file = put(document, "en", made.pdf())
    get(file.address)
    with django_assert_num_queries(2):  # one of them for the site
        body_of(get(file.address))


def test_html_is_never_shown_on_the_sites_own_address(get, document):
    file = put(document, "en", made.html("words"), "page.htm")
    response = get(file.address)
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", b"<html>", "not a .pdf file inside"),
        ("a.docx", made.pdf(), "not a .docx file inside"),
        ("a.docx", made.zip_bomb(60), "holds too much"),
        ("a.html", made.pdf(), "not a page in HTML"),
        ("a.exe", b"MZ", "use PDF, DOCX or HTML"),
        ("a.pdf", b"", "is empty"),
        ("a.pdf", made.pdf() + made.docx("hidden"), "not a .pdf file inside"),
    ],
)
def test_what_is_not_what_it_says_is_refused(document, name, content, reason):
    with pytest.raises(FileRefused, match=reason):
        put(document, "en", content, name)
    assert not DocumentFile.objects.exists()


def test_an_unknown_language_is_refused(document):
    with pytest.raises(FileRefused, match="official languages"):
        put(document, "de", made.pdf())


def test_a_withdrawn_file_is_gone_for_readers_and_can_come_back(get, document):
    file = put(document, "en", made.pdf("one"))
    withdraw_file(file)
    assert get(file.address).status_code == 404
    put(document, "en", made.pdf("two"))
    restore_file(DocumentFile.objects.get(pk=file.pk))
    assert body_of(get(file.address)) == made.pdf("one")
    assert DocumentFile.objects.current().count() == 1


def test_the_bytes_go_with_the_document(document, django_capture_on_commit_callbacks):
    file = put(document, "en", made.pdf())
    storage, name = file.file.storage, file.file.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        document.delete()
    assert not storage.exists(name)


@pytest.mark.parametrize("code", ["ar", "zh", "ru"])
def test_the_text_is_read_in_a_job_and_found(document, django_capture_on_commit_callbacks, code):
    document.title_ru = ""
    document.save()
    with django_capture_on_commit_callbacks(execute=True):
        file = put(document, code, made.docx(made.SENTENCES[code]), "text.docx")
    file.refresh_from_db()
    assert (file.extraction, file.detected_language) == (Extraction.DONE, code)
    assert not file.is_in_another_language
    assert OutboxEntry.objects.filter(key=key_of(document.pk)).exists()
    leaves = {leaf.language: leaf for leaf in DocumentBuilder().documents([str(document.pk)])}
    assert made.SENTENCES[code] in leaves[code].body
    assert all(made.SENTENCES[code] not in leaves[other].body for other in leaves if other != code)
    assert leaves[code].title == getattr(document, f"title_{code}") or document.title_en
    withdraw_file(file)
    leaves = {leaf.language: leaf for leaf in DocumentBuilder().documents([str(document.pk)])}
    assert made.SENTENCES[code] not in leaves.get(code, leaves["en"]).body


def test_a_text_in_another_language_is_told_to_the_editor(
    document, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        file = put(document, "fr", made.docx(made.SENTENCES["es"]), "text.docx")
    file.refresh_from_db()
    assert (file.detected_language, file.is_in_another_language) == ("es", True)


def test_a_failure_says_what_to_do_and_can_be_tried_again(
    document, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        file = put(document, "en", made.pdf(encrypt=True))
    file.refresh_from_db()
    assert file.extraction == Extraction.REFUSED
    assert "password" in file.extraction_error
    kept = file.file.path
    with open(kept, "wb") as stream:
        stream.write(made.pdf("open"))
    with django_capture_on_commit_callbacks(execute=True):
        assert extract_again([file]) == 1
    file.refresh_from_db()
    assert (file.extraction, file.extraction_error, file.text) == (Extraction.DONE, "", "open")


def test_the_command_reads_those_that_wait(document, capsys):
    put(document, "en", made.pdf("waiting"))
    lost = put(document, "fr", made.pdf("lost"))
    lost.file.storage.delete(lost.file.name)
    call_command("extract_texts")
    told = capsys.readouterr()
    assert "1 read, 1 failed, 0 refused" in told.out
    assert "no longer there" in told.err
    assert DocumentFile.objects.filter(text="waiting").exists()
    call_command("extract_texts")
    assert "0 read, 0 failed" in capsys.readouterr().out


def test_the_text_is_not_carried_along_with_a_list_of_files(document):
    put(document, "en", made.pdf())
    (file,) = LanguageVersion.objects.get().files.all()
    assert "text" in file.get_deferred_fields()


def test_a_job_that_was_lost_with_its_worker_is_taken_up_again(
    document, django_capture_on_commit_callbacks
):
    file = put(document, "en", made.docx(made.SENTENCES["en"]), "a.docx")
    assert take_up_waiting() == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert take_up_waiting(timezone.now() + LOST_AFTER) == 1
    file.refresh_from_db()
    assert file.extraction == Extraction.DONE
    assert take_up_waiting(timezone.now() + LOST_AFTER) == 0
