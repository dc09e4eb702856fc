"""The search page: found in six languages, narrowed, sorted, paged; whatever is typed."""

import re
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.access import answers
from cms.access.answers import Answer, AnswerLink
from cms.languages import codes
from search import facets
from search.facets import Facet
from tests.api.conftest import make_site

from .conftest import TITLES


@pytest.fixture
def topics(monkeypatch):
    """A facet of the tests' own, with names in Arabic and English."""
    names = {
        "en": {"peace": "Peace", "water": "Water"},
        "ar": {"peace": "السلام", "water": "المياه"},
    }
    known = dict(facets._facets)
    known["topic"] = Facet(
        name="topic",
        label="Topic",
        labels=lambda values, language: names.get(language, {}),
        position=15,
    )
    monkeypatch.setattr(facets, "_facets", known)


@pytest.fixture
def filed(put, topics):
    """Five objects: two topics, three years, two sites."""
    with put.together():
        for number in range(5):
            put(
                f"page:{number}",
                title=f"Report {number}",
                site="ken" if number == 4 else "fra",
                kind="news" if number % 2 else "statement",
                date=datetime(2020 + number % 3, 5, 1, tzinfo=UTC),
                facets={"topic": ("peace", "water") if number % 2 else ("peace",)},
            )


# Words


@pytest.mark.parametrize("code", codes.CODES)
def test_words_are_found_in_each_language_and_marked(finder, six, code):
    title, word, _ = TITLES[code]
    page = finder(q=word, lang=code)
    assert page.titles == [title]
    assert "<mark>" in page.html
    assert re.search(
        rf'<h2 class="result__title" lang="{code}" dir="{codes.direction(code)}"', page.html
    )
    for other in codes.CODES:
        assert page.link(rf'href="/{other}/6/" lang="{other}"'), other


def test_a_hit_in_another_language_keeps_its_language_and_names_what_is_missing(finder, put):
    put("page:1", language="ar", title=TITLES["ar"][0])
    page = finder(q=TITLES["ar"][1], lang="zh")
    assert '<h2 class="result__title" lang="ar" dir="rtl">' in page.html
    put("page:2", titles={"fr": "Paix", "es": "Paz"})
    page = finder(q="paix")
    assert page.html.count('class="is-missing"') >= 4


def test_texts_of_one_language_alone_are_looked_at_if_wished(finder, six, put):
    put("page:7", language="fr", title="Transports")
    put("page:8", language="en", title="Transports")
    assert len(finder(q="transports").titles) == 2
    assert len(finder(q="transports", in_="fr").titles) == 1
    assert len(finder(q="transports", in_=["fr", "en"]).titles) == 2


def test_this_site_or_all(finder, filed):
    assert "Report 4" not in finder(q="report").titles
    everywhere = finder(q="report", scope="all")
    assert sorted(everywhere.titles) == [f"Report {number}" for number in range(5)]
    assert everywhere.link(r'hreflang="en"')
    assert 'href="http://ken.localhost:8000/en/4/"' in everywhere.html
    assert 'href="/en/1/"' in everywhere.html


def test_nothing_here_says_how_much_there_is_elsewhere(finder, filed, put):
    put("page:9", title="Kilimanjaro", site="ken")
    page = finder(q="kilimanjaro")
    assert "1 result on all sites" in page.text
    assert finder(page.link(r'href="\?q=kilimanjaro&amp;scope=all"')).titles == ["Kilimanjaro"]


def test_a_phrase_an_exclusion_a_beginning_and_days_are_understood(finder, put):
    put("page:1", title="Rights of the child", date=datetime(2020, 1, 1, tzinfo=UTC))
    put("page:2", title="The child of rights", date=datetime(2021, 1, 1, tzinfo=UTC))
    assert finder(q='"rights of the child"').titles == ["Rights of the child"]
    assert finder(q="rights 2021..").titles == ["The child of rights"]
    assert finder(q="rights", since="2020-12-31").titles == ["The child of rights"]
    assert finder(q="rights", until="2020-12-31").titles == ["Rights of the child"]
    assert len(finder(q="chil*").titles) == 2
    assert finder(q="rights -child").titles == []


