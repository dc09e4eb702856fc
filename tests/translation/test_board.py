"""The board: whose pages, which languages, who is on them, what is left; and its export."""

import csv
import io
import re
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageLogEntry

from cms.access.services import ensure_secretariat
from cms.access.writing import writable_languages
from cms.audit.models import AuditEntry
from cms.languages import codes
from cms.languages.states import Status
from cms.pages.models import Page, PageLanguage, SiteKind
from cms.translation.board.selectors import writers
from cms.translation.board.services import Refused, assign
from tests.many_sites import copy_site
from tests.sites import make_site
from tests.translation.desk import (
    LONG_AGO,
    Desk,
    add_many_pages,
    add_page,
    person,
    row,
    text_of,
    unfinished,
    write,
)
from tests.worlds import world

pytestmark = pytest.mark.django_db


@world
def fra():
    return make_site("fra", title_fr="Mission de la France", title_ar="بعثة فرنسا")


@world
def editor(fra):
    return person("marie", ("editor", fra))


@world
def arabist(fra):
    return person("amal", ("translator", fra, "ar"))


@world
def egy():
    return make_site("egy", title_ar="بعثة مصر")


@world
def secretariat():
    ensure_secretariat()
    return person("ban", ("secretariat", None))


def shown(response):
    """Titles of the pages on the board, in their order."""
    return [line.title for line in response.context["rows"]]


def cells(response, title):
    """{code: cell} of a page on the board."""
    (line,) = [line for line in response.context["rows"] if line.title == title]
    return {cell.language.code: cell for cell in line.cells}


# --- what is shown -------------------------------------------------------------------------------


def test_each_language_of_a_page_stands_with_its_state_and_its_words(fra, editor):
    page = add_page(fra, "fr", live=True, title="Paix et sécurité", en="Peace and security")
    unfinished(page, ar="السلام")
    write(page, Status.NEEDS_REVIEW, zh="和平")
    board = Desk(editor).get()
    found = cells(board, "Peace and security")
    assert {code: cell.state for code, cell in found.items()} == {
        "ar": "in_progress",
        "zh": "needs_review",
        "en": "released",
        "fr": "source",
        "ru": "missing",
        "es": "missing",
    }
    assert found["es"].row.words_to_go > 0
    assert found["en"].row.words_to_go == 0
    assert f"/admin/translation/{page.pk}/es/" in text_of(board)


def test_a_draft_that_nobody_has_released_is_named_by_its_source(egy):
    writer = person("amal", ("editor", egy))
    add_page(egy, "ar", title="مسودة")
    assert "مسودة" in shown(Desk(writer, "egy.localhost").get())


def test_what_is_planned_and_withdrawn_is_marked(fra, editor):
    page = add_page(fra, live=True, en="Peace")
    PageLanguage.objects.filter(page=page.pk, language="es").update(release_at=LONG_AGO)
    PageLanguage.objects.filter(page=page.pk, language="en").update(withdrawn_at=LONG_AGO)
    told = text_of(Desk(editor).get())
    assert "Goes out 01/01/2020" in told or "Goes out" in told
    assert "board-mark--withdrawn" in told


def test_only_pages_of_ones_own_sites_stand_on_the_board(fra, egy, editor, secretariat):
    add_page(fra, "fr", title="Paix")
    add_page(egy, "ar", title="سلام")
    assert set(shown(Desk(editor).get())) == {"Mission de la France", "Paix"}
    assert {"Paix", "سلام"} <= set(shown(Desk(secretariat).get()))
    two = person("leila", ("editor", fra), ("editor", egy))
    assert {"Paix", "سلام"} <= set(shown(Desk(two).get()))
    assert set(shown(Desk(two).get(site=egy.pk))) == {"بعثة مصر", "سلام"}


def test_a_forged_site_or_person_tells_nothing(fra, egy, editor):
    two = person("leila", ("editor", fra), ("editor", make_site("ken")))
    stranger = person("omar", ("editor", egy))
    page = add_page(egy, "ar", title="سلام")
    assign(page, "ar", to=stranger, by=stranger)
    for name, real in (("site", egy.pk), ("on_it", stranger.pk)):
        forged = text_of(Desk(two).get("results/", **{name: real}))
        made_up = text_of(Desk(two).get("results/", **{name: 987654}))
        assert same(forged, f"{name}={real}") == same(made_up, f"{name}=987654")
        assert "سلام" not in forged


def same(told, asked):
    """An answer without what was asked and without its token."""
    return re.sub(r'value="\w{64}"', "", told.replace(asked, "#").replace(quote(asked), "#"))


