"""Lists of pages: narrowing, order, fields, and what they cost."""

import datetime

import pytest

from cms.languages import codes
from cms.pages.models import Page
from tests.api.conftest import make_site, news_below
from tests.many_sites import copy_site
from tests.worlds import world


def titles(response):
    assert response.status_code == 200, response.content
    return [item["title"] for item in response.json()["items"]]


def test_a_list_narrows_to_types_kinds_and_places(api, home, index, news):
    assert titles(api("pages/", type="missions.NewsPage", lang="fr")) == ["La paix"]
    assert titles(api("pages/", type="missions.newspage", lang="fr")) == ["La paix"]
    assert titles(api("pages/", kind="news", lang="en")) == ["Peace"]
    assert titles(api("pages/", child_of="root", lang="en")) == ["News"]
    assert titles(api("pages/", child_of=index.pk, lang="en")) == ["Peace"]
    assert titles(api("pages/", descendant_of=home.pk, lang="en")) == ["News", "Peace"]
    assert titles(api("pages/", slug="paix", lang="en")) == ["Peace"]
    assert titles(api("pages/", type="missions.NewsPage", kind="statement")) == []


def test_a_list_starts_from_no_page_that_the_reader_may_not_read(api, problem, portal, delegate):
    hidden = portal.site.root_page.pk
    problem(api("pages/", site="all", child_of=hidden), 400)
    assert titles(api("pages/", site="all", child_of=hidden, token=delegate)) == []


def test_fields_bring_a_missions_news_in_one_request(api, news):
    item = api("pages/", kind="news", fields="date,summary", lang="en").json()["items"][0]
    assert item["date"] == "2024-05-01"
    assert item["summary"] == "Un résumé"
    assert item["meta"]["field_languages"] == {"summary": "fr"}
    assert "body" not in item
    everything = api("pages/", kind="news", fields="*", lang="fr").json()["items"][0]
    assert {"date", "summary", "image", "body"} <= set(everything)


def test_a_field_that_no_type_has_is_refused(api, problem, news):
    told = problem(api("pages/", kind="news", fields="date,secret"), 400)
    assert "secret" in told["errors"][0]["msg"]
    assert "summary" in told["errors"][0]["msg"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("published", ["b", "a", "c"]),
        ("-published", ["c", "a", "b"]),
        ("date", ["a", "b", "c"]),
        ("-date", ["c", "b", "a"]),
    ],
)
def test_a_list_is_in_the_order_asked_for(api, add_news, order, expected):
    for name, day in (("b", 2), ("a", 1), ("c", 3)):
        add_news(title_fr=name, slug=name, date=datetime.date(2024, 1, day))
    assert titles(api("pages/", type="missions.NewsPage", order=order)) == expected


NAMES = {
    "fr": ["Zélande", "école", "Étape", "zèbre"],
    "ru": ["ёлка", "яблоко", "Ель", "арбуз"],
    "es": ["ñu", "nube", "oso", "Árbol"],
    "en": ["zebra", "Apple", "banana", "cherry"],
    "ar": ["باء", "ألف", "تاء", "الجيم"],
    "zh": ["中国", "安哥拉", "法国", "巴西"],
}
SORTED = {
    "fr": ["école", "Étape", "zèbre", "Zélande"],
    "ru": ["арбуз", "ёлка", "Ель", "яблоко"],
    "es": ["Árbol", "nube", "ñu", "oso"],
    "en": ["Apple", "banana", "cherry", "zebra"],
    "ar": ["ألف", "باء", "تاء", "الجيم"],
    "zh": ["安哥拉", "巴西", "法国", "中国"],
}


@pytest.mark.parametrize("code", codes.CODES)
def test_titles_are_in_the_alphabetical_order_of_the_language(api, add_news, code):
    for number, name in enumerate(NAMES[code]):
        add_news(source_language=code, slug=f"n{number}", **{f"title_{code}": name})
    assert titles(api("pages/", kind="news", order="title", lang=code)) == SORTED[code]
    turned = titles(api("pages/", kind="news", order="-title", lang=code, limit=2))
    assert turned == SORTED[code][::-1][:2]


def test_pages_of_a_list_neither_overlap_nor_leave_out(api, add_news):
    for number in range(7):
        add_news(title_fr="même titre", slug=f"n{number}", date=datetime.date(2024, 1, 1))
    for order in (None, "title", "-published", "date"):
        query = {"order": order} if order else {}
        seen = []
        for offset in (0, 3, 6):
            told = api("pages/", type="missions.NewsPage", limit=3, offset=offset, **query).json()
            assert told["count"] == 7
            seen += [item["id"] for item in told["items"]]
        assert len(seen) == len(set(seen)) == 7


@world
def twenty(index):
    return [news_below(index, title_fr=f"Nouvelle {nr}", slug=f"n{nr}") for nr in range(20)]


@pytest.mark.parametrize("many", [False, True])
def test_twenty_items_cost_eight_queries_whatever_the_number_of_sites(
    api, twenty, many, django_assert_max_num_queries
):
    if many:
        first = make_site("m", home=Page(title_en="Mission", source_language="en"))
        copy_site(first, [f"m{number}" for number in range(39)])
    with django_assert_max_num_queries(8):
        told = api("pages/", kind="news", fields="date,summary,image,body", order="-date").json()
    assert len(told["items"]) == 20
    with django_assert_max_num_queries(8):
        told = api("pages/", site="all", lang="ar").json()
    assert len(told["items"]) == 20
    with django_assert_max_num_queries(8):
        api("pages/", kind="news", site="all", order="title", lang="ru")


@pytest.mark.parametrize("code", codes.CODES)
def test_a_page_is_found_by_its_address(api, problem, home, index, news, code):
    path = f"/{code}/{index.slug}/paix/"
    found = api("pages/find/", html_path=path)
    assert found.json()["id"] == news.pk
    assert found.json()["meta"]["language"]["requested"] == code
    assert found["Content-Location"] == f"http://fra.localhost:8000/api/v3/pages/{news.pk}/"
    assert api("pages/find/", html_path=path.lstrip("/").rstrip("/")).json()["id"] == news.pk
    assert api("pages/find/", html_path=path, lang="en").json()["title"] == "Peace"
    assert api("pages/find/", html_path=f"/{code}/").json()["id"] == home.pk
    full = f"http://fra.localhost:8000{path}"
    elsewhere = api("pages/find/", html_path=full, host="localhost", site="fra")
    assert elsewhere.json()["id"] == news.pk
    problem(api("pages/find/", html_path=full, host="localhost"), 400)
    problem(api("pages/find/", html_path=path + "x/"), 404)
    problem(api("pages/find/"), 400)


def test_a_base_page_is_told_like_any_other(api, home):
    page = home.add_child(instance=Page(title_ar="صفحة", source_language="ar"))
    told = api(f"pages/{page.pk}/", lang="zh").json()
    assert told["title"] == "صفحة"
    assert told["meta"]["language"]["direction"] == "rtl"
    assert told["meta"]["parent"]["id"] == home.pk
    assert told["meta"]["parent"]["title"] == "صفحة" or told["meta"]["parent"]["title"]
