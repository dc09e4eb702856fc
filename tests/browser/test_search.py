"""The search page in a browser: with keys alone, in Arabic on a telephone, without a script."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect
from wagtail.models import Site

from cms.pages.sites import serve_on_port
from search.services import engine
from tests.api.conftest import make_site
from tests.search.factories import document

TITLES = {
    "ar": "الأمن الدولي والسلام", "zh": "国际安全与和平", "en": "International security and peace",
    "fr": "Sécurité internationale et paix", "ru": "Международная безопасность и мир",
    "es": "Seguridad internacional y paz",
}  # fmt: skip


@pytest.fixture
def world(live_server, django_db_serialized_rollback, settings, tmp_path):
    """A mission's site with thirty notes in six languages, in two kinds and ten years."""
    settings.SEARCH_URL = f"embedded://{tmp_path}/index"
    Site.objects.filter(profile__isnull=True).delete()
    make_site("directory", kind="directory", host="localhost")
    make_site("fra")
    serve_on_port(live_server.thread.port)
    index = engine()
    index.upsert(
        document(
            # Not the site's own pages, whose changes are still waiting for the index.
            f"page:{1000 + number}",
            code,
            title=f"{title} {number}",
            body=f"{title}. {title}." if number % 2 else "",
            kind="news" if number % 3 else "statement",
            symbol=f"A/C.3/78/L.{number}",
            date=datetime(2010 + number % 10, 5, 1, tzinfo=UTC),
            languages=tuple(TITLES),
        )
        for number in range(1, 31)
        for code, title in TITLES.items()
    )
    yield
    index.close()


def test_with_keys_alone_one_types_chooses_a_suggestion_narrows_and_goes_back(
    world, browser_page, site_url, accessibility_faults
):
    page = browser_page
    page.goto(site_url("/en/search/", host="fra"))
    box = page.locator("#results-query")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("a c3 78 l1")
    options = page.locator("#results-query-suggestions [role=option]")
    expect(options.first).to_contain_text("A/C.3/78/L.1")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "results-query-suggestions-1")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    assert accessibility_faults(page) == []
    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    expect(box).to_have_value("a c3 78 l1")

    box.fill("security")
    page.keyboard.press("Enter")
    expect(page.locator(".results__count")).to_contain_text("30 results")
    assert page.url.endswith("/en/search/?q=security"), "an address without empty parameters"
    assert accessibility_faults(page) == []
    choice = page.locator("input[name=year][value='2015']")
    choice.focus()
    page.keyboard.press("Space")
    expect(page.locator(".results__count")).to_contain_text("3 results")
    expect(page.locator("input[name=year][value='2015']")).to_be_focused()
    expect(page.locator("[data-finder-said]")).to_contain_text("3 results")
    assert page.url.endswith("?q=security&year=2015")
    expect(page.locator("a.chip")).to_have_count(1)
    page.locator("a.chip").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".results__count")).to_contain_text("30 results")
    page.select_option("#finder-sort", "newest")
    expect(page.locator(".result__title").first).to_contain_text(re.compile(r"\b\d*9$"))
    page.go_back()
    expect(page.locator("#finder-sort")).to_have_value("relevance")

    box = page.locator("#site-search")
    box.fill("Securite inter")
    page.locator("#site-search-suggestions [role=option]").first.click()
    page.wait_for_url(lambda url: "/search/" not in url)


def test_in_arabic_on_a_telephone_all_is_in_reach(
    world, new_context, site_url, accessibility_faults
):
    page = new_context(viewport={"width": 360, "height": 740}, locale="ar").new_page()
    page.goto(site_url("/ar/search/?q=الأمن&scope=all&year=2015&kind=news", host="fra"))
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator(".result").count() >= 1
    assert page.locator(".result mark").count() >= 1
    page.locator(".finder__jump").click()
    expect(page.locator("#narrow")).to_be_in_viewport()
    page.locator("#more-year summary").click()
    page.fill("#find-year", "2012")
    expect(page.locator("[data-facet] [data-entry]:visible input[name=year]")).to_have_count(2)
    for summary in page.locator("#finder-help summary, #finder-options summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert accessibility_faults(page) == []
    page.fill("#results-query", "الأمن الدو")
    expect(page.locator("#results-query-suggestions [role=option]").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert accessibility_faults(page) == []


def test_what_was_found_is_readable_in_the_dark_and_fits_on_paper(
    world, new_context, site_url, accessibility_faults
):
    page = new_context(color_scheme="dark").new_page()
    page.goto(site_url("/en/search/?q=security&year=2015", host="fra"))
    assert page.locator(".result__title mark").count() >= 1
    assert accessibility_faults(page) == []
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert page.locator(".finder__keep").is_hidden()
    assert page.locator(".result").first.is_visible()


def test_without_a_script_the_same_is_done_with_buttons(world, new_context, site_url):
    page = new_context(java_script_enabled=False, locale="zh-CN").new_page()
    page.goto(site_url("/zh/search/?q=安全", host="fra"))
    page.check("input[name=kind][value=statement]")
    page.locator("#more-year summary").click()
    page.fill("#find-year", "201")
    page.locator("#more-year button").click()
    page.wait_for_url("**kind=statement**")
    assert page.locator(".result").count() == 10
    page.check("input[name=year][value='2015']")
    page.locator(".finder__show button").click()
    page.wait_for_url("**year=2015**")
    assert page.locator("a.chip").count() == 2
    page.fill("#results-query", "国际")
    page.locator(".results__form fieldset button").click()
    page.wait_for_url("**/zh/search/suggestions/**")
    assert page.locator(".result").count() == 8