# Facets


def test_facets_have_names_and_counts(finder, filed):
    page = finder(q="report")
    assert page.choices("topic") == {"peace": ("Peace", 4, False), "water": ("Water", 2, False)}
    assert list(page.choices("year")) == ["2022", "2021", "2020"]
    assert page.choices("site") == {}
    everywhere = finder(q="report", scope="all")
    assert everywhere.choices("site")["ken"] == ("Mission of Kenya", 1, False)
    assert finder(q="report", lang="ar").choices("topic")["water"][0] == "المياه"


def test_several_values_of_a_facet_widen_and_two_facets_narrow(finder, filed):
    page = finder(q="report", year=["2020", "2021"])
    assert sorted(page.titles) == ["Report 0", "Report 1", "Report 3"]
    assert page.choices("year")["2022"] == ("2022", 1, False)
    assert page.choices("year")["2020"][2]
    assert sorted(finder(q="report", year=["2020", "2021"], topic="water").titles) == [
        "Report 1",
        "Report 3",
    ]
    assert sorted(finder(topic="water").titles) == ["Report 1", "Report 3"], "without words too"


def test_what_is_chosen_can_be_taken_back_one_by_one_and_all_at_once(finder, filed):
    page = finder(q="report", topic="water", year="2021", since="2020-01-01", sort="newest")
    chips = re.findall(r'<a class="chip" href="([^"]*)">', page.html)
    assert len(chips) == 3
    assert "Remove the filter “From 1 January 2020”" in page.html
    left = [finder(chip.replace("&amp;", "&")).titles for chip in chips]
    assert sorted(map(len, left)) == [1, 1, 2]
    cleared = page.link('class="chips__clear"')
    assert cleared == "?q=report&sort=newest"


def test_a_chosen_value_that_nothing_has_stays_to_be_taken_back(finder, filed):
    page = finder(q="report", topic="fire")
    assert page.titles == []
    assert page.choices("topic")["fire"] == ("fire", 0, True)
    assert page.link('class="chip"') == "?q=report"


def test_other_sites_are_let_go_when_this_one_is_asked_for(finder, filed):
    page = finder(q="report", scope="site", site="ken")
    assert page.status == 302
    assert page.response["Location"] == "?q=report"
    assert finder(q="report", site="ken").titles == ["Report 4"], "naming sites means all sites"


def test_a_long_list_unfolds_is_searched_and_has_a_page_of_its_own(finder, put, topics):
    with put.together():
        for number in range(70):
            put(
                f"page:{number}",
                title="Report",
                facets={"topic": tuple(f"t{i:02}" for i in range(number + 1))},
            )
    page = finder(q="report")
    assert list(page.choices("topic"))[:2] == ["t00", "t01"]
    assert len(page.choices("topic")) == 60
    searched = finder(q="report", find_topic="t6")
    assert list(searched.choices("topic")) == [f"t6{i}" for i in range(10)]
    assert len(searched.titles) == 10, "the list is narrowed, not the results"
    address = page.link('class="more"')
    assert address == "list/topic/?q=report"
    whole = finder("?q=report", path="list/topic/")
    assert len(whole.choices("topic")) == 70
    assert list(finder("?q=report&find_topic=T69", path="list/topic/").choices("topic")) == ["t69"]
    assert finder("?q=report", path="list/nothing/").status == 404


# Orders and pages


def test_lists_are_sorted_by_day_and_symbol(finder, put):
    with put.together():
        for number, symbol in enumerate(["A/3", "A/1", "A/2"]):
            day = datetime(2020 + number, 1, 1, tzinfo=UTC)
            put(f"page:{number}", title="Note", symbol=symbol, date=day)
    symbols = r'<span class="result__symbol"><bdi dir="ltr">(.*?)</bdi>'
    for sort, expected in {
        "newest": ["A/2", "A/1", "A/3"],
        "oldest": ["A/3", "A/1", "A/2"],
        "symbol": ["A/1", "A/2", "A/3"],
    }.items():
        assert re.findall(symbols, finder(q="note", sort=sort).html) == expected


