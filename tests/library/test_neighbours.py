"""What others take from the library: the blocks' resolver, the index, the API's form, the admin."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from blocks.symbols import resolve
from cms.access.services import ensure_secretariat, give_role
from cms.languages import codes
from cms.library.indexing import DocumentBuilder, key_of
from cms.library.models import Document
from cms.library.representation import api_form
from search.models import OutboxEntry
from tests.library.factories import DocumentFactory, SubjectFactory

pytestmark = pytest.mark.django_db


def test_blocks_get_titles_in_the_readers_language_with_one_query(django_assert_num_queries):
    first = DocumentFactory(symbol="S/RES/1325 (2000)")
    second = DocumentFactory(symbol="A/C.1/60/L.2/Rev.1", title_ar="", title_en="")
    with django_assert_num_queries(1), codes.override("ar"):
        links = resolve(["S/RES/1325 (2000)", "A/C.1/60/L.2/REV.1", "A/RES/1/1"])
    assert links["S/RES/1325 (2000)"].title == first.title_ar
    assert links["S/RES/1325 (2000)"].url == first.address
    assert links["A/C.1/60/L.2/REV.1"].title == second.title_fr
    assert links["A/C.1/60/L.2/REV.1"].language == "fr"
    assert links["A/RES/1/1"].title == ""


def test_blocks_learn_nothing_of_a_restricted_document():
    hidden = DocumentFactory(symbol="A/AC.1/R.5", restricted=True)
    shown = DocumentFactory(symbol="A/AC.1/5")
    links = resolve([hidden.symbol, shown.symbol])
    assert links[hidden.symbol].title == ""
    assert links[shown.symbol].title


def test_the_index_has_a_document_a_language_and_none_of_the_restricted():
    document = DocumentFactory(title_zh="", subjects=[SubjectFactory()])
    hidden = DocumentFactory(restricted=True)
    assert {str(document.pk), str(hidden.pk)} <= set(DocumentBuilder().all_ids())
    built = list(DocumentBuilder().documents([str(document.pk), str(hidden.pk)]))
    assert {entry.key for entry in built} == {key_of(document.pk)}
    assert [entry.language for entry in built] == ["ar", "en", "fr", "ru", "es"]
    russian = next(entry for entry in built if entry.language == "ru")
    assert russian.title == document.title_ru
    assert ("ru", "Разоружение") in russian.keywords
    assert russian.facets["subject"] == (document.subjects.get().code,)
    assert (russian.audience, russian.symbol, russian.site) == (
        "public",
        document.symbol,
        "directory",
    )
    assert russian.url == document.address_in("ru")


def test_restricting_a_document_takes_it_out_of_the_index():
    document = DocumentFactory()
    OutboxEntry.objects.all().delete()
    document.distribution = "restricted"
    document.save()
    assert OutboxEntry.objects.filter(key=key_of(document.pk)).exists()
    assert not list(DocumentBuilder().documents([str(document.pk)]))


def test_the_api_form_says_which_language_was_served():
    document = DocumentFactory(
        symbol="A/RES/60/59", title_ar="", subjects=[SubjectFactory()], versions=["es", "ar"]
    )
    form = api_form(Document.objects.get(pk=document.pk), "ar")
    assert form["symbol"] == "A/RES/60/59"
    assert form["language"]["asked"] == "ar"
    assert form["language"]["served"] == "en"
    assert set(form["titles"]) == {"zh", "en", "fr", "ru", "es"}
    assert form["subjects"] == [{"code": "disarmament", "name": "نزع السلاح"}]
    assert form["versions"] == ["ar", "es"]


def test_a_document_needs_a_symbol_a_title_and_no_double():
    document = DocumentFactory(symbol="S/RES/1 (1946)")
    with pytest.raises(ValidationError, match="already"):
        Document(symbol="s/res/1(1946)", title_ru="Резолюция").full_clean()
    with pytest.raises(ValidationError, match="one language"):
        Document(symbol="S/RES/2").full_clean()
    with pytest.raises(ValidationError, match="not a document symbol"):
        Document(symbol="nothing", title_ru="Резолюция").full_clean()
    document.full_clean()


def test_the_secretariat_edits_documents_and_a_mission_editor_does_not(
    client, mission, django_user_model
):
    ensure_secretariat()
    secretariat = django_user_model.objects.create_user("secretariat")
    give_role(secretariat, "secretariat")
    editor = django_user_model.objects.create_user("editor")
    give_role(editor, "editor", site=mission)
    document = DocumentFactory()
    headers = {"host": "fra.localhost"}
    addresses = [
        reverse("wagtailsnippets_library_document:list"),
        reverse("wagtailsnippets_library_document:edit", args=[document.pk]),
        reverse("wagtailsnippets_library_subject:add"),
    ]
    for address in addresses:
        client.force_login(secretariat)
        assert client.get(address, headers=headers).status_code == 200
        client.force_login(editor)
        assert client.get(address, headers=headers).status_code in (302, 403, 404)
    home = client.get("/admin/", headers=headers).content.decode()
    assert addresses[0] not in home


def test_the_secretariat_adds_a_document_in_the_admin(client, mission, django_user_model):
    ensure_secretariat()
    secretariat = django_user_model.objects.create_user("secretariat")
    give_role(secretariat, "secretariat")
    client.force_login(secretariat)
    given = {f"title_{code}": "" for code in codes.CODES} | {
        "symbol": " a/C.3/78/L.49 ",
        "title_ar": "عنوان",
        "document_type": "draft",
        "distribution": "limited",
        "versions-TOTAL_FORMS": "1",
        "versions-INITIAL_FORMS": "0",
        "versions-MIN_NUM_FORMS": "0",
        "versions-MAX_NUM_FORMS": "6",
        "versions-0-language": "ar",
    }
    for children in ("relations", "subject_links", "agenda_links"):
        given |= {f"{children}-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL")}
    response = client.post(
        reverse("wagtailsnippets_library_document:add"), given, headers={"host": "fra.localhost"}
    )
    assert response.status_code == 302
    document = Document.objects.get()
    assert document.key == "A/C.3/78/L.49"
    assert [version.language for version in document.versions.all()] == ["ar"]
    assert OutboxEntry.objects.filter(key=key_of(document.pk)).exists()
