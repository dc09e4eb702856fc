"""Search by the API: what the search page finds, told in JSON."""

import html
import re
from datetime import UTC, datetime

import pytest

from cms.languages import codes
from search.indexer import apply_pending
from search.services import engine
from tests.api.conftest import publish

WORDS = {
    "ar": ("السلام والأمن", "السلام"),
    "zh": ("国际和平与安全", "和平"),
    "en": ("Peace and security", "peace"),
    "fr": ("La paix et la sécurité", "paix"),
    "ru": ("Мир и безопасность", "безопасность"),
    "es": ("La paz y la seguridad", "seguridad"),
}


@pytest.fixture
def indexed(tmp_path, settings):
    """Bring a new index up to date with the database: call it after changing something."""
    settings.SEARCH_URL = f"embedded://{tmp_path}/index"
    return lambda: apply_pending(engine())


@pytest.fixture
def words(add_news, indexed):
    fields = {f"title_{code}": words[0] for code, words in WORDS.items()}
    fields |= {f"summary_{code}": f"<b>{words[0]}</b> &" for code, words in WORDS.items()}
    page = add_news(**fields, slug="mots")
    indexed()
    return page


@pytest.mark.parametrize("code", codes.CODES)
def test_words_are_found_and_marked_in_each_language(api, words, code):
    title, word = WORDS[code]
    response = api("search/", q=word, lang=code)
    told = response.json()
    hit = told["items"][0]
    assert told["count"] == 1
    assert hit["title"] == title
    assert (hit["language"], hit["direction"]) == (code, codes.direction(code))
    assert "".join(part["text"] for part in hit["title_fragments"]) == title
    assert any(part["marked"] for part in hit["title_fragments"])
    assert any(part["marked"] for part in hit["passage_fragments"])
    assert "<mark>" in hit["highlight_html"]
    assert "<b>" not in hit["highlight_html"]
    plain = html.unescape(re.sub("</?mark>", "", hit["highlight_html"]))
    assert plain == "".join(part["text"] for part in hit["passage_fragments"])
    assert hit["html_url"].startswith(f"http://fra.localhost:8000/{code}/")
    assert set(hit["languages"]) == set(codes.CODES)
    assert (hit["site"], hit["kind"]) == ("fra", "news")
    assert response["Content-Language"] == code


def test_a_search_narrows_to_a_site_and_kinds(api, words, ken):
    assert api("search/", q="peace", host="ken.localhost").json()["count"] == 0
    assert api("search/", q="peace", host="ken.localhost", site="fra").json()["count"] == 1
    assert api("search/", q="peace", host="ken.localhost", site="all").json()["count"] == 1
    assert api("search/", q="peace", kind="news").json()["count"] == 1
    assert api("search/", q="peace", kind="statement").json()["count"] == 0
    assert api("search/", q="peace", kind=["statement", "news"]).json()["count"] == 1


def test_the_portals_words_are_found_by_its_readers_only(api, portal, indexed, delegate, nobody):
    page = portal.site.root_page.specific
    page.title_en = "Confidential handbook"
    publish(page)
    indexed()
    for token in (None, nobody):
        told = api("search/", q="confidential", site="all", token=token).json()
        assert (told["count"], told["items"]) == (0, [])
    told = api("search/", q="confidential", site="all", token=delegate)
    assert told.json()["count"] == 1
    assert told["Cache-Control"] == "private, no-store"


#: Parameters that can't be used.
UNUSABLE = [
    ("q", ""), ("q", "   "), ("q", "x" * 1001), ("q", "x" * 100_000), ("page", "0"), ("page", "x"),
    ("page", 10**9), ("limit", "101"), ("offset", 10**9), ("nothing", "1"), ("language", "xx"),
    ("in", "klingon"), ("lang", "xx"), ("sort", "random"), ("year", "x"), ("since", "yesterday"),
    ("until", "2024-13-01"), ("after", "made-up"), ("facets", "nothing"), ("body", "x" * 101),
    ("body", "\x07"), ("body", "\x00"), ("body", [f"b{number}" for number in range(51)]),
]  # fmt: skip


def test_what_cannot_be_used_is_refused_by_name(api, problem, put):
    put("page:1", title="x")
    for name, value in UNUSABLE:
        told = problem(api("search/", **{"q": "x", name: value}), 400)
        assert name in told["errors"][0]["loc"], (name, str(value)[:40])


def test_a_search_for_nothing_is_refused_and_for_all_that_is_left_is_not(api, problem, words):
    problem(api("search/"), 400)
    for narrowed in ({"kind": "news"}, {"sort": "newest"}, {"since": "1945-01-01"}):
        assert api("search/", **narrowed).json()["count"] >= 1
    problem(api("search/", q="x", site="nowhere"), 404)
    problem(api("search/", q="x", site=["all", "nowhere"]), 404)
    assert api("search/", q="x", site=["all", "fra"]).status_code == 200


@pytest.mark.parametrize("name", ["since", "until"])
@pytest.mark.parametrize("day", ["0", "1700000000", "2024-05-31T00:00", "2024-13-01", "31.5.", ""])
def test_a_day_is_a_day_and_no_moment(api, problem, words, name, day):
    told = problem(api("search/", q="x", lang="en", **{name: day}), 400)
    assert told["errors"][0]["loc"] == ["query", name]
    assert told["errors"][0]["msg"] == "This is no day: write it as in 2024-05-31."
    assert api("search/", q="x", **{name: "2024-05-31"}).status_code == 200


