"""Two people in the editor of one page: neither loses a word, with autosave or without."""

import re
from pathlib import Path

import pytest
import wagtail.admin
from django.contrib.auth.models import User
from django.test import Client

from cms.access.services import give_role
from cms.missions.models import ContactPage, Office, StandardPage
from cms.pages.form_merging import SHOWN
from tests.missions.factories import bodies, in_six
from tests.worlds import world

from .open_form import OpenForm

pytestmark = pytest.mark.django_db

TITLES = {"ar": "الماء", "zh": "水", "en": "Water", "fr": "L’eau", "ru": "Вода", "es": "El agua"}


@pytest.fixture
def fra(small_world):
    return small_world.places["fra"]


@world
def in_six_languages(small_world):
    """A page and a contact page with an office, published in six languages."""
    home = small_world.places["fra"].home
    page = home.add_child(
        instance=StandardPage(
            slug="water", source_language="fr", **in_six("title", TITLES), **bodies(TITLES)
        )
    )
    contact = ContactPage(slug="contact", source_language="fr", **in_six("title", TITLES))
    contact.offices = [Office(**in_six("name", TITLES), fax="1", sort_order=0)]
    home.add_child(instance=contact)
    for made in (page, contact):
        made.save_revision().publish()
    return page.pk, contact.pk


@pytest.fixture
def page(in_six_languages):
    return StandardPage.objects.get(pk=in_six_languages[0])


@pytest.fixture
def contact(in_six_languages):
    return ContactPage.objects.get(pk=in_six_languages[1])


@pytest.fixture
def opened(fra):
    """Open a page as somebody: opened(page, "translator", "ar")."""

    def open_(page, role, language="", path=None):
        user, _made = User.objects.get_or_create(
            username=f"{role}.{language}", first_name="Mina", last_name=f"of {role} {language}"
        )
        give_role(user, role, site=fra.profile, language=language)
        return OpenForm(Client(), user, page, host=fra.host, path=path)

    return open_


def draft(page):
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def text(value):
    return re.sub(r"<[^>]*>", "", str(value)).strip()


def block(words):
    from wagtail.test.utils.form_data import rich_text

    return rich_text(f"<p>{words}</p>")


# --- what a translator is given to write ---------------------------------------------------------


def test_a_translator_reads_every_language_and_has_fields_for_their_own(page, opened):
    form = opened(page, "translator", "ar")
    assert {name for name in form.names if name.endswith(("_ar", "_fr", "_zh"))} == {
        "title_ar",
        "seo_title_ar",
        "search_description_ar",
        "summary_ar",
        "body_ar",
        "translation_status_ar",
    }
    assert not {"slug", "source_language", "show_in_menus", "go_live_at"} & form.names
    for words in ("L’eau", "水", "Вода", "El agua"):
        assert words in form.html
    assert form.html.count("You can read this language here. Others write it.") == 5
    everything = opened(page, "editor")
    assert {"slug", "title_zh", "title_fr", "source_language"} <= everything.names
    assert "You can read this language here" not in everything.html


@pytest.mark.parametrize(("role", "fields"), [("translator", 1), ("editor", 6)])
def test_where_a_language_stands_is_asked_once(page, opened, role, fields):
    form = opened(page, role, "ar" if role == "translator" else "")
    assert len(re.findall(r'<select[^>]*name="translation_status_', form.html)) == fields


def test_what_a_translators_browser_sends_of_other_languages_changes_nothing(page, opened):
    form = opened(page, "translator", "ar")
    response = form.save_and_leave(title_ar="ماء", title_fr="Vin", slug="vin", source_language="ar")
    assert response.status_code == 302
    now = draft(page)
    assert (now.title_ar, now.title_fr, now.slug) == ("ماء", "L’eau", "water")
    assert now.source_language == "fr"


def test_a_translator_writes_their_column_of_each_office(contact, opened):
    form = opened(contact, "translator", "ru")
    assert (
        form.save_and_leave(**{"offices-0-name_ru": "Бюро", "offices-0-fax": "99"}).status_code
        == 302
    )
    (office,) = draft(contact).offices.all()
    assert (office.name_ru, office.name_ar, office.fax) == ("Бюро", "الماء", "1")


