"""Two languages of a page side by side: what is shown, written, refused and kept."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from django.utils.html import escape

from cms.audit.models import AuditEntry
from cms.languages import codes
from cms.languages.segments import fill, pairs
from cms.languages.states import State, with_status
from cms.missions.models import StandardPage
from cms.pages.models import PageLanguage
from cms.translation.side_by_side import Mark, source_marks
from tests.sites import make_site
from tests.worlds import world

from .side_by_side_world import HEADING, PARAGRAPH, body, change, draft_of, page_in, somebody

pytestmark = pytest.mark.django_db

OTHERS = [("fr", "ar"), ("ar", "zh"), ("zh", "en"), ("en", "ru"), ("ru", "es"), ("es", "fr")]


@world
def fra():
    return make_site("fra", title_fr="Mission de la France")


@world
def with_spanish(fra):
    """A page in French and Spanish."""
    return page_in(fra, "fr", "es")


@world
def with_arabic(fra):
    return page_in(fra, "fr", "ar")


@pytest.fixture
def editor(fra):
    return somebody("fra.editor", fra)


def url(page, target, source=""):
    return f"/admin/translation/{page.pk}/{target}/" + (f"?source={source}" if source else "")


def soup(response):
    assert response.status_code == 200, response
    return BeautifulSoup(response.content, "html.parser")


def form_of(response):
    """What a browser would send of the form, untouched."""
    form = soup(response).find(id="pieces-form")
    data = {}
    for field in form.find_all(["input", "textarea"]):
        if field.get("name") and field.get("type") != "checkbox":
            data[field["name"]] = field.get("value", field.text.removeprefix("\n").lstrip("\r\n"))
    return data


def rich(text):
    """What Wagtail's editor sends."""
    block = {"key": "k1", "text": text, "type": "unstyled", "depth": 0}
    ranges = {"inlineStyleRanges": [], "entityRanges": [], "data": {}}
    return json.dumps({"blocks": [block | ranges], "entityMap": {}})


def words_in(field):
    """What Wagtail's editor shows of a rich text."""
    return "\n".join(block["text"] for block in json.loads(field["value"])["blocks"])


def send(client, page, target, *, source="", do="save", opened=None, **typed):
    """Open the form (or take one that is open), type, and press a button."""
    data = form_of(opened or client.get(url(page, target, source)))
    data |= {f"piece-{key}": text for key, text in typed.items()} | {"do": do}
    return client.post(url(page, target, source), data)


def state_of(page, code):
    return PageLanguage.objects.get(page=page.pk, language=code).state


# --- what is shown ---------------------------------------------------------------------------


@pytest.mark.parametrize(("source", "target"), OTHERS)
def test_each_side_is_in_its_language_and_direction(fra, editor, source, target):
    page = page_in(fra, source, target)
    shown = soup(editor.get(url(page, target)))
    rows = shown.select("[data-piece]")
    assert len(rows) == 5  # title, heading, paragraph, quotation and who said it
    for row in rows:
        ours, theirs = row.select_one(".pieces__source [lang]"), row.select_one(".pieces__field")
        assert (ours["lang"], ours["dir"]) == (source, codes.direction(source))
        assert (theirs["lang"], theirs["dir"]) == (target, codes.direction(target))
        field = theirs.find(["textarea", "input"])
        assert (field["lang"], field["dir"]) == (target, codes.direction(target))
    assert PARAGRAPH[source] in rows[2].select_one(".pieces__source").text
    assert words_in(rows[2].select_one("input")) == PARAGRAPH[target]
    assert {row["data-state"] for row in rows} == {"done"}


def test_any_two_languages_can_be_chosen(fra, editor):
    page = page_in(fra, "fr", "ar", "zh")
    chosen = editor.get(f"/admin/translation/{page.pk}/", {"source": "ar", "target": "zh"})
    assert chosen.url == url(page, "zh", "ar")
    shown = soup(editor.get(chosen.url))
    assert shown.select_one(".pieces__source [lang]")["lang"] == "ar"
    # The state of a translation is told against the page's own source.
    assert "Français" in shown.select_one(".pieces__standing").text
    assert editor.get(url(page, "xx")).status_code == 404
    same = soup(editor.get(url(page, "fr", "fr")))
    assert same.select_one(".pieces__source [lang]")["lang"] != "fr"


