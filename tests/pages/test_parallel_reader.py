"""Two languages of a page side by side: what stands beside what, who may read it, what is kept."""

import json
import re
from html.parser import HTMLParser

import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import get_page_models

from cms.access.audiences import restrict_to_portal
from cms.access.services import ensure_secretariat, give_role
from cms.languages import codes
from cms.missions.models import NewsPage
from cms.pages.editor import own_fields
from cms.pages.models import Page
from tests.missions.factories import (
    WATER,
    EventPageFactory,
    NewsPageFactory,
    StatementPageFactory,
)
from tests.worlds import world

PAIRS = [("fr", "ar"), ("ar", "zh"), ("zh", "ar"), ("en", "ru"), ("ru", "es"), ("es", "fr")]
TITLE = {code: f"{text} — {code}" for code, text in WATER.items()}


def stream(*blocks):
    return json.dumps(
        [
            {"id": number, "type": "rich_text", "value": f"<p>{text}</p>"}
            if number
            else {"type": "rich_text", "value": f"<p>{text}</p>"}
            for number, text in blocks
        ]
    )


@pytest.fixture
def read(client):
    def read(page, language, beside, **headers):
        path = page.url_in(language).split(".localhost", 1)[-1]
        path = path[path.index("/") :]
        query = "" if beside is None else f"?beside={beside}"
        return client.get(path + query, headers={"host": "fra.localhost", **headers})

    return read


def sides(response):
    """[[(lang, dir, text), (lang, dir, text)], …]: the pairs of a page, the titles first."""
    soup = BeautifulSoup(response.content, "html.parser")
    return [
        [
            (side["lang"], side["dir"], " ".join(side.get_text(" ").split()))
            for side in pair.select(":scope > .parallel__side")
        ]
        for pair in soup.select(".parallel__pair")
    ]


@world
def news():
    return NewsPageFactory(**{f"title_{code}": text for code, text in TITLE.items()})


@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_each_side_speaks_its_own_language_in_its_own_direction(read, news, left, right):
    response = read(news, left, right)
    assert response.status_code == 200
    title, summary, body = sides(response)
    languages = [(left, codes.direction(left)), (right, codes.direction(right))]
    for pair in (title, summary, body):
        assert [side[:2] for side in pair] == languages
    assert [side[2] for side in title] == [
        f"{codes.get(code).name} {TITLE[code]}" for code in (left, right)
    ]
    assert (
        [side[2] for side in summary] == [side[2] for side in body] == [WATER[left], WATER[right]]
    )
    assert response["Content-Language"] == f"{left}, {right}"


def test_blocks_stand_beside_those_that_translate_them_wherever_they_are(read, news):
    news.body_fr = stream(("a", "un"), ("b", "deux"), ("c", "trois"))
    news.body_ar = stream(("d", "أربعة"), ("c", "ثلاثة"), ("a", "واحد"))
    news.save_revision().publish()
    told = [[side[2] for side in pair] for pair in sides(read(news, "fr", "ar"))[2:]]
    assert ["un", "واحد"] in told
    assert ["trois", "ثلاثة"] in told
    alone = [pair for pair in told if "deux" in pair or "أربعة" in pair]
    assert len(told) == 4
    assert len(alone) == 2, "each beside a note that the other language lacks it"
    assert all(left and right for left, right in told)


def test_a_part_that_one_language_lacks_is_said_to_be_lacking_in_that_language(read, news):
    news.summary_ar = ""
    news.save_revision().publish()
    html = read(news, "fr", "ar").content.decode()
    assert html.count("parallel__nothing") == 1
    assert 'lang="ar" dir="rtl"><p class="parallel__nothing">' in html


def test_the_page_that_search_engines_show_is_the_plain_one(read, news):
    head = read(news, "fr", "ar").content.decode().split("</head>")[0]
    assert '<meta name="robots" content="noindex">' in head
    assert f'<link rel="canonical" href="{news.url_in("fr")}">' in head
    assert "hreflang" not in head


@pytest.mark.parametrize("code", codes.CODES)
def test_a_page_links_to_itself_beside_another_language_only_where_it_has_two(read, news, code):
    html = read(news, code, None).content.decode()
    other = "ar" if code == "fr" else "fr"  # the source, or the first that is not the source
    assert f'/?beside={other}"' in html
    for language in codes.CODES:
        if language != "fr":
            for field in ("title", "summary", "body"):
                setattr(news, f"{field}_{language}", "")
    news.save_revision().publish()
    caches["rendered"].clear()
    assert "beside=" not in read(news, code, None).content.decode()


def test_only_released_languages_can_be_chosen(read, news):
    for field in ("title", "summary", "body"):
        setattr(news, f"{field}_ru", "")
    news.save_revision().publish()
    news.title_ru, news.summary_ru = "Черновик", "Черновик"
    news.save_revision()
    html = read(news, "fr", "ar").content.decode()
    offered = re.findall(r'<option value="(\w\w)"', html)
    assert offered == ["ar", "zh", "en", "es"]
    lacking = read(news, "fr", "ru").content.decode()
    assert "Черновик" not in lacking
    assert "parallel__pair--text" not in lacking
    assert '<bdi lang="ru" dir="ltr">Русский</bdi>' in lacking
    assert '?beside=es" lang="es" hreflang="es"' in lacking


