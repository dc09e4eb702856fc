"""A first-time editor: from signing in to a news item in two languages, found by search."""

import pytest
from django.contrib.auth.models import User
from wagtail.users.models import UserProfile

from cms.languages import codes
from cms.missions.models import NewsPage
from missions_site.demo.accounts import PASSWORD
from search.indexer import apply_pending
from search.services import engine

from .demo_world import load_small_world


@pytest.fixture
def world(live_server, django_db_serialized_rollback):
    load_small_world(live_server.thread.port)


def sign_in(page, address, username):
    page.goto(address)
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_load_state("networkidle")


def publish(page):
    page.click("footer [data-w-dropdown-target=toggle]")
    page.click("button[name=action-publish]")
    page.wait_for_load_state("networkidle")


def test_an_editor_publishes_news_in_two_languages_and_both_are_found(world, new_context, site_url):
    page = new_context(locale="fr").new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    sign_in(page, site_url("/admin/login/", host="fra"), "fra.editor")
    page.locator("a[href*='/pages/add/missions/newspage/']").first.click()
    page.wait_for_load_state("networkidle")

    tabs = page.locator(".language-tabs__tab")
    assert tabs.count() == len(codes.CODES)
    assert tabs.first.get_attribute("data-state") == "source"
    assert "Français" in tabs.first.inner_text()

    page.fill("#id_title_fr", "Une réunion sur les océans")
    page.click(".language-tabs__tab:has-text('العربية')")
    arabic = page.locator(".language-tab[lang=ar]")
    assert arabic.get_attribute("dir") == "rtl"
    page.fill("#id_title_ar", "اجتماع بشأن المحيطات")
    publish(page)
    news = NewsPage.objects.get(title_fr="Une réunion sur les océans")
    assert news.live
    assert news.languages == ("ar", "fr")
    assert news.source_language == "fr"

    apply_pending(engine())
    for code, words in (("fr", "océans"), ("ar", "المحيطات")):
        page.goto(site_url(f"/{code}/search/?q={words}", host="fra"))
        assert page.locator("main mark").count() >= 1
        titles = page.locator("main h2").all_inner_texts()
        assert {news.title_ar, news.title_fr} & {title.strip() for title in titles}
    assert faults == []


def test_a_page_without_any_title_is_not_saved_and_nothing_typed_is_lost(
    world, new_context, site_url
):
    page = new_context().new_page()
    sign_in(page, site_url("/admin/login/", host="fra"), "fra.editor")
    page.locator("a[href*='/pages/add/missions/newspage/']").first.click()
    page.wait_for_load_state("networkidle")
    page.fill("#id_summary_fr", "Résumé")
    publish(page)
    assert page.locator("#id_summary_fr").input_value() == "Résumé"
    assert page.locator(".error-message, .w-field__errors").count() >= 1
    assert not NewsPage.objects.filter(summary_fr="Résumé").exists()


def test_the_form_works_in_each_language_of_the_admin(world, new_context, site_url):
    profile = UserProfile.get_for_user(User.objects.get(username="fra.editor"))
    news = NewsPage.objects.live().order_by("pk").first()
    page = new_context().new_page()
    sign_in(page, site_url("/admin/login/", host="fra"), "fra.editor")
    for code in codes.CODES:
        profile.preferred_language = codes.get(code).django_code
        profile.save()
        page.goto(site_url(f"/admin/pages/{news.pk}/edit/", host="fra"))
        assert page.locator("html").get_attribute("dir") == codes.direction(code)
        for other in codes.CODES:
            page.click(f"#tab-label-language_{other}")
            assert page.locator(f"#id_title_{other}").is_visible()
        page.click("#tab-label-settings")
        assert page.locator("#id_slug").is_visible()
