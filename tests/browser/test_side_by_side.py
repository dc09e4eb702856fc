"""Two languages of a page side by side in a browser: French to Arabic, Arabic beside Chinese."""

import pytest

from cms.missions.models import StandardPage
from cms.pages.models import Page, PageLanguage

from .demo_world import load_small_world
from .screenshots import sign_in


@pytest.fixture
def world(live_server, django_db_serialized_rollback):
    load_small_world(live_server.thread.port)


def paragraphs(*texts):
    return [
        {"type": "rich_text", "id": f"p{number}", "value": f"<p>{text}</p>"}
        for number, text in enumerate(texts, 1)
    ]


def page_of(code, source, **texts):
    """A draft on a mission's site."""
    page = StandardPage(source_language=source, slug="side-by-side", live=False, **texts)
    home = Page.objects.get(sites_rooted_here__profile__code=code).specific
    home.add_child(instance=page)
    page.save_revision()
    return page


def draft_of(page):
    return Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()


def opened(new_context, locale="fr", **options):
    page = new_context(locale=locale, **options).new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda m: page.faults.append(m.text) if m.type == "error" else None)
    return page


def direction(page, selector):
    return page.locator(selector).first.evaluate("element => getComputedStyle(element).direction")


def test_a_translator_writes_arabic_beside_french_from_the_keyboard(
    world, new_context, site_url, accessibility_faults
):
    water = page_of(
        "fra",
        "fr",
        title_fr="L’eau",
        title_ar="الماء",
        summary_fr="Un droit",
        body_fr=paragraphs("L’eau est un droit.", "Pour tous."),
        body_ar=paragraphs("الماء حق."),
    )
    page = opened(new_context)
    sign_in(page, site_url("", host="fra"), "fra.translator")
    page.goto(site_url(f"/admin/translation/{water.pk}/ar/", host="fra"))
    page.wait_for_selector(".DraftEditor-root")
    assert page.locator("html").get_attribute("dir") == "rtl"  # the translator's own admin
    assert direction(page, ".pieces__source [lang=fr]") == "ltr"
    assert direction(page, ".pieces__field[lang=ar] textarea") == "rtl"

    page.locator("textarea[name=piece-title]").focus()
    page.keyboard.press("Control+Enter")
    page.keyboard.type("حق")
    assert page.locator("textarea[name=piece-summary]").input_value() == "حق"
    page.keyboard.press("Control+Enter")  # past what is translated, to the second paragraph
    page.wait_for_function("document.activeElement.isContentEditable")
    page.keyboard.type("للجميع.")
    # One step back is the first paragraph: the source is never on the way.
    page.keyboard.press("Control+ArrowUp")
    inside = page.evaluate("document.activeElement.closest('[data-piece]').innerText")
    assert "L’eau est un droit." in inside
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    draft = draft_of(water)
    assert draft.summary_ar == "حق"
    assert [block.id for block in draft.body_ar] == ["p1", "p2"]
    assert "للجميع." in draft.body_ar[1].value.source
    assert PageLanguage.objects.get(page=water.pk, language="ar").state == "in_progress"
    assert accessibility_faults(page) == []
    assert page.faults == []


def test_arabic_stands_beside_chinese_and_works_without_javascript(world, new_context, site_url):
    water = page_of(
        "egy",
        "ar",
        title_ar="الماء حق للجميع",
        summary_ar="عن الماء",
        body_ar=paragraphs("الماء حق للجميع."),
    )
    page = opened(new_context, locale="zh", java_script_enabled=False)
    sign_in(page, site_url("", host="egy"), "egy.editor")
    page.goto(site_url(f"/admin/translation/{water.pk}/zh/", host="egy"))
    assert direction(page, ".pieces__source [lang=ar]") == "rtl"
    assert direction(page, ".pieces__field[lang=zh] textarea") == "ltr"
    source = page.locator(".pieces__source").first.bounding_box()
    target = page.locator(".pieces__target").first.bounding_box()
    assert source["x"] > target["x"]  # the editor's admin is Arabic: one reads from the right

    page.fill("textarea[name=piece-title]", "水是人人享有的权利")
    page.click("button[value='copy:summary:']")
    draft = draft_of(water)
    assert draft.title_zh == "水是人人享有的权利"
    assert draft.summary_zh == "عن الماء"
    page.fill("textarea[name=piece-summary]", "关于水")
    page.click("button[value=structure]")
    page.click("button[value=review]")
    draft = draft_of(water)
    assert draft.summary_zh == "关于水"
    assert [block.id for block in draft.body_zh] == ["p1"]
    assert PageLanguage.objects.get(page=water.pk, language="zh").state == "needs_review"

    page.select_option("#pieces-source", "zh")
    page.select_option("#pieces-target", "ar")
    page.click(".pieces-languages button")
    assert page.locator(".pieces__source [lang=zh]").count() >= 2
    assert "/ar/?source=zh" in page.url
