"""The example of somebody else's site: a static page on another origin that reads the API."""

import datetime
import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from cms.access.services import provision_site
from cms.languages import codes
from cms.missions.models import HomePage, NewsIndexPage, NewsPage
from cms.pages.models import SiteKind

EXAMPLE = Path(__file__).parents[2] / "docs/examples/external-site"
HEADINGS = {
    "ar": "الأخبار",
    "zh": "新闻",
    "en": "News",
    "fr": "Actualités",
    "ru": "Новости",
    "es": "Noticias",
}
TITLES = {
    "ar": "السلام والأمن",
    "zh": "和平与安全",
    "en": "Peace and security",
    "fr": "La paix et la sécurité",
    "ru": "Мир и безопасность",
    "es": "La paz y la seguridad",
}


class Quiet(SimpleHTTPRequestHandler):
    """A file server that says nothing."""

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def elsewhere():
    """The address of another origin that serves the example."""
    handler = functools.partial(Quiet, directory=EXAMPLE)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/index.html"
        server.shutdown()
        thread.join()


@pytest.fixture
def index(live_server, django_db_serialized_rollback):
    home = HomePage(title_fr="Mission de la France", source_language="fr")
    profile = provision_site(
        code="fra",
        kind=SiteKind.MISSION,
        hostname="fra.localhost",
        port=live_server.thread.port,
        home=home,
        collection_name="France",
    )
    return profile.site.root_page.add_child(
        instance=NewsIndexPage(title_fr="Actualités", source_language="fr", slug="news")
    )


@pytest.fixture
def add(index):
    def make(slug, day=1, **fields):
        page = index.add_child(
            instance=NewsPage(slug=slug, date=datetime.date(2024, 5, day), **fields)
        )
        page.save_revision().publish()
        return page

    return make


@pytest.fixture
def show(browser_page, elsewhere, site_url):
    """Open the example in a language; give the browser's page when it has loaded."""

    def open_(code, *, api=None, **query):
        api = api or site_url("/api/v3/", host="fra")
        more = "".join(f"&{name}={value}" for name, value in query.items())
        browser_page.goto(f"{elsewhere}?api={api}&lang={code}{more}")
        loading = "document.querySelector('#status').textContent.endsWith('…')"
        browser_page.wait_for_function(f"!({loading})")
        return browser_page

    return open_


@pytest.mark.parametrize("code", codes.CODES)
def test_the_news_is_shown_in_each_language(show, add, accessibility_faults, code):
    add("all", **{f"title_{c}": title for c, title in TITLES.items()}, source_language="fr")
    page = show(code)
    html = page.locator("html")
    assert html.get_attribute("lang") == code
    assert html.get_attribute("dir") == codes.direction(code)
    assert page.locator("h1").text_content() == HEADINGS[code]
    item = page.locator("article")
    assert item.locator("h2").text_content() == TITLES[code]
    assert item.get_attribute("lang") == code
    assert f"/{code}/news/all/" in item.locator("a").get_attribute("href")
    assert item.locator("time").get_attribute("datetime") == "2024-05-01"
    assert item.locator(".served").count() == 0
    assert accessibility_faults(page) == []


@pytest.mark.parametrize("code", ["ar", "zh", "en", "ru", "es"])
def test_what_is_served_in_another_language_is_marked(show, add, code):
    add("fr", title_fr=TITLES["fr"], summary_fr="Un résumé", source_language="fr")
    item = show(code).locator("article")
    assert item.locator("h2").text_content() == TITLES["fr"]
    assert (item.get_attribute("lang"), item.get_attribute("dir")) == ("fr", "ltr")
    note = item.locator(".served")
    assert note.get_attribute("lang") == code
    assert "Français" in note.text_content()


def test_a_field_in_yet_another_language_is_marked_too(show, add):
    add("x", title_en="Peace", summary_ar="ملخص", source_language="en")
    summary = show("en").locator("article p")
    assert summary.text_content() == "ملخص"
    assert (summary.get_attribute("lang"), summary.get_attribute("dir")) == ("ar", "rtl")


def test_the_language_is_switched_and_more_is_shown(show, add):
    for day in range(1, 13):
        add(
            f"n{day}", day, title_fr=f"Nouvelle {day}", title_en=f"Item {day}", source_language="fr"
        )
    page = show("fr")
    assert page.locator("article").count() == 10
    assert page.locator("article h2").first.text_content() == "Nouvelle 12"
    page.locator("#more").click()
    page.wait_for_function("document.querySelectorAll('article').length === 12")
    assert not page.locator("#more").is_visible()
    page.locator("nav a[lang=en]").click()
    page.wait_for_function("document.querySelectorAll('article').length === 10")
    assert page.locator("h1").text_content() == "News"
    assert page.locator("article h2").first.text_content() == "Item 12"


def test_no_news_and_no_api_are_said_in_the_readers_language(
    show, index, accessibility_faults, site_url
):
    assert show("es").locator("#status").text_content() == "Todavía no hay noticias."
    page = show("ru", site="nowhere")
    assert page.locator("#status").text_content().startswith("Не удалось загрузить новости.")
    assert page.locator("#more").text_content() == "Повторить"
    assert accessibility_faults(page) == []
    page = show("ar", api="http://127.0.0.1:9/")
    assert page.locator("#status").text_content().startswith("تعذّر تحميل الأخبار.")


def test_what_comes_from_the_api_is_text(show, add):
    add("x", title_en="<img src=x onerror=alert(1)>", source_language="en")
    page = show("en")
    assert page.locator("article h2").text_content() == "<img src=x onerror=alert(1)>"
    assert page.locator("article img").count() == 0
