"""Two translators and an editor hold one page open: words of all three stay, a clash is shown."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from cms.access.services import give_role
from cms.missions.models import StandardPage
from cms.pages.models import SiteProfile
from missions_site.demo.accounts import PASSWORD

from .demo_world import load_small_world
from .test_editor import sign_in


@pytest.fixture
def world(live_server, django_db_serialized_rollback):
    load_small_world(live_server.thread.port)
    france = SiteProfile.objects.get(code="fra")
    for language in ("ar", "zh"):
        user = User.objects.create_user(f"fra.translator.{language}", password=PASSWORD)
        give_role(user, "translator", site=france, language=language)


def autosaved(page, address, name, words):
    """Type into a field and wait for the answer of Wagtail's autosave."""

    def is_save(response):
        return response.url == address and response.request.method == "POST"

    with page.expect_response(is_save) as answer:
        page.fill(f"#id_{name}", words)
    return answer.value.json()


def test_two_translators_and_an_editor_lose_nothing(world, new_context, site_url):
    about = StandardPage.objects.get(slug="about", url_path__contains="/fra/")
    address = site_url(f"/admin/pages/{about.pk}/edit/", host="fra")
    faults = []

    def opened(username, language, tab):
        page = new_context(locale=language).new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        sign_in(page, site_url("/admin/login/", host="fra"), username)
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.click(f"#tab-label-language_{tab}")
        return page

    arabic = opened("fra.translator.ar", "ar", "ar")
    chinese = opened("fra.translator.zh", "fr", "zh")
    editor = opened("fra.editor", "fr", "ar")

    # The others' tabs can be read; what is not theirs has no field.
    for name in ("title_zh", "title_fr", "slug"):
        expect(arabic.locator(f"#id_{name}")).to_have_count(0)
    arabic.click("#tab-label-language_fr")
    expect(arabic.locator("#tab-language_fr")).to_contain_text("La Mission")
    arabic.click("#tab-label-language_ar")

    assert autosaved(arabic, address, "title_ar", "نبذة جديدة")["success"]
    assert autosaved(chinese, address, "title_zh", "代表团新简介")["success"]
    assert autosaved(arabic, address, "title_ar", "نبذة جديدة جدا")["success"]
    draft = StandardPage.objects.get(pk=about.pk).get_latest_revision_as_object()
    assert (draft.title_ar, draft.title_zh) == ("نبذة جديدة جدا", "代表团新简介")

    # The editor has opened the page before all this, and writes the Arabic title too.
    assert not autosaved(editor, address, "title_ar", "عن البعثة").get("success")
    editor.click("footer .action-save")
    editor.wait_for_load_state("networkidle")
    editor.click("#tab-label-language_ar")
    clash = editor.locator("[data-conflict='conflict-title_ar']")
    expect(clash).to_contain_text("نبذة جديدة جدا")
    expect(clash).to_contain_text("عن البعثة")
    assert clash.locator(".conflict__words").first.get_attribute("dir") == "rtl"
    clash.locator("input").last.check()  # theirs
    editor.click("footer .action-save")
    editor.wait_for_load_state("networkidle")
    expect(editor.locator("#id_title_ar")).to_have_value("نبذة جديدة جدا")
    draft = StandardPage.objects.get(pk=about.pk).get_latest_revision_as_object()
    assert (draft.title_ar, draft.title_zh) == ("نبذة جديدة جدا", "代表团新简介")
    assert faults == []
