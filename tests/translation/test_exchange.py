"""Pages out as translation files and in again: nothing is overwritten silently."""

import json
import re

import polib
import pytest
from lxml import etree
from wagtail.models import PageLogEntry

from cms.languages import states
from cms.languages.exchange.documents import NothingToExport
from cms.pages.models import Page, SiteProfile
from cms.translation.exchange import incoming
from cms.translation.exchange.incoming import import_file, preview_file
from cms.translation.exchange.outgoing import TooManyPages, export_pages
from cms.translation.exchange.planning import FileRefused, Outcome
from tests.languages.exchange_samples import problems_of
from tests.missions.factories import WATER, site_of

from .exchange_world import (
    HEADING,
    NS,
    TEXT,
    blocks,
    draft_of,
    exported,
    key_of,
    outcomes,
    page_in,
    translated,
)

pytestmark = pytest.mark.django_db

FORMATS = ("xliff", "po")


# --- the round trip ------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(
    ("source", "target"),
    [("fr", "ar"), ("en", "zh"), ("ar", "ru"), ("zh", "es"), ("ru", "en"), ("es", "fr")],
)
def test_a_page_goes_out_and_comes_back_translated(editor, format_, source, target):
    page = page_in(source)
    report = import_file(translated(exported(page, target, format_), target), user=editor)
    assert (report.taken, report.saved, report.reported) == (3, 1, [])
    draft = draft_of(page)
    assert getattr(draft, f"title_{target}") == WATER[target]
    heading, text = getattr(draft, f"body_{target}")
    assert heading.value["text"] == HEADING[target]
    assert str(text.value.source) == TEXT[target]
    assert states.status_of(draft.translations, target) is states.Status.NEEDS_REVIEW
    assert getattr(draft, f"title_{source}") == WATER[source]


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_file_twice_changes_nothing_the_second_time(editor, format_, french):
    data = translated(exported(french, "ar", format_), "ar")
    import_file(data, user=editor)
    revision = Page.objects.get(pk=french.pk).latest_revision_id
    again = import_file(data, user=editor)
    assert (again.taken, again.saved) == (0, 0)
    assert set(outcomes(again).values()) == {Outcome.UNCHANGED}
    assert Page.objects.get(pk=french.pk).latest_revision_id == revision


@pytest.mark.parametrize("format_", FORMATS)
def test_what_was_not_touched_changes_nothing(editor, format_):
    page = page_in("fr", title_ar=WATER["ar"], body_ar=blocks("ar"))
    before = Page.objects.get(pk=page.pk).latest_revision_id
    report = import_file(exported(page, "ar", format_), user=editor)
    assert (report.taken, report.saved, report.reported) == (0, 0, [])
    assert Page.objects.get(pk=page.pk).latest_revision_id == before


def test_the_exported_file_is_valid_and_names_the_page(editor, french):
    made = export_pages([french], source="fr", target="ar", format="xliff")
    assert problems_of(made.content) == []
    assert made.name == "fra-eau-fr-ar.xlf"
    assert f'original="fra/{french.pk}"'.encode() in made.content
    assert b"http://fra.localhost" in made.content


def test_a_reviewed_translation_is_ready(editor, french):
    import_file(translated(exported(french, "es"), "es", state="final"), user=editor)
    draft = draft_of(french)
    assert states.status_of(draft.translations, "es") is None
    assert "es" in draft.translations


def test_a_review_alone_makes_ready_what_waited_for_it(editor, french):
    import_file(translated(exported(french, "zh"), "zh"), user=editor)
    report = import_file(translated(exported(french, "zh"), "zh", state="reviewed"), user=editor)
    assert (report.taken, report.saved) == (0, 1)
    assert states.status_of(draft_of(french).translations, "zh") is None


def test_a_part_of_a_translation_is_in_progress(editor, french):
    data = translated(exported(french, "ru"), "ru", state="final", only=("title",))
    report = import_file(data, user=editor)
    assert (report.taken, report.saved) == (1, 1)
    assert states.status_of(draft_of(french).translations, "ru") is states.Status.IN_PROGRESS


def test_a_set_of_pages_goes_out_as_one_file(editor):
    pages = [page_in("en", slug=f"page-{number}") for number in range(3)]
    other = page_in("fr", slug="autre")
    made = export_pages([*pages, other], source="en", target="ar", format="xliff")
    assert (len(made.pages), [page.pk for page in made.left_out]) == (3, [other.pk])
    report = import_file(translated(made.content, "ar"), user=editor)
    assert (report.taken, report.saved) == (9, 3)
    assert all(draft_of(page).title_ar == WATER["ar"] for page in pages)


