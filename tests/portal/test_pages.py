"""What the portal shows: notices, tiles, sites, the guide, in six languages."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cms.access.tiles import Tile, TileTaken, register_tile, unregister_tile
from cms.portal.home.models import Importance, Notice
from tests.portal.factories import GuidePageFactory, NoticeFactory

CODES = ("ar", "zh", "en", "fr", "ru", "es")


@pytest.fixture
def delegate(person):
    return person("delegate")


@pytest.fixture
def tile():
    tile = Tile(name="test", label="Rooms <b>", description="Book one", url="/rooms/", order=1)
    register_tile(tile)
    yield tile
    unregister_tile("test")


@pytest.mark.parametrize("code", CODES)
def test_the_home_page_speaks_each_language(delegate, home, notice, guide, code):
    html = delegate.get(f"/{code}/").content.decode()
    assert f'<html lang="{code}"' in html
    assert getattr(home, f"title_{code}") in html
    assert getattr(home, f"welcome_{code}").removeprefix("<p>").removesuffix("</p>") in html
    assert getattr(notice, f"text_{code}") in html
    assert f'href="/{code}/guide/"' in html


def test_a_notice_that_lacks_the_language_is_shown_in_another_and_marked(delegate, home):
    NoticeFactory(page=home, text_fr="", text_en="", text_es="", text_zh="", text_ar="")
    html = delegate.get("/fr/").content.decode()
    assert '<span lang="ru" dir="ltr">Здание закрывается в пятницу</span>' in html


def test_notices_are_shown_from_their_first_to_their_last_day_the_urgent_first(home):
    today = timezone.localdate()
    day = timedelta(days=1)
    NoticeFactory(page=home, date=today - day, expires=today, sort_order=1, text_en="last day")
    NoticeFactory(page=home, date=today - day, expires=today - day, text_en="yesterday")
    NoticeFactory(page=home, date=today + day, text_en="tomorrow")
    NoticeFactory(page=home, importance=Importance.URGENT, sort_order=9, text_en="urgent")
    shown = [notice.text_en for notice in home.current_notices(today)]
    assert shown == ["urgent", "last day"]
    assert "tomorrow" in {notice.text_en for notice in home.current_notices(today + day)}


def test_a_notice_needs_words_and_days_in_order(home):
    today = timezone.localdate()
    with pytest.raises(ValidationError, match="one language"):
        Notice(page=home).full_clean(exclude=["page"])
    with pytest.raises(ValidationError, match="before the first"):
        Notice(text_zh="关闭", date=today, expires=today - timedelta(days=1)).full_clean(
            exclude=["page"]
        )
    Notice(text_zh="关闭", date=today, expires=today).full_clean(exclude=["page"])


def test_notices_keep_all_six_languages_through_a_draft_and_its_publication(home, notice):
    home.notices = [notice, Notice(text_ar="إشعار", text_zh="通知")]
    home.save_revision().publish()
    kept = Notice.objects.filter(page_id=home.pk).order_by("sort_order")
    assert len(kept) == 2
    assert [getattr(kept[0], f"text_{code}") for code in CODES] == [
        getattr(notice, f"text_{code}") for code in CODES
    ]
    assert (kept[1].text_ar, kept[1].text_zh, kept[1].text_en or "") == ("إشعار", "通知", "")


def test_a_registered_tile_is_shown_escaped_and_in_order(delegate, home, guide, tile):
    html = delegate.get("/en/").content.decode()
    assert "Rooms &lt;b&gt;" in html
    assert html.index("/rooms/") < html.index('/en/guide/">')


def test_two_tiles_of_one_name_are_refused(tile):
    register_tile(tile)
    with pytest.raises(TileTaken, match="test"):
        register_tile(Tile(name="test", label="Another", url="/other/"))


def test_the_home_page_leads_to_the_readers_own_site_and_to_the_organizations(
    person, home, mission, committee
):
    html = person("editor").get("/fr/").content.decode()
    assert 'href="http://fra.localhost:8000/fr/"' in html
    assert 'href="http://c3.localhost:8000/fr/"' in html
    assert 'href="/admin/"' in html
    assert '<h3 class="card__title"><a href="http://c3.localhost:8000/fr/"' in html
    assert 'lang="en"' in html  # the committee has no French name
    assert 'href="/admin/"' not in person("delegate").get("/fr/").content.decode()


def test_signing_out_is_a_post_and_ends_at_the_sign_in_page(delegate, home):
    assert delegate.get("/_util/logout/").status_code == 405
    html = delegate.get("/en/").content.decode()
    assert '<form method="post" action="/_util/logout/">' in html
    assert delegate.post("/_util/logout/").status_code == 302
    assert delegate.get("/en/")["Location"].startswith("/_util/login/")


@pytest.mark.parametrize("code", CODES)
def test_a_guide_page_lists_the_pages_below_it(delegate, guide, code):
    child = GuidePageFactory(parent=guide, slug="news", title_en="Publish news")
    draft = GuidePageFactory(parent=guide, slug="draft", title_en="Not yet")
    draft.unpublish()
    html = delegate.get(f"/{code}/guide/").content.decode()
    assert getattr(guide, f"title_{code}") in html
    assert f'href="/{code}/guide/news/"' in html
    assert getattr(child, f"summary_{code}") in html
    assert "/guide/draft/" not in html


def test_a_guide_page_without_a_summary_in_the_titles_language_shows_none(delegate, guide):
    GuidePageFactory(parent=guide, slug="news", title_fr="Actualités", summary_fr="")
    html = delegate.get("/fr/guide/").content.decode()
    assert "Actualités" in html
    assert "How the services work" not in html


def test_queries_do_not_grow_with_notices_guides_and_sites(
    delegate, home, guide, django_assert_max_num_queries
):
    delegate.get("/ru/")
    NoticeFactory.create_batch(20, page=home)
    for number in range(20):
        GuidePageFactory(parent=guide, slug=f"guide-{number}")
    with django_assert_max_num_queries(19):
        delegate.get("/ru/")
    with django_assert_max_num_queries(16):
        delegate.get("/ru/guide/")