# --- two languages -------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["save", "autosave"])
def test_two_translators_of_two_languages_lose_nothing(page, opened, how):
    arabic, chinese = (opened(page, "translator", code) for code in ("ar", "zh"))
    for number in range(3):
        assert getattr(arabic, how)(title_ar=f"ماء {number}").status_code in (200, 302)
        assert getattr(chinese, how)(title_zh=f"水 {number}").status_code in (200, 302)
        now = draft(page)
        assert (now.title_ar, now.title_zh) == (f"ماء {number}", f"水 {number}")


@pytest.mark.parametrize("how", ["save", "autosave"])
def test_two_editors_with_all_six_languages_open_lose_nothing(page, opened, how):
    one, other = opened(page, "editor"), opened(page, "publisher")
    assert getattr(one, how)(title_ar="أ", **{"body_ar-0-value": block("نص")}).status_code < 400
    assert getattr(other, how)(title_zh="甲", slug="eau").status_code < 400
    assert getattr(one, how)(title_ru="Б").status_code < 400
    now = draft(page)
    assert (now.title_ar, now.title_zh, now.title_ru, now.slug) == ("أ", "甲", "Б", "eau")
    assert text(now.body_ar) == "نص"


def test_words_taken_back_after_an_autosave_are_taken_back(page, opened):
    one, other = opened(page, "editor"), opened(page, "publisher")
    one.autosave(title_en="Wine")
    other.autosave(title_es="Vino")
    assert one.autosave(title_en="Water").json()["success"]
    assert (draft(page).title_en, draft(page).title_es) == ("Water", "Vino")


def test_autosave_goes_on_writing_over_its_own_revision(page, opened):
    one = opened(page, "editor")
    first = one.autosave(title_en="W").json()["revision_id"]
    assert one.autosave(title_en="Wa").json()["revision_id"] == first
    other = opened(page, "publisher")
    other.autosave(title_es="V")
    assert one.autosave(title_en="Wat").json()["revision_id"] != first
    assert (draft(page).title_en, draft(page).title_es) == ("Wat", "V")


def test_different_blocks_of_one_text_are_merged(page, opened):
    now = draft(page)
    now.body_en = [("rich_text", "<p>One</p>"), ("rich_text", "<p>Two</p>")]
    now.save_revision()
    one, other = opened(page, "editor"), opened(page, "publisher")
    assert one.save(**{"body_en-0-value": block("First")}).status_code == 302
    assert other.save_and_leave(**{"body_en-1-value": block("Second")}).status_code == 302
    assert [text(one.value) for one in draft(page).body_en] == ["First", "Second"]


def test_an_office_added_by_one_stays_when_another_saves(contact, opened):
    one, other = opened(contact, "editor"), opened(contact, "publisher")
    now = draft(contact)
    now.offices.add(Office(name_es="Nueva", sort_order=1))
    now.save_revision()
    assert other.save_and_leave(**{"offices-0-fax": "2"}).status_code == 302
    assert one.save_and_leave(**{"offices-0-name_zh": "办公室"}).status_code == 302
    first, second = draft(contact).offices.all()
    assert (first.fax, first.name_zh, second.name_es) == ("2", "办公室", "Nueva")


# --- the same words ------------------------------------------------------------------------------


def conflict_of(response, name):
    html = response.content.decode()
    values = re.findall(rf'name="conflict-{re.escape(name)}" value="([^"]*)"', html)
    return html, values


def test_a_conflict_is_shown_with_both_wordings_and_saves_nothing(page, opened):
    one, other = opened(page, "editor"), opened(page, "publisher")
    one.save_and_leave(title_ar="<b>أولا</b>", title_ru="Раз")
    response = other.save_and_leave(title_ar="ثانيا", title_es="Dos")
    assert response.status_code == 200
    html, values = conflict_of(response, "title_ar")
    assert len(values) == 2
    assert "&lt;b&gt;أولا&lt;/b&gt;" in html
    assert "<b>أولا</b>" not in html
    assert "ثانيا" in html
    assert 'lang="ar" dir="rtl"' in html
    assert "Mina of editor has changed this since you opened the page" in html
    assert (draft(page).title_ar, draft(page).title_es) == ("<b>أولا</b>", "El agua")