@pytest.mark.parametrize("role", ["editor", "publisher", "mission_administrator", "translator"])
def test_whoever_writes_pages_finds_the_board_in_the_menu(fra, role):
    held = ("ar",) if role == "translator" else ()
    desk = Desk(person("somebody", (role, fra, *held)))
    assert desk.get().status_code == 200
    assert "/admin/translation/" in text_of(desk.client.get("/admin/"))


def test_a_delegate_finds_no_board(fra):
    response = Desk(person("delegate", ("delegate", fra))).get()
    assert response.status_code == 302
    assert "/admin/translation/" not in response.headers["location"].split("?")[0]


@pytest.mark.parametrize("code", codes.CODES)
def test_the_board_is_readable_in_every_language(fra, code):
    add_page(fra, "fr", ar="سلام", zh="和平", ru="Мир")
    told = text_of(Desk(person("somebody", ("editor", fra), language=code)).get())
    assert f'dir="{codes.direction(code)}"' in told
    assert '<bdi lang="ar" dir="rtl">العربية</bdi>' in told


# --- filters, order, totals ----------------------------------------------------------------------


@world
def three(fra):
    """Pages in French: one with Spanish, one with Arabic in work, one alone and long."""
    first = add_page(fra, "fr", title="Un", es="Uno")
    second = unfinished(add_page(fra, "fr", title="Deux"), ar="اثنان")
    third = add_page(fra, "fr", title="Trois mots de plus " * 5)
    return first, second, third


def only(response):
    return {title.split()[0] for title in shown(response)} - {"Mission"}


def test_each_filter_narrows(fra, editor, arabist, three):
    first, second, _third = three
    desk = Desk(editor)
    assert only(desk.get()) == {"Un", "Deux", "Trois"}
    assert only(desk.get(language="es", state="missing")) == {"Deux", "Trois"}
    assert only(desk.get(state="in_progress")) == {"Deux"}
    assert only(desk.get(language="ar", state="in_progress")) == {"Deux"}
    assert only(desk.get(language="es", state="in_progress")) == set()
    assert only(desk.get(q="Deu")) == {"Deux"}
    assert only(desk.get(page_type=second.content_type_id)) == {"Un", "Deux", "Trois"}
    assert only(desk.get(age="30")) == set()
    PageLanguage.objects.filter(page=first.pk, language="ru").update(state_since=LONG_AGO)
    assert only(desk.get(age="30")) == {"Un"}
    assert only(desk.get(age="30", language="es")) == set(), "one language fulfils all of it"
    assign(second, "ar", to=arabist, by=arabist)
    assert only(desk.get(on_it=arabist.pk)) == {"Deux"}
    assert only(Desk(arabist).get(on_it="me")) == {"Deux"}
    assert only(desk.get(on_it="nobody", language="ar")) == {"Un", "Trois"}


def test_nothing_found_says_how_to_find_more(editor, three):
    told = text_of(Desk(editor).get(q="nowhere"))
    assert "No page matches" in told


def test_it_is_sorted_by_words_age_and_title(fra, editor, three):
    first, _second, _third = three
    Page.objects.filter(pk=fra.site.root_page_id).update(draft_title="AAA", title_fr="AAA")
    desk = Desk(editor)
    assert shown(desk.get())[0].startswith("Trois")
    assert shown(desk.get(ordering="words"))[-1].startswith("Trois")
    assert [t.split()[0] for t in shown(desk.get(ordering="title"))] == [
        "AAA",
        "Deux",
        "Trois",
        "Un",
    ]
    PageLanguage.objects.filter(page=first.pk, language="ru").update(state_since=LONG_AGO)
    assert shown(desk.get(ordering="age"))[0] == "Un"


def test_the_totals_count_languages_and_words(fra, editor, three):
    context = Desk(editor).get().context
    totals = {total["language"].code: total for total in context["totals"]}
    assert dict(totals["fr"]["counts"])["source"] == 4
    assert dict(totals["ar"]["counts"])["in_progress"] == 1
    assert dict(totals["es"]["counts"])["missing"] == 3
    rows = PageLanguage.objects.filter(page__path__startswith=fra.site.root_page.path)
    assert context["words"] == sum(rows.values_list("words_to_go", flat=True))
    narrowed = Desk(editor).get(q="Deux").context
    assert dict({t["language"].code: t for t in narrowed["totals"]}["es"]["counts"]) == {
        "missing": 1,
        "source": 0,
        "in_progress": 0,
    }


def test_a_long_board_has_pages(fra, editor):
    add_many_pages(fra, [f"Page {number:02}" for number in range(52)])
    desk = Desk(editor)
    assert len(shown(desk.get())) == 50
    assert len(shown(desk.get(p=2))) == 3


# --- who is on it --------------------------------------------------------------------------------