def test_what_is_left_to_do_is_counted(fra, editor):
    page = page_in(fra, "fr", title_es="Nuestra acción")
    standing = soup(editor.get(url(page, "es"))).select_one(".pieces__standing").text
    assert "1 of 5 pieces are translated." in standing
    assert "16 words to go." in standing  # a heading and its repetition, a sentence and its


def test_a_stranger_finds_nothing_and_an_editor_does(fra, editor):
    page = page_in(fra, "fr")
    egy = make_site("egy", title_ar="بعثة مصر")
    stranger = somebody("egy.editor", egy)
    stranger.headers = {"host": "egy.localhost"}
    assert editor.get(url(page, "ar")).status_code == 200
    made_up = stranger.get("/admin/translation/999999/ar/")
    for answer in (
        stranger.get(url(page, "ar")),
        stranger.post(url(page, "ar"), {"seen": "[null,{}]"}),
        stranger.get(f"/admin/translation/{page.pk}/"),
    ):
        assert answer.status_code == made_up.status_code == 404


# --- writing ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("source", "target"), OTHERS)
def test_a_translation_is_written_piece_by_piece_and_stays_in_progress(fra, editor, source, target):
    page = page_in(fra, source)
    answer = send(
        editor,
        page,
        target,
        title=HEADING[target],
        **{
            "body.h1.text": HEADING[target],
            "body.p1": rich(PARAGRAPH[target]),
            "body.q1.text": PARAGRAPH[target],
            "body.q1.attribution": HEADING[target],
        },
    )
    assert answer.status_code == 302
    draft = draft_of(page)
    blocks = getattr(draft, f"body_{target}")
    assert [(block.block_type, block.id) for block in blocks] == [
        ("heading", "h1"),
        ("rich_text", "p1"),
        ("quote", "q1"),
    ]
    assert blocks[0].value["level"] == "2"
    assert PARAGRAPH[target] in blocks[1].value.source
    assert blocks[2].value["source_url"] == "https://www.un.org/"
    assert getattr(draft, f"body_{source}") == getattr(page, f"body_{source}")
    assert state_of(page, target) == State.IN_PROGRESS
    assert state_of(page, source) == State.SOURCE


@pytest.mark.parametrize(
    ("do", "state"),
    [("save", State.IN_PROGRESS), ("review", State.NEEDS_REVIEW), ("ready", State.CURRENT)],
)
def test_the_button_says_where_the_translation_stands(fra, editor, do, state):
    page = page_in(fra, "fr", "ru")
    send(editor, page, "ru", do=do, title="Наша работа")
    assert draft_of(page).title_ru == "Наша работа"
    assert state_of(page, "ru") == state
    shown = soup(editor.get(url(page, "ru"))).select_one(".pieces__standing .pieces-state")
    assert f"pieces-state--{state}" in shown["class"]


def test_what_a_translator_does_is_in_the_log(fra, editor):
    page = page_in(fra, "fr", "ru")
    send(editor, page, "ru", do="review", title="Наша работа")
    entry = AuditEntry.objects.get(action="translation.send_for_review")
    assert (entry.actor_id, entry.site_code) == (editor.person.pk, "fra")


def test_saving_what_nobody_touched_changes_nothing_of_the_words(fra, editor):
    page = page_in(fra, "fr", "zh")
    imported = body("zh")
    imported[1]["value"] = "<p>水<strong>权</strong><br>和 &amp; 生命</p>"  # no editor made this
    page = change(page, body_zh=imported)
    for do in ("ready", "save"):
        assert send(editor, page, "zh", do=do).status_code == 302
    assert draft_of(page).body_zh.get_prep_value() == imported


