"""Every page type as a visitor sees it: accessible, light, whole in three scripts."""

import pytest
from wagtail.models import get_page_models

from cms.languages import codes
from cms.pages.models import Page
from cms.pages.sites import profile_of
from missions_site.demo.accounts import PASSWORD

from .demo_world import load_small_world

LANGUAGES = ("en", "ar", "zh")
NOTICE = ".notice--language"  # "not available in the language you asked for"


@pytest.fixture
def world(live_server, django_db_serialized_rollback):
    load_small_world(live_server.thread.port)


def examples():
    """One live page of each page type that has any, the richest first."""
    found = {}
    for model in get_page_models():
        page = model.objects.live().filter(depth__gte=2).order_by("-numchild", "pk").first()
        if page is not None and type(page) is model and model is not Page:
            found[model.__name__] = page
    return found


def test_axe_finds_nothing_on_any_page_type_in_english_arabic_and_chinese(
    world, new_context, site_url, accessibility_faults
):
    faults, pages = [], examples()
    assert len(pages) >= 18, sorted(pages)
    visitor, delegate = new_context().new_page(), new_context().new_page()
    delegate.goto(site_url("/admin/login/", host="portal"))
    delegate.fill("input[name=username]", "fra.delegate")
    delegate.fill("input[name=password]", PASSWORD)
    delegate.click("main form button[type=submit]")
    for name, page in pages.items():
        reader = delegate if profile_of(page).kind == "portal" else visitor
        for code in LANGUAGES:
            response = reader.goto(page.url_in(code))
            assert response.status == 200, (name, code, response.status)
            assert reader.locator("html").get_attribute("dir") == codes.direction(code)
            faults += [f"{name} {code}: {fault}" for fault in accessibility_faults(reader)]
    assert faults == []


@pytest.mark.parametrize(("left", "right"), [("fr", "ar"), ("ar", "zh"), ("zh", "ar")])
def test_two_languages_stand_side_by_side_and_one_below_the_other_on_a_telephone(
    world, new_context, site_url, accessibility_faults, left, right
):
    address = site_url(f"/{left}/about/", host="fra")
    page = new_context(locale=left, java_script_enabled=False).new_page()
    page.goto(address)
    page.locator(".language-menu__beside a").click()
    page.select_option("select[name=beside]", right)
    page.locator(".parallel-form button").click()
    assert page.url == f"{address}?beside={right}"
    pairs = page.locator(".parallel__pair")
    assert pairs.count() >= 5
    for number in range(pairs.count()):
        sides = pairs.nth(number).locator("> .parallel__side")
        assert [sides.nth(n).get_attribute("lang") for n in (0, 1)] == [left, right]
        first, second = sides.nth(0).bounding_box(), sides.nth(1).bounding_box()
        assert abs(first["y"] - second["y"]) < 1, "level with each other"
        assert (first["x"] < second["x"]) == (codes.direction(left) == "ltr")
    telephone = new_context(viewport={"width": 360, "height": 740}).new_page()
    telephone.goto(page.url)
    sides = telephone.locator(".parallel__pair").nth(1).locator("> .parallel__side")
    assert sides.nth(1).bounding_box()["y"] > sides.nth(0).bounding_box()["y"]
    assert telephone.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert accessibility_faults(telephone) == []


def test_a_missions_home_is_light_and_fits_a_telephone_in_arabic(world, new_context, site_url):
    page = new_context(viewport={"width": 360, "height": 740}, locale="ar").new_page()
    responses = []
    page.on("response", lambda response: responses.append(response))
    page.goto(site_url("/ar/", host="fra"), wait_until="networkidle")
    kinds = [r for r in responses if r.request.resource_type != "image"]
    kinds = [r for r in kinds if "icon" not in r.url]
    assert len(kinds) <= 3, [r.url for r in kinds]
    sizes = [r.request.sizes()["responseBodySize"] for r in kinds]
    # The test server does not compress; production's does (about a fifth of this).
    assert sum(sizes) <= 150_000, sizes
    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert overflow <= 0


def test_a_visitor_without_javascript_reads_changes_language_and_searches(
    world, new_context, site_url
):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(site_url("/en/", host="fra"))
    page.locator("header a[lang=fr]").first.click()
    page.wait_for_url("**/fr/")
    assert page.locator("html").get_attribute("lang") == "fr"
    page.locator("header input[name=q]").first.fill("paix")
    page.locator("header input[name=q]").first.press("Enter")
    page.wait_for_url("**/fr/search/?q=paix*")


def test_a_page_asked_for_in_a_language_it_lacks_says_so_in_the_readers(
    world, new_context, site_url
):
    lacking = next(
        page
        for page in Page.objects.live().filter(depth__gte=4)
        if "ru" not in page.languages and profile_of(page).code == "fra"
    )
    page = new_context(locale="ru").new_page()
    response = page.goto(lacking.url_in("ru"))
    assert response.status == 200
    served = lacking.best_language("ru")
    assert page.locator("html").get_attribute("lang") == "ru"
    assert page.locator("main").get_attribute("lang") == served
    assert page.locator("link[rel=canonical]").get_attribute("href") == lacking.url_in(served)
    assert page.locator(NOTICE).count() == 1


def test_the_portal_sends_a_visitor_to_sign_in_and_back(world, new_context, site_url):
    page = new_context(locale="fr").new_page()
    page.goto(site_url("/fr/", host="portal"))
    assert "/fr/sign-in/" in page.url
    page.fill("input[name=username]", "fra.delegate")
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/fr/")
    assert page.locator("html").get_attribute("data-site-kind") == "portal"