@pytest.mark.parametrize("sort", ["relevance", "newest", "symbol"])
def test_pages_lead_through_the_whole_list_and_back(finder, put, sort):
    with put.together():
        for number in range(25):
            put(f"page:{number}", title=f"Note {number}", symbol=f"A/{number:02}")
    seen, page, address = [], finder(q="note", sort=sort), ""
    for count in (10, 10, 5):
        assert len(page.titles) == count
        seen += page.titles
        last, address = page, page.link('rel="next"')
        page = finder(address) if address else None
    assert address is None
    assert len(set(seen)) == 25
    assert finder(last.link('rel="prev"')).titles == seen[10:20]


def test_a_page_beyond_the_end_leads_back(finder, put):
    put("page:1", title="Note")
    page = finder(q="note", page="999")
    assert page.status == 200
    assert "does not go on this far" in page.text
    assert page.titles == []


# What is meant


def test_a_mistyped_word_is_said_and_can_be_insisted_on(finder, put):
    put("page:1", title="International security")
    page = finder(q="secuirty")
    assert page.titles == ["International security"]
    assert "Did you mean security ?" in page.text
    assert finder(page.link(r'href="\?q=security"')).titles == ["International security"]
    assert finder(page.link(r'href="\?q=secuirty&amp;spelling=no"')).titles == []


# Straight answers


@pytest.fixture
def answering(monkeypatch):
    """A domain that knows one document, for the portal's readers alone if `secret`."""

    def answer(text, language, audiences):
        if text not in ("a res 1", "secret") or (text == "secret" and "portal" not in audiences):
            return None
        return Answer(
            title="Ändere <b>",
            url="/en/documents/A/RES/1",
            language="en",
            kind="document",
            symbol="A/RES/1",
            exact=text != "secret",
            languages={"ar": "/ar/documents/A/RES/1", "en": "/en/documents/A/RES/1"},
            related=(
                AnswerLink(
                    text="A/RES/1/Corr.1", url="/en/documents/c", language="fr", relation="Corr"
                ),
            ),
        )

    monkeypatch.setattr(answers, "_answerers", {"test": answer})


def test_what_is_named_stands_above_the_hits_with_what_belongs_to_it(finder, put, answering):
    page = finder(q="a res 1")
    assert 'href="/en/documents/A/RES/1"' in page.html
    assert 'href="/ar/documents/A/RES/1"' in page.html
    assert "Ändere &lt;b&gt;" in page.html
    assert "Corr A/RES/1/Corr.1" in page.text
    assert "may be this one" not in page.text
    assert 'class="answer"' not in finder(q="a res 1", page="2").html
    assert 'class="answer"' not in finder(q="something else").html


def test_an_answer_is_only_of_what_the_reader_may_read(finder, put, answering, sign_in):
    assert 'class="answer"' not in finder(q="secret").html
    sign_in("delegate")
    assert "may be this one" in finder(q="secret").text


# Whatever is asked


#: Queries with one parameter that can't be used, and which.
UNUSABLE = [
    ("nothing=1", "nothing"), ("tpoic=water", "tpoic"), ("find_nothing=a", "find_nothing"),
    ("page=0", "page"), ("page=x", "page"), ("page=1000000000", "page"), ("page=-1", "page"),
    ("page=١", "page"), ("page=" + "9" * 5000, "page"), ("language=xx", "language"),
    ("in=klingon", "in"), ("sort=random", "sort"), ("scope=galaxy", "scope"),
    ("since=yesterday", "since"), ("until=2024-13-01", "until"), ("after=made-up", "after"),
    ("after=%00", "after"), ("topic=%00", "topic"), ("topic=" + "x" * 101, "topic"),
    ("&".join(f"topic=t{i}" for i in range(51)), "topic"), ("q=xy", "q"),
    ("q=" + "x" * 1001, "q"), ("q=" + "x" * 100_000, "q"), ("%00=1", "\ufffd"),
]  # fmt: skip