def test_too_long_a_text_is_refused_and_nothing_typed_is_lost(editor, with_spanish):
    answer = send(
        editor,
        with_spanish,
        "es",
        title="Otra acción",
        **{"body.h1.text": "x" * 201, "body.p1": rich("Otro párrafo")},
    )
    shown = soup(answer)
    assert "x" * 201 in shown.select_one("textarea[name='piece-body.h1.text']").text
    assert shown.select_one("textarea[name=piece-title]").text.strip() == "Otra acción"
    assert words_in(shown.select_one("input[name='piece-body.p1']")) == "Otro párrafo"
    assert "200" in shown.select_one(".pieces__error").text
    assert draft_of(with_spanish).title_es == HEADING["es"]


def test_a_rich_text_that_no_editor_made_is_refused(editor, with_spanish):
    for nonsense in ("<p>raw</p>", "[1]", '{"blocks": "x"}', '{"blocks": [{"text": 1}]}'):
        answer = send(editor, with_spanish, "es", **{"body.p1": nonsense})
        assert answer.status_code == 400
    assert send(editor, with_spanish, "es").status_code == 302
    assert editor.post(url(with_spanish, "es"), {"do": "save"}).status_code == 400


def test_line_breaks_are_kept_where_a_text_has_lines(editor, with_spanish):
    send(editor, with_spanish, "es", **{"title": "Nuestra\r\nacción", "body.q1.text": "Uno\r\ndos"})
    draft = draft_of(with_spanish)
    assert draft.title_es == "Nuestra acción"
    assert draft.body_es[2].value["text"] == "Uno\ndos"


# --- structure -------------------------------------------------------------------------------


def test_the_structure_of_the_source_is_copied_and_what_was_typed_is_saved_with_it(fra, editor):
    page = page_in(fra, "ar")
    answer = send(editor, page, "zh", do="structure", title=HEADING["zh"])
    assert answer.status_code == 302
    draft = draft_of(page)
    assert draft.title_zh == HEADING["zh"]
    assert [block.id for block in draft.body_zh] == ["h1", "p1", "q1"]
    assert draft.body_zh[0].value["text"] == ""
    assert state_of(page, "zh") == State.IN_PROGRESS


def test_one_block_is_copied_with_its_words_and_the_others_wait(fra, editor):
    page = page_in(fra, "en")
    answer = send(editor, page, "fr", do="copy:body:q1", title=HEADING["fr"])
    assert answer.url.endswith("#part-body-q1")
    draft = draft_of(page)
    assert [block.id for block in draft.body_fr] == ["q1"]
    assert draft.body_fr[0].value["text"] == PARAGRAPH["en"]
    assert draft.title_fr == HEADING["fr"]
    send(editor, page, "es", do="copy:title:")
    assert draft_of(page).title_es == HEADING["en"]


def test_copying_never_writes_over_words(editor, with_arabic):
    send(editor, with_arabic, "ar", do="copy:body:p1")
    send(editor, with_arabic, "ar", do="copy:title:")
    send(editor, with_arabic, "ar", do="structure")
    assert draft_of(with_arabic).body_ar.get_prep_value() == with_arabic.body_ar.get_prep_value()


# --- what has changed in the source ----------------------------------------------------------


def outdated(page, code, word="chacun"):
    """The page after its source's paragraph has changed."""
    new = body("fr")
    new[1]["value"] = f"<p>L’eau est un droit de {word}.</p>"
    draft = change(page, body_fr=new)
    assert state_of(page, code) == State.OUTDATED
    return draft


@pytest.mark.parametrize("target", ["ar", "zh", "en", "ru", "es"])
def test_the_piece_whose_source_changed_shows_what_has(fra, editor, target):
    page = page_in(fra, "fr", target)
    outdated(page, target)
    shown = soup(editor.get(url(page, target)))
    rows = {row.find(["textarea", "input"])["name"]: row for row in shown.select("[data-piece]")}
    assert {name for name, row in rows.items() if row["data-state"] == "outdated"} == {
        "piece-body.p1"
    }
    change_shown = rows["piece-body.p1"].select_one(".pieces__change")
    assert [e.text for e in change_shown.find_all(["del", "ins"])] == ["tous", "chacun"]
    assert change_shown.select_one("[lang]")["lang"] == "fr"
    assert "4 of 5 pieces are translated. 6 words to go." in shown.text