def test_a_reader_whose_language_the_page_lacks_is_told_so(read, news):
    for field in ("title", "summary", "body"):
        setattr(news, f"{field}_ru", "")
    news.save_revision().publish()
    response = read(news, "ru", "zh")
    assert sides(response)[0][0][0] == "fr"
    assert "notice--language" in response.content.decode()


@pytest.mark.parametrize("wrong", ["xx", "", "frog", "../../en", "%00", "<script>"])
def test_what_is_no_official_language_is_not_found(read, news, wrong):
    assert read(news, "fr", wrong).status_code == 404


@pytest.mark.parametrize(("asked", "leads"), [("zh-CN", "?beside=zh"), ("AR", "?beside=ar")])
def test_other_names_of_a_language_lead_to_one_address(read, news, asked, leads):
    response = read(news, "fr", asked)
    assert response.status_code == 302
    assert response["Location"].endswith(leads)


@pytest.mark.parametrize("code", codes.CODES)
def test_a_language_beside_itself_is_the_plain_page(read, news, code):
    response = read(news, code, code)
    assert response.status_code == 302
    assert response["Location"].endswith(f"/{code}/news/{news.slug}/")


class _Scripts(HTMLParser):
    found = 0

    def handle_starttag(self, tag, attrs):
        self.found += tag == "img" or (tag == "script" and not dict(attrs).get("src"))


def test_words_are_never_markup(read, news):
    evil = "<img src=x onerror=alert(1)>"
    news.title_fr = news.title_ar = news.summary_ar = f"Eau {evil}"
    news.save_revision().publish()
    parser = _Scripts()
    parser.feed(read(news, "fr", "ar").content.decode())
    assert parser.found == 0


def test_no_id_stands_on_the_page_twice(read, news):
    heading = {"text": "Vote", "level": "2", "anchor": "section-vote"}
    for code in ("fr", "ar"):
        setattr(
            news, f"body_{code}", json.dumps([{"id": "h", "type": "heading", "value": heading}])
        )
    news.save_revision().publish()
    soup = BeautifulSoup(read(news, "fr", "ar").content, "html.parser")
    ids = [element["id"] for element in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    assert {"section-vote", "beside-section-vote"} <= set(ids)


def test_short_facts_carry_their_name_in_each_language(read, db):
    page = StatementPageFactory()
    html = read(page, "fr", "ar").content.decode()
    assert html.count('<p class="parallel__label">') == 4  # speaker and meeting, twice


def test_the_calendar_file_of_an_event_is_left_alone(client, db):
    page = EventPageFactory()
    path = page.url_in("fr").split("localhost", 1)[1]
    path = path[path.index("/") :]
    response = client.get(f"{path}event.ics?beside=ar", headers={"host": "fra.localhost"})
    assert response["Content-Type"].startswith("text/calendar")


def test_who_may_not_read_the_page_may_not_read_it_beside_another_language(
    read, news, client, django_user_model
):
    restrict_to_portal(news)
    ensure_secretariat()
    stranger = django_user_model.objects.create_user("stranger")
    reader = django_user_model.objects.create_user("reader")
    give_role(reader, "secretariat")
    assert read(news, "fr", "ar").status_code == 302, "a visitor is asked to sign in"
    client.force_login(stranger)
    denied = read(news, "fr", "ar")
    assert denied.status_code == 404
    client.force_login(reader)
    allowed = read(news, "fr", "ar")
    assert allowed.status_code == 200
    assert WATER["ar"] in allowed.content.decode()
    assert "private" in allowed["Cache-Control"]


def test_the_number_of_blocks_costs_no_query(read, news):
    def cost(number):
        for code in ("fr", "zh"):
            blocks = [(f"{code}{place}", f"{code} {place}") for place in range(number)]
            setattr(news, f"body_{code}", stream(*blocks))
        news.save_revision().publish()
        caches["rendered"].clear()
        with CaptureQueriesContext(connection) as queries:
            assert len(sides(read(news, "fr", "zh"))) == 2 + number
        return len(queries)

    cost(1)
    assert cost(2) == cost(30) <= 12


def test_it_is_kept_once_however_it_is_asked_for(read, news, django_assert_max_num_queries):
    first = read(news, "fr", "ar")
    assert "must-revalidate" in first["Cache-Control"]
    with django_assert_max_num_queries(1):
        assert read(news, "fr", "%61r").content == first.content
    assert len(caches["rendered"]._cache) == 1
    assert read(news, "fr", "ar&utm_source=x").status_code == 200
    assert read(news, "fr", "ar&beside=zh").status_code == 200
    assert len(caches["rendered"]._cache) == 1, "what is made up is not kept"


def test_every_page_type_has_an_order_of_its_own_translated_fields():
    for model in get_page_models():
        if model is not Page:
            names = own_fields(model)
            assert {"title", "seo_title", "search_description"}.isdisjoint(names), model
    assert own_fields(NewsPage) == ["summary", "body"]