@pytest.fixture
def filed(put):
    """Three objects of two bodies, sessions, years and kinds."""
    with put.together():
        for number in range(3):
            put(
                f"page:{number}",
                titles={"en": f"Report {number}", "ar": f"تقرير {number}"},
                kind="document" if number else "news",
                symbol=f"A/{number}",
                date=datetime(2020 + number, 5, 1, tzinfo=UTC),
                facets={
                    "body": ("GA",) if number else ("SC",),
                    "session": (f"7{number}",),
                    "type": ("resolution",),
                    "subject": ("water",),
                },
            )


def counted(told):
    return {
        one["name"]: {value["value"]: value["count"] for value in one["values"]}
        for one in told["facets"]
    }


def test_every_facet_narrows_and_is_counted_with_its_name(api, filed):
    names = ["body", "session", "type", "subject", "kind", "language", "year", "site"]
    told = api("search/", q="report", facets=names, body="GA", lang="en").json()
    assert told["count"] == 2
    assert counted(told) == {
        "body": {"GA": 2, "SC": 1},
        "session": {"71": 1, "72": 1},
        "type": {"resolution": 2},
        "subject": {"water": 2},
        "kind": {"document": 2},
        "language": {"ar": 2, "en": 2},
        "year": {"2021": 1, "2022": 1},
        "site": {"fra": 2},
    }
    labels = {one["name"]: one["values"][0]["label"] for one in told["facets"]}
    assert labels["body"] == "General Assembly"
    assert labels["site"] == "Mission of France"
    assert {one["name"]: one["label"] for one in told["facets"]}["year"] == "Year"
    for name, value, count in (
        ("session", ["70", "71"], 2), ("year", 2020, 1), ("year", [2020, 2021], 2),
        ("kind", "news", 1), ("language", "ar", 3), ("language", "fr", 0), ("subject", "fire", 0),
    ):  # fmt: skip
        assert api("search/", q="report", **{name: value}).json()["count"] == count, (name, value)
    assert api("search/", q="report", **{"in": "ar"}).json()["count"] == 0
    assert api("search/", q="report", **{"in": ["en", "ar"]}).json()["count"] == 3


def test_days_orders_and_cursors(api, filed):
    ask = {"q": "report", "limit": 1, "lang": "en"}
    for sort, expected in {"newest": "210", "oldest": "012", "symbol": "012"}.items():
        seen, after = "", ""
        while len(seen) < 4:
            told = api("search/", sort=sort, **ask, **({"after": after} if after else {})).json()
            seen += told["items"][0]["title"][-1]
            after = told["next"]
            if not after:
                break
        assert seen == expected
    assert api("search/", since="2021-01-01", until="2021-12-31", **ask).json()["count"] == 1


def test_an_unchanged_answer_is_not_sent_again(api, filed, put):
    first = api("search/", q="report", facets="year", lang="ar")
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    known = {"if-none-match": first["ETag"]}
    again = api("search/", q="report", facets="year", lang="ar", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert not again.has_header("Content-Language"), "what is kept stays in Arabic"
    put("page:9", title="Report 9")
    changed = api("search/", q="report", facets="year", lang="ar", headers=known)
    assert changed.status_code == 200


def test_what_was_meant_is_told_unless_it_is_not_wanted(api, filed):
    told = api("search/", q="reprot", lang="en").json()
    assert (told["meant"], told["count"]) == ("report", 3)
    told = api("search/", q="reprot", spelling="false", lang="en").json()
    assert (told["meant"], told["count"]) == ("", 0)


def test_titles_and_symbols_are_suggested(api, problem, filed):
    told = api("search/suggestions/", q="تقر", lang="ar").json()["items"]
    assert {one["title"] for one in told} == {"تقرير 0", "تقرير 1", "تقرير 2"}
    assert {(one["language"], one["direction"]) for one in told} == {("ar", "rtl")}
    told = api("search/suggestions/", q="A/1", site="all", lang="en").json()["items"]
    assert [one["symbol"] for one in told] == ["A/1"]
    assert told[0]["html_url"] == "http://fra.localhost:8000/en/1/"
    problem(api("search/suggestions/"), 400)
    problem(api("search/suggestions/", q="x", limit="21"), 400)


def test_the_openapi_document_types_every_parameter(api, fra):
    paths = api("openapi.json").json()["paths"]
    taken = {one["name"]: one["schema"] for one in paths["/api/v3/search/"]["get"]["parameters"]}
    assert set(taken) == {
        "q", "lang", "site", "in", "since", "until", "sort", "spelling", "page", "limit", "after",
        "facets", "kind", "body", "session", "subject", "type", "year", "language",
    }  # fmt: skip
    assert taken["year"]["items"]["type"] == "integer"
    assert "ar" in taken["language"]["items"]["enum"]
    assert "body" in taken["facets"]["items"]["enum"]


def test_pages_of_hits(api, add_news, indexed):
    for number in range(5):
        add_news(title_en=f"Peace {number}", source_language="en", slug=f"p{number}")
    indexed()
    told = [api("search/", q="peace", limit=2, page=n).json() for n in (1, 2, 3, 4)]
    assert [len(one["items"]) for one in told] == [2, 2, 1, 0]
    assert {(one["count"], one["pages"]) for one in told} == {(5, 3)}


def test_a_search_that_cannot_be_asked_says_so(api, problem, fra, settings):
    settings.SEARCH_URL = "embedded:///proc/nowhere"
    told = api("search/", q="x")
    assert told.status_code in (200, 503)
    if told.status_code == 503:
        problem(told, 503)
        assert told["Retry-After"]