def test_what_has_changed_in_an_imported_page_is_known_from_what_readers_see(fra, editor):
    home = fra.site.root_page.specific
    texts = {"title_fr": HEADING["fr"], "title_ru": HEADING["ru"], "body_ru": body("ru")}
    page = StandardPage(source_language="fr", slug="imported", body_fr=body("fr"), **texts)
    home.add_child(instance=page)  # live, without any revision
    outdated(page, "ru")
    shown = soup(editor.get(url(page, "ru"))).select_one(".pieces__change")
    assert [e.text for e in shown.find_all(["del", "ins"])] == ["tous", "chacun"]


def test_a_part_is_marked_as_reviewed_and_the_rest_stays_outdated(editor, with_spanish):
    outdated(with_spanish, "es")
    change(with_spanish, title_fr="Nos actions")
    send(editor, with_spanish, "es", do="reviewed:body:p1")
    states = {
        row.find(["textarea", "input"])["name"]: row["data-state"]
        for row in soup(editor.get(url(with_spanish, "es"))).select("[data-piece]")
    }
    assert states["piece-body.p1"] == "done"
    assert states["piece-title"] == "outdated"
    assert state_of(with_spanish, "es") == State.OUTDATED
    send(editor, with_spanish, "es", do="reviewed")
    assert state_of(with_spanish, "es") == State.CURRENT


def test_what_the_source_no_longer_has_is_shown_until_it_is_reviewed(fra, editor):
    page = page_in(fra, "fr", "ru")
    change(page, body_fr=body("fr", count=2))
    shown = soup(editor.get(url(page, "ru")))
    gone = shown.select_one(".pieces__group--gone")
    assert PARAGRAPH["fr"] in gone.find("del").text
    own = shown.select_one("textarea[name='piece-body.+q1.text']")
    assert own.text.strip() == PARAGRAPH["ru"]  # the translation still has it
    send(editor, page, "ru", do=gone.find("button")["value"])
    assert soup(editor.get(url(page, "ru"))).select_one(".pieces__group--gone") is None


def test_a_changed_image_or_link_is_told_where_no_word_has_changed(fra, editor):
    page = page_in(fra, "fr", "zh")
    new = body("fr")
    new[2]["value"]["source_url"] = "https://www.un.org/fr/"
    change(page, body_fr=new)
    assert "No words have changed" in editor.get(url(page, "zh")).content.decode()
    send(editor, page, "zh", do="copy:body:q1")
    assert draft_of(page).body_zh[2].value["source_url"] == "https://www.un.org/fr/"
    assert draft_of(page).body_zh[2].value["text"] == PARAGRAPH["zh"]


def test_a_changed_block_without_words_is_told_and_can_be_copied(fra, editor):
    symbols = {
        "type": "documents",
        "id": "d1",
        "value": {"items": [{"symbol": "A/1", "title": ""}]},
    }
    page = page_in(fra, "fr", "es", body_fr=[*body("fr"), symbols])
    page = change(page, body_es=[*body("es"), symbols])
    assert state_of(page, "es") == State.CURRENT  # what is stored with ids by now is no change
    newer = {**symbols, "value": {"items": [{"symbol": "A/2", "title": ""}]}}
    change(page, body_fr=[*body("fr"), newer])
    shown = soup(editor.get(url(page, "es")))
    assert shown.select_one("#part-body-d1") is not None
    assert shown.select_one(".pieces__group--gone") is None
    send(editor, page, "es", do="copy:body:d1")
    assert draft_of(page).body_es[3].value["items"][0]["symbol"] == "A/2"
    assert state_of(page, "es") == State.IN_PROGRESS
    assert soup(editor.get(url(page, "es"))).select_one("#part-body-d1") is None


def test_a_review_of_a_machines_words_says_that_somebody_has_read_them(editor, with_spanish):
    draft = draft_of(with_spanish)
    draft.translations = with_status(draft.translations, "es", "needs_review", machine=True)
    draft.save_revision()
    assert "Written by a machine" in editor.get(url(with_spanish, "es")).content.decode()
    send(editor, with_spanish, "es", do="save", title="Acción")
    assert draft_of(with_spanish).translations["es"][
        "machine"
    ]  # a part was changed, not all of it read
    send(editor, with_spanish, "es", do="reviewed")
    assert "machine" not in draft_of(with_spanish).translations["es"]
    assert state_of(with_spanish, "es") == State.CURRENT