def test_a_translator_takes_lets_go_and_gives_their_own_language_only(fra, arabist):
    page = add_page(fra)
    other = person("nour", ("translator", fra, "ar"))
    desk = Desk(arabist)
    desk.post(take=f"{page.pk}.ar")
    assert row(page, "ar").translator == arabist
    refused = desk.post(take=f"{page.pk}.es")
    assert row(page, "es").translator is None
    assert "Español" in desk.told(refused)
    desk.post(f"who/{page.pk}/ar/", person=other.pk)
    assert row(page, "ar").translator == other
    assert "already on" in desk.told(desk.post(take=f"{page.pk}.ar"))
    assert row(page, "ar").translator == other
    Desk(other).post(let_go=f"{page.pk}.ar")
    assert row(page, "ar").translator is None


def test_only_buttons_that_work_are_shown(fra, arabist, editor):
    page = add_page(fra)
    assert f'value="{page.pk}.ar"' in text_of(Desk(arabist).get())
    assert f'value="{page.pk}.es"' not in text_of(Desk(arabist).get())
    assert f'value="{page.pk}.es"' in text_of(Desk(editor).get())
    assign(page, "ar", to=editor, by=editor)
    assert f'value="{page.pk}.ar"' not in text_of(Desk(arabist).get()), "somebody else is on it"


def test_an_editor_gives_a_language_to_whoever_writes_it(fra, editor, arabist):
    page = add_page(fra)
    hispanist = person("luis", ("translator", fra, "es"))
    assert assign(page, "ar", to=arabist, by=editor)
    assert not assign(page, "ar", to=arabist, by=editor), "nothing has changed"
    with pytest.raises(Refused, match="does not write"):
        assign(page, "ar", to=hispanist, by=editor)
    assert assign(page, "es", to=hispanist, by=editor)
    assert assign(page, "ar", to=None, by=editor)


def test_people_of_another_site_are_neither_offered_nor_taken(fra, egy, editor, arabist):
    page = add_page(fra)
    stranger = person("omar", ("translator", egy, "ar"))
    desk = Desk(editor)
    offered = text_of(desk.get(f"who/{page.pk}/ar/"))
    assert "Amal" in offered
    assert "Omar" not in offered
    desk.post(f"who/{page.pk}/ar/", person=stranger.pk)
    assert row(page, "ar").translator is None
    with pytest.raises(Refused):
        assign(page, "ar", to=stranger, by=editor)


def test_a_page_of_another_site_answers_like_one_that_nobody_has(fra, egy, editor):
    foreign = add_page(egy, "ar")
    desk = Desk(editor)
    for path in ("who/{}/ar/",):
        real, made_up = (desk.get(path.format(pk)) for pk in (foreign.pk, 987654))
        assert real.status_code == made_up.status_code == 404
    for data in ({"take": "{}.ar"}, {"action": "ready", "language": "ar", "pages": "{}"}):
        answers = [
            desk.post(**{name: value.format(pk) for name, value in data.items()})
            for pk in (foreign.pk, 987654)
        ]
        assert [answer.status_code for answer in answers] == [404, 404]
    assert row(foreign, "ar").translator is None


def test_to_give_leads_to_a_page_that_leads_back(fra, editor):
    page = add_page(fra)
    asked = Desk(editor).post(give=f"{page.pk}.ar", next="/admin/translation/?language=ar")
    there = Desk(editor).client.get(asked.headers["location"])
    assert 'href="/admin/translation/?language=ar"' in text_of(there)


@pytest.mark.parametrize("key", ["", "12", "x.ar", "12.de", "9" * 30 + ".ar"])
def test_a_button_that_names_no_language_answers_404(editor, key):
    assert Desk(editor).post(take=key).status_code == 404


def test_who_is_on_it_is_written_down(fra, editor, arabist):
    page = add_page(fra)
    assign(page, "ar", to=arabist, by=editor)
    entry = PageLogEntry.objects.get(action="translation.assign")
    assert entry.data == {"language": "ar", "to": "amal"}
    assert AuditEntry.objects.filter(action="translation.assign", site=fra, actor=editor).exists()


def test_the_people_who_are_offered_are_those_who_may_write(fra, editor, arabist):
    person("jean", ("mission_administrator", fra))
    person("delegate", ("delegate", fra))
    person("luis", ("translator", fra, "es"))
    home = fra.site.root_page
    for code in codes.CODES:
        offered = set(writers(fra, code))
        assert {name.username for name in offered} >= {"marie", "jean"}
        assert all(code in writable_languages(one, home) for one in offered)
    assert {one.username for one in writers(fra, "ar")} == {"marie", "jean", "amal"}


