"""Search by the API: what the site's own search finds, told in JSON."""

import html
import re

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


@pytest.mark.parametrize(
    ("name", "value"),
    [("q", ""), ("q", "   "), ("q", "x" * 501), ("page", "0"), ("page", "x"), ("limit", "101")],
)
def test_a_search_for_nothing_is_refused(api, problem, fra, indexed, name, value):
    query = {"q": "x"} | {name: value}
    told = problem(api("search/", **query), 400)
    assert told["errors"][0]["loc"] == ["query", name]
    problem(api("search/"), 400)


@pytest.mark.parametrize(
    "text", ['"', "(", "a:b", "NOT", "* OR *", "title:x^9", "A/RES/79/1", "\u202eabc", "😀"]
)
def test_nothing_that_is_typed_breaks_the_search(api, words, text):
    assert api("search/", q=text).status_code == 200


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