# --- two at once -----------------------------------------------------------------------------


def test_two_translators_of_two_languages_lose_nothing(fra):
    page = page_in(fra, "fr")
    arabic = somebody("ar.translator", fra, "translator", "ar")
    chinese = somebody("zh.translator", fra, "translator", "zh")
    opened = {"ar": arabic.get(url(page, "ar")), "zh": chinese.get(url(page, "zh"))}
    typed = {code: {"title": HEADING[code], "body.p1": rich(PARAGRAPH[code])} for code in opened}
    assert send(arabic, page, "ar", opened=opened["ar"], **typed["ar"]).status_code == 302
    assert send(chinese, page, "zh", opened=opened["zh"], **typed["zh"]).status_code == 302
    draft = draft_of(page)
    for code in opened:
        assert getattr(draft, f"title_{code}") == HEADING[code]
        assert PARAGRAPH[code] in getattr(draft, f"body_{code}")[0].value.source


def test_two_writers_of_one_language_keep_their_pieces_and_see_where_both_wrote(
    fra, editor, with_arabic
):
    other = somebody("ar.translator", fra, "translator", "ar")
    opened = editor.get(url(with_arabic, "ar"))
    send(other, with_arabic, "ar", title="عنوانهم", **{"body.h1.text": "عملهم"})
    answer = send(
        editor, with_arabic, "ar", opened=opened, title="عنواننا", **{"body.p1": rich("ماؤنا")}
    )
    shown = soup(answer)
    draft = draft_of(with_arabic)
    assert draft.title_ar == "عنوانهم"  # nobody has decided yet
    assert draft.body_ar[0].value["text"] == "عملهم"  # mine was not touched: theirs stays
    assert "ماؤنا" in draft.body_ar[1].value.source  # theirs was not touched: mine is saved
    clash = shown.select_one(".pieces__clash")
    assert "عنوانهم" in clash.text
    assert "Ar.Translator" in clash.text
    assert shown.select_one("textarea[name=piece-title]").text.strip() == "عنواننا"
    assert state_of(with_arabic, "ar") == State.IN_PROGRESS

    again = form_of(answer) | {"do": "ready"}
    assert editor.post(url(with_arabic, "ar"), again | {"theirs": "title"}).status_code == 302
    assert draft_of(with_arabic).title_ar == "عنوانهم"
    assert state_of(with_arabic, "ar") == State.CURRENT
    assert editor.post(url(with_arabic, "ar"), again).status_code == 302
    assert draft_of(with_arabic).title_ar == "عنواننا"


def test_the_same_words_by_two_people_are_no_conflict(editor, with_spanish):
    opened = editor.get(url(with_spanish, "es"))
    change(with_spanish, title_es="Agua")
    assert send(editor, with_spanish, "es", opened=opened, title="Agua").status_code == 302


def test_words_for_a_piece_that_is_gone_are_shown_and_not_lost(fra, editor):
    page = page_in(fra, "fr")
    opened = editor.get(url(page, "en"))
    change(page, body_fr=body("fr", count=2))
    answer = send(editor, page, "en", opened=opened, title="Action", **{"body.q1.text": "Gone?"})
    assert soup(answer).select_one(".pieces__homeless").text == "Gone?"
    assert draft_of(page).title_en == "Action"


def test_a_translation_of_an_older_source_is_outdated_when_it_is_saved(fra, editor):
    page = page_in(fra, "fr", "ru")
    opened = editor.get(url(page, "ru"))
    outdated(page, "ru")
    send(editor, page, "ru", opened=opened, do="ready", **{"body.p1": rich("Вода для всех.")})
    assert state_of(page, "ru") == State.OUTDATED
    rows = soup(editor.get(url(page, "ru"))).select("[data-state=outdated]")
    assert [e.text for e in rows[0].find_all(["del", "ins"])] == ["tous", "chacun"]


# --- whose language --------------------------------------------------------------------------