def test_only_what_is_open_goes_out_when_asked(editor):
    page = page_in("en", title_ar=WATER["ar"])
    page.save_revision()
    keys = re.findall(rb'<unit id="([^"]+)"', exported(page, "ar", only_open=True))
    assert [key_of(key.decode()) for key in keys] == ["heading", "text"]
    full = page_in("en", slug="full", title_ar=WATER["ar"], body_ar=blocks("ar"))
    with pytest.raises(NothingToExport):
        exported(full, "ar", only_open=True)


def test_too_many_pages_are_refused(editor, monkeypatch):
    monkeypatch.setattr("cms.translation.exchange.outgoing.MAX_PAGES", 1)
    pages = [page_in("en", slug=f"page-{number}") for number in range(2)]
    assert exported(pages[:1], "fr")
    with pytest.raises(TooManyPages):
        exported(pages, "fr")


def test_export_and_import_are_logged(editor, french):
    import_file(translated(exported(french, "ar"), "ar"), user=editor)
    entry = PageLogEntry.objects.get(action="translation.import")
    assert (entry.user, entry.page_id) == (editor, french.pk)
    assert entry.data == {"language": "ar", "taken": 3, "left": 0}


# --- what has moved on ---------------------------------------------------------------------------


@pytest.fixture
def moved_on(editor):
    """(page, file): the source's heading was changed after the file had gone out."""
    page = page_in("fr")
    data = translated(exported(page, "ar"), "ar")
    draft = draft_of(page)
    draft.body_fr = blocks("fr", mark=" potable")
    draft.save_revision(user=editor)
    return page, data


def test_texts_whose_source_has_changed_are_reported_and_the_others_taken(editor, moved_on):
    page, data = moved_on
    report = import_file(data, user=editor)
    assert outcomes(report) == {
        "title": Outcome.TAKEN,
        "heading": Outcome.SOURCE_CHANGED,
        "text": Outcome.TAKEN,
    }
    (line,) = report.reported
    assert (line.unit.source, line.pair.source) == (HEADING["fr"], HEADING["fr"] + " potable")
    (text,) = draft_of(page).body_ar
    assert str(text.value.source) == TEXT["ar"]


def test_a_text_whose_source_has_changed_is_taken_when_asked_for(editor, moved_on):
    page, data = moved_on
    (line,) = preview_file(data, user=editor).reported
    report = import_file(data, user=editor, chosen=[line.token])
    assert (report.taken, report.reported) == (3, [])
    assert draft_of(page).body_ar[0].value["text"] == HEADING["ar"]
    assert states.status_of(draft_of(page).translations, "ar") is states.Status.NEEDS_REVIEW


def test_what_was_asked_for_counts_for_that_state_of_affairs_alone(editor, moved_on):
    page, data = moved_on
    (line,) = preview_file(data, user=editor).reported
    draft = draft_of(page)
    draft.body_fr = blocks("fr", mark=" et sain")
    draft.save_revision(user=editor)
    report = import_file(data, user=editor, chosen=[line.token])
    assert outcomes(report)["heading"] == Outcome.SOURCE_CHANGED
    assert [block.block_type for block in draft_of(page).body_ar] == ["rich_text"]


@pytest.mark.parametrize("format_", FORMATS)
def test_a_translation_that_somebody_changed_meanwhile_is_a_conflict(editor, format_):
    page = page_in("en", title_zh=WATER["zh"], body_zh=blocks("zh"))
    data = translated(exported(page, "zh", format_), "zh", mark="！", state="final")
    draft = draft_of(page)
    draft.title_zh = "水为人人"
    draft.save_revision(user=editor)
    report = import_file(data, user=editor)
    assert outcomes(report) == {
        "title": Outcome.CONFLICT,
        "heading": Outcome.TAKEN,
        "text": Outcome.UNCHANGED,
    }
    assert draft_of(page).title_zh == "水为人人"
    (line,) = report.reported
    import_file(data, user=editor, chosen=[line.token])
    assert draft_of(page).title_zh == WATER["zh"] + "！"


def test_a_translation_made_on_the_site_meanwhile_is_a_conflict(editor, english):
    data = translated(exported(english, "ru"), "ru")
    draft = draft_of(english)
    draft.title_ru = "Вода для всех"
    draft.save_revision(user=editor)
    assert outcomes(import_file(data, user=editor))["title"] == Outcome.CONFLICT
    assert draft_of(english).title_ru == "Вода для всех"


def test_a_file_without_its_digests_overwrites_nothing(editor):
    page = page_in("en", title_fr=WATER["fr"])
    data = translated(exported(page, "fr"), "fr", mark=" !")
    data = re.sub(rb"<mda:metadata>.*?</mda:metadata>", b"", data, flags=re.DOTALL)
    report = import_file(data, user=editor)
    assert outcomes(report) == {
        "title": Outcome.CONFLICT,
        "heading": Outcome.TAKEN,
        "text": Outcome.TAKEN,
    }