def test_what_cannot_be_used_is_named_and_the_words_are_kept(finder, six, topics):
    for query, named in UNUSABLE:
        page = finder(f"?q=x&{query}", lang="fr")
        assert page.status == 400, query[:50]
        assert f"<code>{named}</code>" in page.html, query[:50]
        assert 'name="q" value="x' in page.html, query[:50]
        assert page.titles == []
        assert page.response["Cache-Control"] == "private, no-store"


#: What people and programs type.
TYPED = [
    '"', '"a', "«", "(", ")", "a:b", "NOT", "AND OR", "* OR *", "*", "-", "--", '-"', "..",
    "2019..", "title:x^9", "x~2", "[a TO b]", "\\", "/.*/", "(a+)+$", "\u202eabc", "😀",
    "\ud800", "\x00", "a\x00b", "A/", "/", "A//C.3", "A/RES/" + "9" * 500,
    "<script>alert(1)</script>", "ا" * 900, "安" * 900, "%", "' OR 1=1 --",
    " ".join("abcdefghij"[i % 10] * (i % 7 + 1) for i in range(200)),
]  # fmt: skip


@pytest.mark.parametrize("code", ["en", "ar"])
def test_whatever_is_typed_has_a_sensible_result(finder, client, six, code):
    for text in TYPED:
        typed = quote(text.encode("utf-8", "surrogatepass"))
        page = finder(f"?q={typed}&scope=all", lang=code)
        assert page.status == 200, text[:50]
        assert "<script>alert" not in page.html
        for accept in ("application/json", "text/html"):
            told = client.get(
                f"/{code}/search/suggestions/?q={typed}",
                headers={"host": "fra.localhost", "accept": accept},
            )
            assert told.status_code == 200, text[:50]


def test_an_index_that_cannot_be_asked_is_said(finder, fra, settings, tmp_path):
    (tmp_path / "file").write_text("no folder")
    settings.SEARCH_URL = f"embedded://{tmp_path}/file/index"
    page = finder(q="x")
    assert page.status == 200
    assert "not available" in page.text
    assert "Nothing was found" not in page.text
    assert finder("?q=x", path="suggestions/").status == 200
    assert finder("?q=x", path="list/year/").status == 200


def test_before_anything_is_asked_nothing_is_searched(finder, six):
    page = finder()
    assert page.status == 200
    assert page.titles == []
    assert finder(page.link('href="\\?sort=newest"')).titles == [TITLES["en"][0]]


def test_the_public_page_is_kept_by_no_shared_cache_and_a_signed_in_one_by_none(
    finder, six, sign_in
):
    assert finder(q="security").response["Cache-Control"] == "private, no-cache"
    # What is kept by the site's version would outlive what is withdrawn elsewhere.
    assert not caches["rendered"]._cache
    sign_in()
    assert finder(q="security").response["Cache-Control"] == "private, no-store"


# How much it costs


def test_a_search_asks_the_database_no_more_for_many_sites_and_topics(finder, put, topics):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert finder(q="report", scope="all", year="2020").status == 200
        return len(captured)

    day = datetime(2020, 1, 1, tzinfo=UTC)
    put("page:1", title="Report", date=day, facets={"topic": ("a",)})
    # What is found on the site that is asked alone takes one query less.
    make_site("other")
    put("page:2", title="Report", site="other", date=day, facets={"topic": ("a",)})
    few = asked()
    with put.together():
        for number in range(12):
            code = f"s{number:02}"
            make_site(code)
            topics_of = tuple(f"t{i}" for i in range(number + 9))
            put(
                f"page:{number + 10}",
                title="Report",
                site=code,
                date=day,
                facets={"topic": topics_of},
            )
    assert asked() == few
    assert 0 < few <= 8, few