def test_a_translator_writes_the_own_language_and_may_read_the_others(fra):
    page = page_in(fra, "fr", "ar", "zh")
    translator = somebody("ar.translator", fra, "translator", "ar")
    opened = translator.get(url(page, "ar"))
    assert soup(opened).find(id="pieces-form") is not None
    shown = soup(translator.get(url(page, "zh")))
    assert shown.find(id="pieces-form") is None
    assert PARAGRAPH["zh"] in shown.select_one(".pieces__target .pieces__text--html").text
    assert translator.post(url(page, "zh"), form_of(opened)).status_code in (302, 403)
    assert translator.post(url(page, "zh"), form_of(opened) | {"piece-title": "水"}).url != url(
        page, "zh"
    )
    assert draft_of(page).title_zh == HEADING["zh"]
    assert send(translator, page, "ar", title="ماء").status_code == 302
    assert draft_of(page).title_ar == "ماء"


def test_a_locked_page_is_read_only_for_others(fra, editor, with_arabic):
    owner = somebody("fra.other", fra)
    with_arabic.locked, with_arabic.locked_by = True, owner.person
    type(with_arabic).objects.filter(pk=with_arabic.pk).update(locked=True, locked_by=owner.person)
    assert soup(editor.get(url(with_arabic, "ar"))).find(id="pieces-form") is None
    assert soup(owner.get(url(with_arabic, "ar"))).find(id="pieces-form") is not None


# --- marks on the source ---------------------------------------------------------------------


@pytest.fixture
def annotator(monkeypatch):
    """Marks every “droit” and says what it is called in Arabic."""
    monkeypatch.setattr(source_marks, "_annotators", [])
    asked = []

    def mark(text, source, target):
        asked.append((source, target))
        return [
            Mark(found.start(), found.end(), "<حق>", "Art. 1")
            for found in re.finditer("droit|de tous", text)
        ]

    source_marks.register_source_annotator(mark)
    source_marks.register_source_annotator(mark)
    return asked


def test_terms_of_the_source_are_marked_and_their_equivalent_is_offered(fra, editor, annotator):
    new = body("fr")
    new[1]["value"] = "<p>L’eau, un <b>droit</b> &lt;de tous&gt;</p><script>alert(1)</script>"
    page = page_in(fra, "fr", "ar", body_fr=new)
    answer = editor.get(url(page, "ar"))
    row = soup(answer).select("[data-piece]")[2]
    assert [mark.text for mark in row.find_all("mark")] == ["droit", "de tous"]
    assert row.select_one("b mark") is not None
    assert row.select_one("button[data-insert]")["data-insert"] == "<حق>"
    assert escape("<حق>") in answer.content.decode()
    assert "alert(1)" not in answer.content.decode()
    assert annotator == [("fr", "ar")]  # once a page


# --- entries and cost ------------------------------------------------------------------------


def test_the_editor_and_the_listing_lead_there(editor, with_arabic):
    edit = soup(editor.get(f"/admin/pages/{with_arabic.pk}/edit/"))
    assert edit.select_one(f"#tab-language_ar a[href='{url(with_arabic, 'ar')}']") is not None
    assert edit.select_one("#tab-language_fr .language-tab__link") is None
    listing = editor.get(f"/admin/pages/{with_arabic.get_parent().pk}/").content.decode()
    assert f"/admin/translation/{with_arabic.pk}/" in listing


def test_the_cost_does_not_grow_with_the_blocks(
    fra, editor, django_assert_max_num_queries, with_arabic
):
    many = [{**block, "id": f"{block['id']}-{n}"} for n in range(20) for block in body("fr")]
    big = page_in(fra, "fr", "ar", slug="big", body_fr=many, body_ar=many)
    editor.get(url(with_arabic, "ar"))
    with django_assert_max_num_queries(60) as small_cost:
        editor.get(url(with_arabic, "ar"))
    with django_assert_max_num_queries(60) as big_cost:
        assert len(soup(editor.get(url(big, "ar"))).select("[data-piece]")) == 81
    assert len(big_cost) == len(small_cost)


def test_the_pieces_are_those_of_files_and_machines(fra):
    page = page_in(fra, "fr")
    fill(page, "fr", "en", {pair.key: pair.source for pair in pairs(page, "fr", "en")})
    assert page.title_en == HEADING["fr"]