def test_what_a_tool_leaves_in_its_first_state_is_taken_only_when_asked_for(editor, english):
    data = translated(exported(english, "es"), "es", state="initial", only=("title",))
    report = import_file(data, user=editor)
    assert (report.saved, outcomes(report)["title"]) == (0, Outcome.UNFINISHED)
    (line,) = report.reported
    import_file(data, user=editor, chosen=[line.token])
    assert draft_of(english).title_es == WATER["es"]
    assert states.status_of(draft_of(english).translations, "es") is states.Status.IN_PROGRESS


def test_a_text_that_has_left_the_page_is_reported(editor, french):
    data = translated(exported(french, "ar"), "ar")
    draft = draft_of(french)
    draft.body_fr = json.dumps(json.loads(blocks("fr"))[1:])
    draft.save_revision(user=editor)
    report = import_file(data, user=editor)
    assert outcomes(report) == {
        "title": Outcome.TAKEN,
        "heading": Outcome.GONE,
        "text": Outcome.TAKEN,
    }


def test_an_outdated_translation_that_is_confirmed_follows_the_source_again(editor):
    page = page_in("fr", title_ar=WATER["ar"], body_ar=blocks("ar"))
    draft = draft_of(page)
    draft.save_revision()
    draft = draft_of(page)
    draft.title_fr = "L’eau, un droit de tous"
    draft.save_revision()
    assert states.stale_parts(draft_of(page).translations, "ar", "fr")
    data = exported(page, "ar")
    assert import_file(data, user=editor).saved == 0  # the outdated text is “initial”
    report = import_file(translated(data, "ar", state="reviewed"), user=editor)
    assert (report.taken, report.saved) == (0, 1)
    assert not states.stale_parts(draft_of(page).translations, "ar", "fr")
    assert import_file(translated(data, "ar", state="reviewed"), user=editor).saved == 0


# --- what is refused whole -----------------------------------------------------------------------


def refused(data, user, **options):
    """The problems of a file that is refused; nothing has changed."""
    before = list(Page.objects.order_by("pk").values_list("pk", "latest_revision"))
    with pytest.raises(FileRefused) as error:
        import_file(data, user=user, **options)
    assert list(Page.objects.order_by("pk").values_list("pk", "latest_revision")) == before
    return error.value.problems


def test_a_translator_brings_their_own_language_and_no_other(arabic, french):
    (problem,) = refused(translated(exported(french, "es"), "es"), arabic)
    assert "Español" in problem.reason
    assert problem.line > 1
    assert import_file(translated(exported(french, "ar"), "ar"), user=arabic).saved == 1


def test_a_strangers_page_is_refused_like_one_that_is_not_there(editor):
    own = page_in("en")
    site_of("SEN")
    stranger = page_in("en", slug="x", parent=SiteProfile.objects.get(code="sen").site.root_page)
    data = translated(exported(stranger, "fr"), "fr")
    (problem,) = refused(data, editor)
    made_up = data.replace(f"sen/{stranger.pk}".encode(), b"sen/987654")
    (other,) = refused(made_up, editor)
    assert problem.reason.replace(str(stranger.pk), "#") == other.reason.replace("987654", "#")
    assert import_file(translated(exported(own, "fr"), "fr"), user=editor).saved == 1


def test_a_file_of_another_site_with_the_same_number_is_refused(editor, english):
    data = translated(exported(english, "fr"), "fr")
    assert refused(data.replace(b'"fra/', b'"sen/'), editor)
    assert refused(data.replace(b'"fra/', b'"../../fra/'), editor)
    assert import_file(data, user=editor).saved == 1


def test_a_file_of_another_page_is_refused_where_one_is_asked_for(editor):
    page, other = page_in("en"), page_in("en", slug="other")
    data = translated(exported(page, "fr"), "fr")
    (problem,) = refused(data, editor, only=other)
    assert "another page" in problem.reason
    assert import_file(data, user=editor, only=page).saved == 1


def test_a_file_from_another_language_is_refused(editor):
    page = page_in("en", title_fr=WATER["fr"], body_fr=blocks("fr"))
    data = translated(exported(page, "fr"), "fr")
    (problem,) = refused(data.replace(b'srcLang="en"', b'srcLang="ru"'), editor)
    assert "English" in problem.reason
    assert refused(data.replace(b'srcLang="en"', b'srcLang="fr"'), editor)
    assert not preview_file(data, user=editor).reported


