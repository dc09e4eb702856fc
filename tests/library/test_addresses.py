"""The permanent address, the page about a document, and the list."""

import pytest
from django.test import Client

from cms.access.services import ensure_secretariat, give_role
from cms.library.models import Document
from cms.pages.models import Page
from tests.library.factories import DocumentFactory, SubjectFactory
from tests.worlds import world

CODES = ("ar", "zh", "en", "fr", "ru", "es")


@world
def document(directory):
    return DocumentFactory(symbol="A/C.3/60/L.49/Rev.1", versions=CODES, date="2005-12-08")


def test_the_permanent_address_leads_to_the_visitors_language(get, document):
    response = get("/documents/A/C.3/60/L.49/Rev.1", **{"accept-language": "ru"})
    assert response.status_code == 302
    assert response["Location"] == "/ru/documents/A/C.3/60/L.49/REV.1"
    assert "Accept-Language" in response["Vary"]


@pytest.mark.parametrize("code", CODES)
def test_lang_names_the_language(get, document, code):
    response = get(f"/documents/A/C.3/60/L.49/Rev.1?lang={code}")
    assert response["Location"] == f"/{code}{document.address}"


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("host", ["localhost", "fra.localhost"])
def test_the_page_is_shown_in_each_language_on_every_host(get, document, code, host):
    response = get(document.address_in(code), host=host)
    html = response.content.decode()
    assert response.status_code == 200
    assert document.symbol in html
    assert getattr(document, f"title_{code}") in html
    assert f'href="https://undocs.org/{code}/{document.key}"' in html
    assert f'rel="canonical" href="http://localhost:8000/{code}/documents/' in html


def test_a_missing_language_falls_back_and_says_so(get, directory):
    document = DocumentFactory(title_fr="", title_en="", title_ar="عنوان", title_es="", title_zh="")
    response = get(document.address_in("fr"))
    html = response.content.decode()
    assert response.status_code == 200
    assert document.title_ru in html
    assert '<main id="content" class="site-main" tabindex="-1" lang="ru"' in html
    assert "notice--language" in html
    assert html.count('rel="alternate" hreflang') == 2


@pytest.mark.parametrize(
    "typed", ["a/c.3/60/l.49/rev.1", "A/C.3/60/L.49/Rev.1", "A/C.3/60/L.49/Rev.1/"]
)
def test_another_spelling_leads_to_the_one_address(get, document, typed):
    response = get(f"/en/documents/{typed}")
    assert (response.status_code, response["Location"]) == (302, document.address_in("en"))


def test_a_symbol_with_a_year_in_brackets_has_an_address_without_blanks(get, directory):
    document = DocumentFactory(symbol="S/RES/1325 (2000)")
    assert document.address == "/documents/S/RES/1325(2000)"
    assert get("/en/documents/S/RES/1325%20(2000)")["Location"] == document.address_in("en")
    assert get(document.address_in("en")).status_code == 200


def test_an_unknown_symbol_is_not_found(get, directory):
    assert get("/en/documents/A/RES/99/999/").status_code == 404
    response = get("/documents/A/RES/99/999")
    assert get(response["Location"] + "/").status_code == 404


def test_a_restricted_document_is_not_there_even_for_the_secretariat_on_public_sites(
    get, mission, django_user_model, document
):
    hidden = DocumentFactory(symbol="A/AC.1/R.5", restricted=True)
    ensure_secretariat()
    user = django_user_model.objects.create_user("secretariat")
    give_role(user, "secretariat")
    signed_in = Client()
    signed_in.force_login(user)
    for client in (Client(), signed_in):
        headers = {"host": "fra.localhost"}
        made_up = client.get("/en/documents/A/AC.1/R.6/", headers=headers)
        answer = client.get(hidden.address_in("en") + "/", headers=headers)
        assert answer.status_code == made_up.status_code == 404
        assert hidden.title_en not in answer.content.decode()
        assert client.get(document.address_in("en"), headers=headers).status_code == 200
        listed = client.get("/en/documents/", headers=headers).content.decode()
        assert document.symbol in listed
        assert hidden.symbol not in listed


def test_a_page_of_the_site_keeps_its_address_below_documents(get, mission):
    home = mission.site.root_page
    section = home.add_child(instance=Page(title_fr="Nos documents", slug="documents"))
    section.add_child(instance=Page(title_fr="Rapport annuel", slug="rapport"))
    assert "Nos documents" in get("/fr/documents/").content.decode()
    assert "Rapport annuel" in get("/fr/documents/rapport/").content.decode()


def test_the_list_is_narrowed_and_paged(get, directory):
    subject = SubjectFactory()
    for _ in range(30):
        DocumentFactory(subjects=[subject])
    other = DocumentFactory(symbol="S/2024/1", body="SC")
    html = get("/zh/documents/?subject=disarmament").content.decode()
    assert other.symbol not in html
    assert "subject=disarmament&amp;page=2" in html
    assert other.symbol in get("/zh/documents/?body=SC").content.decode()
    assert get("/zh/documents/?page=2").status_code == 200
    for page in ("3", "x", "-1", "9" * 30):
        assert get(f"/zh/documents/?page={page}").status_code == 404


def test_a_symbol_typed_into_the_list_leads_to_its_document(get, document):
    response = get("/es/documents/?symbol=a/c.3/60/l.49/rev.1")
    assert response["Location"] == document.address_in("es")
    html = get("/es/documents/?symbol=<b>").content.decode()
    assert "&lt;b&gt;" in html
    assert "<b>" not in html


def test_the_number_of_queries_does_not_grow_with_documents_and_sites(
    get, document, django_assert_max_num_queries
):
    DocumentFactory.create_batch(60)
    with django_assert_max_num_queries(9):
        get("/ar/documents/")
    with django_assert_max_num_queries(13):
        get(document.address_in("ar"))


def test_a_correction_is_shown_at_once(get, document):
    assert "Promotion" in get(document.address_in("fr")).content.decode()
    saved = Document.objects.get(pk=document.pk)
    saved.title_fr = "Titre corrigé"
    saved.save()
    assert "Titre corrigé" in get(document.address_in("fr")).content.decode()