# --- many pages at once --------------------------------------------------------------------------


def test_many_pages_are_given_at_once_or_not_at_all(fra, editor, arabist):
    pages = [add_page(fra, title=title) for title in ("Un", "Deux")]
    ids = [page.pk for page in pages]
    desk = Desk(editor)
    desk.post(action="assign", pages=ids, language="ar", person=arabist.pk)
    assert {row(page, "ar").translator for page in pages} == {arabist}
    desk.post(action="assign", pages=ids, language="es", person=arabist.pk)
    assert {row(page, "es").translator for page in pages} == {None}
    mixed = desk.post(action="assign", pages=[*ids, 987654], language="ar", person="")
    assert mixed.status_code == 404
    assert {row(page, "ar").translator for page in pages} == {arabist}


def test_many_pages_are_marked_as_ready(fra, editor):
    pages = [unfinished(add_page(fra, title=title), ru="Мир") for title in ("Un", "Deux")]
    desk = Desk(editor)
    desk.post(action="ready", pages=[page.pk for page in pages], language="ru")
    assert {row(page, "ru").state for page in pages} <= {"current", "outdated"}
    assert all(PageLogEntry.objects.filter(page=page, action="translation.ready") for page in pages)


def test_a_translator_marks_no_other_language_as_ready(fra, arabist):
    page = unfinished(add_page(fra), ru="Мир", ar="سلام")
    desk = Desk(arabist)
    desk.post(action="ready", pages=[page.pk], language="ru")
    assert row(page, "ru").state == "in_progress"
    desk.post(action="ready", pages=[page.pk], language="ar")
    assert row(page, "ar").state != "in_progress"


def test_an_action_without_a_page_or_language_says_what_is_missing(fra, editor):
    page = add_page(fra)
    desk = Desk(editor)
    assert "at least one page" in desk.told(desk.post(action="ready", language="ar"))
    assert "Choose a language" in desk.told(desk.post(action="ready", pages=[page.pk]))
    assert desk.post(action="nothing", pages=[page.pk]).status_code == 404


def test_the_way_back_leads_to_no_other_host(fra, editor):
    page = add_page(fra)
    back = Desk(editor).post(take=f"{page.pk}.ar", next="https://example.com/")
    assert back.headers["location"] == "/admin/translation/"
    kept = Desk(editor).post(let_go=f"{page.pk}.ar", next="/admin/translation/?language=ar")
    assert kept.headers["location"] == "/admin/translation/?language=ar"


# --- export --------------------------------------------------------------------------------------


def exported(response):
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_export_holds_what_the_filters_leave(fra, egy, editor, three):
    add_page(egy, "ar", title="سلام")
    response = Desk(editor).get(export="csv", language="ar")
    lines = exported(response)
    assert response.headers["content-disposition"].startswith('attachment; filename="translation-')
    assert {line["Language"] for line in lines} == {"ar"}
    assert {line["Site"] for line in lines} == {"fra"}
    assert "سلام" not in {line["Title"] for line in lines}
    assert {line["Title"]: line["State"] for line in lines}["Deux"] == "In progress"
    assert len(exported(Desk(editor).get(export="csv"))) == 4 * 6


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_no_cell_of_the_export_is_a_formula(fra, editor, title):
    add_page(fra, "fr", title=title)
    cells_ = [cell for line in exported(Desk(editor).get(export="csv")) for cell in line.values()]
    assert not [cell for cell in cells_ if cell[:1] in tuple("=+-@\t\r")]
    assert f"'{title}" in cells_


def test_the_export_speaks_its_readers_language(fra):
    reader = person("claire", ("editor", fra), language="fr")
    headings = list(exported(Desk(reader).get(export="csv"))[0])
    assert len(headings) == 15


# --- cost ----------------------------------------------------------------------------------------


def counted(desk, path="", **query):
    desk.get(path, **query)  # what is remembered between requests is remembered
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(path, **query).status_code == 200
    return len(asked)


def test_the_number_of_queries_does_not_grow_with_pages_and_sites(fra, editor, secretariat):
    desks = [Desk(editor), Desk(secretariat)]
    first = add_page(fra, "fr", title="Page")
    assign(first, "ar", to=editor, by=editor)
    for number in range(4):
        add_page(fra, "fr", title=f"Page {number}")
    egy = make_site("egy", SiteKind.MISSION, page=Page, title_ar="بعثة مصر")
    few = [counted(desk) for desk in desks]
    add_many_pages(fra, [f"Encore {number}" for number in range(195)])
    copy_site(egy, [f"m{number}" for number in range(8)])
    assert [counted(desk) for desk in desks] == few
    assert max(few) <= 45  # most of them for the admin's menu
