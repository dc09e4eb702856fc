"""UN documents by the API."""

import pytest

from cms.languages import codes
from cms.library.models import Distribution, Document, LanguageVersion, Subject

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
    with django_assert_max_num_queries(6):
        assert len(api("documents/", limit=100).json()["items"]) == 40