@pytest.mark.parametrize("format_", FORMATS)
def test_lost_markup_is_refused_with_its_line_and_nothing_is_taken(editor, format_, english):
    data = translated(exported(english, "ar", format_), "ar")
    if format_ == "po":
        file = polib.pofile(data.decode())
        file[-1].msgstr = re.sub(r"<a href.*?>(.*?)</a>", r"\1", file[-1].msgstr)
        broken = str(file)
    else:
        broken = re.sub(r'<pc id="(\d+)">أحرارًا</pc>', "أحرارًا", data.decode())
    assert broken != data.decode()
    (problem,) = refused(broken.encode(), editor)
    assert "un.org" in problem.reason
    assert problem.line > 10
    assert import_file(data, user=editor).taken == 3


def test_markup_that_a_file_brings_along_is_refused(editor, english):
    data = translated(exported(english, "fr"), "fr")
    root = etree.fromstring(data)
    held = root.find(".//x:originalData", NS)
    etree.SubElement(held, f"{{{NS['x']}}}data", id="evil").text = '<a href="javascript:alert(1)">'
    target = root.findall(".//x:target", NS)[-1]
    target.find(".//x:pc", NS).append(
        etree.Element(f"{{{NS['x']}}}pc", id="99", dataRefStart="evil")
    )
    (problem,) = refused(etree.tostring(root), editor)
    assert "javascript" in problem.reason


def test_a_source_that_was_rewritten_in_the_file_brings_no_markup_in(editor, english):
    data = translated(exported(english, "fr"), "fr")
    changed = data.replace(b"https://un.org/", b"https://evil.example/")
    report = import_file(changed, user=editor)
    assert outcomes(report)["text"] == Outcome.SOURCE_CHANGED
    (line,) = report.reported
    assert line.problem
    again = import_file(changed, user=editor, chosen=[line.token])
    assert again.saved == 0
    assert "evil" not in str(draft_of(english).body_fr.raw_data)


def test_a_text_that_is_too_long_is_refused(editor, english):
    data = translated(exported(english, "fr"), "fr", mark="x" * 300, only=("title",))
    (problem,) = refused(data, editor)
    assert "255" in problem.reason
    fits = translated(exported(english, "fr"), "fr", mark="x" * 100, only=("title",))
    assert import_file(fits, user=editor).saved == 1


def test_every_problem_of_a_file_is_told(editor):
    pages = [page_in("en", slug=f"page-{number}") for number in range(2)]
    data = translated(exported(pages, "fr"), "fr", mark="x" * 300, only=("title",))
    assert len(refused(data, editor)) == 2


def test_one_bad_page_keeps_the_others_out(editor):
    pages = [page_in("en", slug=f"page-{number}") for number in range(2)]
    data = translated(exported(pages, "fr"), "fr")
    refused(data.replace(f"fra/{pages[1].pk}".encode(), b"fra/987654"), editor)
    assert draft_of(pages[0]).title_fr == ""
    assert import_file(data, user=editor).saved == 2


def test_a_locked_page_is_refused(editor, english):
    data = translated(exported(english, "fr"), "fr")
    Page.objects.filter(pk=english.pk).update(locked=True)
    (problem,) = refused(data, editor)
    assert "locked" in problem.reason
    Page.objects.filter(pk=english.pk).update(locked=False)
    assert import_file(data, user=editor).saved == 1


# --- while somebody else saves -------------------------------------------------------------------


@pytest.fixture
def meanwhile(monkeypatch, editor):
    """`meanwhile(page, title_zh="…")`: saved by somebody just before the file's own texts are."""
    real = incoming.fill

    def meanwhile(page, **words):
        def fill(*args):
            draft = draft_of(page)
            for name, value in words.items():
                setattr(draft, name, value)
            draft.save_revision(user=editor)
            return real(*args)

        monkeypatch.setattr(incoming, "fill", fill)

    return meanwhile


def test_what_is_saved_in_another_language_at_that_moment_is_kept(editor, meanwhile):
    page = page_in("fr", title_es=WATER["es"])
    data = translated(exported(page, "ar"), "ar")
    meanwhile(page, title_es="El agua, un derecho")
    import_file(data, user=editor)
    draft = draft_of(page)
    assert (draft.title_es, draft.title_ar) == ("El agua, un derecho", WATER["ar"])


def test_the_same_words_saved_at_that_moment_are_not_overwritten(editor, meanwhile):
    page = page_in("fr", title_ar=WATER["ar"], body_ar=blocks("ar"))
    data = translated(exported(page, "ar"), "ar", mark=".")
    meanwhile(page, title_ar="الماء للجميع")
    with pytest.raises(FileRefused, match="Somebody else"):
        import_file(data, user=editor)
    assert HEADING["ar"] + "." not in str(draft_of(page).body_ar.raw_data)
