"""UN documents by the API."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cms.languages import codes
from cms.library.filing import replace_file
from cms.library.models import AgendaItem, Distribution, Document, LanguageVersion, Subject
from cms.library.relating import relate

TITLES = {
    "title_ar": "المرأة والسلام والأمن",
    "title_zh": "妇女与和平与安全",
    "title_en": "Women and peace and security",
    "title_fr": "Les femmes et la paix et la sécurité",
    "title_ru": "Женщины и мир и безопасность",
    "title_es": "Las mujeres y la paz y la seguridad",
}


@pytest.fixture
def document(fra):
    made = Document.objects.create(
        symbol="S/RES/1325 (2000)", year=2000, body="SC", document_type="resolution", **TITLES
    )
    made.subjects.add(Subject.objects.create(code="women", name_fr="Femmes", name_en="Women"))
    for code in codes.CODES:
        LanguageVersion.objects.create(document=made, language=code)
    return made


@pytest.fixture
def restricted(fra):
    return Document.objects.create(
        symbol="S/2024/9", title_en="Secret", distribution=Distribution.RESTRICTED
    )


@pytest.mark.parametrize("code", codes.CODES)
def test_a_document_is_told_in_each_language(api, document, code):
    response = api("documents/S/RES/1325(2000)/", lang=code)
    told = response.json()
    assert told["title"] == TITLES[f"title_{code}"]
    assert told["language"] == {"asked": code, "served": code, "titles": list(codes.CODES)}
    assert told["versions"] == list(codes.CODES)
    assert response["Content-Language"] == code
    listed = api("documents/", lang=code).json()
    assert listed == {"count": 1, "items": [told]}


@pytest.mark.parametrize("spelling", ["S/RES/1325 (2000)", "s/res/1325(2000)"])
def test_a_document_is_found_however_it_is_spelled(api, document, spelling):
    assert api(f"documents/{spelling}/").json()["symbol"] == "S/RES/1325 (2000)"
    assert api("documents/", symbol=[spelling, "A/RES/1/1"]).json()["count"] == 1


def test_a_restricted_document_is_nobodys(api, problem, document, restricted, editor):
    for token in (None, editor):
        problem(api("documents/S/2024/9/", token=token), 404)
        assert api("documents/", token=token).json()["count"] == 1
        assert api("documents/", symbol="S/2024/9", token=token).json()["count"] == 0
    restricted.distribution = Distribution.GENERAL
    restricted.save()
    assert api("documents/S/2024/9/").status_code == 200


def test_documents_narrow(api, problem, document):
    for name, hit, miss in (
        ("body", "SC", "GA"),
        ("subject", "women", "oceans"),
        ("year", "2000", "1999"),
        ("document_type", "resolution", "letter"),
        ("title_in", "zh-CN", None),
    ):
        assert api("documents/", **{name: hit}).json()["count"] == 1
        if miss:
            assert api("documents/", **{name: miss}).json()["count"] == 0
    Document.objects.filter(pk=document.pk).rewrite(False).update(title_zh="")
    assert api("documents/", title_in="zh").json()["count"] == 0
    problem(api("documents/", document_type="poem"), 400)
    problem(api("documents/", title_in="de"), 400)
    problem(api("documents/", year="1800"), 400)


def test_a_hundred_documents_cost_what_one_costs(api, fra, django_assert_max_num_queries):
    for number in range(40):
        Document.objects.create(symbol=f"A/79/{number}", title_en="Report", body="GA")
    with django_assert_max_num_queries(8):
        assert len(api("documents/", limit=100).json()["items"]) == 40


def test_files_relations_and_agenda_items_are_told(api, document):
    later = Document.objects.create(symbol="S/RES/1325 (2000)/Corr.1", title_ru="Исправление")
    Document.objects.create(
        symbol="S/RES/1325 (2000)/Add.1", title_en="Secret", distribution=Distribution.RESTRICTED
    )
    relate(later, of=document, kind="corrigendum", languages=["ru", "ar"])
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.7 text %%EOF")
    file = replace_file(document, language="ar", upload=upload)
    item = AgendaItem.objects.create(session="78", number="71 (b)", title_fr="Droits humains")
    document.agenda_items.add(item)
    told = api("documents/S/RES/1325(2000)/", lang="fr").json()
    assert told["agenda_items"] == [
        {"body": "GA", "session": "78", "number": "71 (b)", "title": "Droits humains"}
    ]
    assert [(each["language"], each["format"], each["url"]) for each in told["files"]] == [
        ("ar", "pdf", file.address)
    ]
    assert told["files"][0]["sha256"] == file.sha256
    assert told["relations"] == [
        {
            "kind": "corrigendum",
            "direction": "by",
            "symbol": later.symbol,
            "url": later.address,
            "languages": ["ar", "ru"],
        }
    ]
    other_way = api(f"documents/{later.key}/").json()["relations"]
    assert [(each["direction"], each["symbol"]) for each in other_way] == [("of", document.symbol)]


def test_the_list_costs_the_same_however_many_documents(
    api, document, django_assert_max_num_queries
):
    for number in range(1, 20):
        Document.objects.create(symbol=f"S/RES/1325 (2000)/Add.{number}", title_en="Addendum")
    api("documents/")
    with django_assert_max_num_queries(14):
        assert api("documents/").json()["count"] == 20