@pytest.mark.parametrize(("choice", "words"), [(0, "ثانيا"), (1, "أولا")])
def test_either_wording_can_be_chosen_and_nothing_else_is_lost(page, opened, choice, words):
    one, other = opened(page, "editor"), opened(page, "publisher")
    one.save_and_leave(title_ar="أولا", title_ru="Раз")
    _html, values = conflict_of(other.save(title_ar="ثانيا", title_es="Dos"), "title_ar")
    assert other.save_and_leave(**{"conflict-title_ar": values[choice]}).status_code == 302
    now = draft(page)
    assert (now.title_ar, now.title_ru, now.title_es) == (words, "Раз", "Dos")


def test_a_choice_does_not_count_for_words_that_were_written_after_it(page, opened):
    one, other = opened(page, "editor"), opened(page, "publisher")
    one.save_and_leave(title_ar="أولا")
    _html, values = conflict_of(other.save(title_ar="ثانيا"), "title_ar")
    opened(page, "mission_administrator").save(title_ar="ثالثا")
    response = other.save_and_leave(**{"conflict-title_ar": values[0]})
    assert response.status_code == 200
    assert "ثالثا" in response.content.decode()


def test_a_conflict_in_a_block_is_shown_in_words(page, opened):
    one, other = opened(page, "editor"), opened(page, "publisher")
    one.save_and_leave(**{"body_zh-0-value": block("第一")})
    response = other.save(**{"body_zh-0-value": block("第二")})
    key = f"body_zh#{draft(page).body_zh[0].id}"
    html, values = conflict_of(response, key)
    assert len(values) == 2
    assert "第一" in html
    assert other.save_and_leave(**{f"conflict-{key}": values[1]}).status_code == 302
    assert text(draft(page).body_zh) == "第一"


def test_autosave_waits_for_the_choice(page, opened):
    one, other = opened(page, "editor"), opened(page, "publisher")
    one.autosave(title_fr="Un")
    response = other.autosave(title_fr="Deux", title_es="Dos")
    assert response.status_code == 400
    assert response.json()["error_code"] == "invalid_revision"
    assert draft(page).title_fr == "Un"


def test_the_same_words_from_two_people_are_no_conflict(page, opened):
    one, other = opened(page, "editor"), opened(page, "publisher")
    one.save_and_leave(title_ru="Река")
    assert other.save_and_leave(title_ru="Река").status_code == 302


def test_an_open_editor_is_told_who_else_is_there_and_not_that_it_would_overwrite(page, opened):
    one, other = opened(page, "editor"), opened(page, "publisher")
    one.save_and_leave(title_ru="Река")
    asked = re.search(r"/admin/editing-sessions/ping/[\w/]+", other.html)[0]
    told = other.client.post(
        asked,
        {
            "revision_id": other.data["loaded_revision_id"],
            "revision_created_at": other.data["loaded_revision_created_at"],
        },
        headers={"host": other.host, "accept-language": "en"},
    ).json()
    assert [session["revision_id"] for session in told["other_sessions"]] == [None]
    assert "saved a new version" in told["html"]


# --- older drafts, and forms that say nothing ----------------------------------------------------


def test_an_older_draft_is_brought_back_whole(page, opened):
    first = page.get_latest_revision()
    opened(page, "editor").save(title_ru="Река")
    path = f"/admin/pages/{page.pk}/revisions/{first.pk}/revert/"
    form = opened(page, "editor", path=path)
    assert form.data["title_ru"] == "Вода"
    assert form.save_and_leave().status_code == 302
    assert draft(page).title_ru == "Вода"


@pytest.mark.parametrize("shown", ["", "nonsense", "[1]"])
def test_a_form_that_does_not_say_what_it_showed_is_treated_as_wagtail_does(page, opened, shown):
    one, other = opened(page, "editor"), opened(page, "publisher")
    one.save_and_leave(title_ru="Река")
    other.data[SHOWN] = shown
    assert other.save_and_leave(title_es="Río").status_code == 302


def test_wagtails_script_leaves_out_what_is_named_like_comments_when_it_looks_for_changes():
    script = Path(wagtail.admin.__file__).parent / "static/wagtailadmin/js/core.js"
    assert 't.startsWith("comments-")' in script.read_text(encoding="utf-8")
    assert SHOWN.startswith("comments-")
