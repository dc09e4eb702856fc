"""Pages that go out together: the gate, the embargo, who may, and all or nothing."""

import datetime
import shutil
import signal
import sqlite3
import time

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision

from cms.access.services import ensure_secretariat
from cms.languages import codes
from cms.languages.states import Status
from cms.pages.models import Page, SiteProfile
from cms.people.approval import switch_approval
from cms.translation.board.services import assign
from cms.translation.models import ReleaseItem, ReleaseSet
from cms.translation.together.gate import blocked, look
from cms.translation.together.services import (
    NotTogether,
    Refused,
    Taken,
    UnderEmbargo,
    add_pages,
    cancel,
    release_due,
    release_together,
)
from missions_site.runner.chores import house_chores
from tests import own_process
from tests.sites import make_site
from tests.translation.desk import (
    Desk,
    add_page,
    person,
    released,
    text_of,
    unfinished,
    write,
)
from tests.worlds import world

pytestmark = pytest.mark.django_db

SOON = datetime.timedelta(hours=1)
PROGRAM = "tests.translation.release_process"


@world
def fra():
    return make_site("fra", title_fr="Mission de la France")


@world
def publisher(fra):
    return person("claire", ("publisher", fra))


@world
def water(fra):
    """A page in French, Spanish and Russian."""
    return add_page(fra, "fr", title="Eau", es="Agua", ru="Вода")


@world
def peace(fra):
    """A page in French with Spanish; the Russian is still being written."""
    return unfinished(add_page(fra, "fr", title="Paix", es="Paz"), ru="Мир")


@world
def egy():
    return make_site("egy", title_ar="بعثة مصر")


def plan(by, *pages, languages=("fr", "es", "ru"), required=("es", "ru"), at=None):
    """A set of pages."""
    found = add_pages(None, pages, languages=languages, by=by)
    found.required_languages, found.goes_out_at = list(required), at
    found.save()
    return found


def again(release_set):
    return ReleaseSet.objects.get(pk=release_set.pk)


# --- the gate ------------------------------------------------------------------------------------


def test_nothing_goes_out_until_the_required_languages_of_every_page_are_ready(
    publisher, water, peace
):
    found = plan(publisher, water, peace)
    with pytest.raises(NotTogether) as closed:
        release_together(found, user=publisher)
    assert [(line["page"], line["language"]) for line in closed.value.lines] == [(peace.pk, "ru")]
    assert "Русский" in closed.value.lines[0]["reason"]
    assert released(water, peace) == {water.pk: (), peace.pk: ()}
    assert again(found).state == "planned"
    assert again(found).report["blocked"] == closed.value.lines
    write(peace, ru="Мир")
    release_together(found, user=publisher)
    assert released(water, peace) == dict.fromkeys((water.pk, peace.pk), ("fr", "ru", "es"))
    assert again(found).state == "out"
    assert again(found).released_by == publisher


def test_a_language_that_is_not_required_is_left_behind_where_it_is_not_ready(
    publisher, water, peace
):
    found = plan(publisher, water, peace, required=["es"])
    release_together(found, user=publisher)
    assert released(water, peace) == {water.pk: ("fr", "ru", "es"), peace.pk: ("fr", "es")}
    lines = {line["page"]: line["languages"] for line in again(found).report["released"]}
    assert lines == {water.pk: ["fr", "ru", "es"], peace.pk: ["fr", "es"]}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda page: unfinished(page, es="Agua!"), "still being written"),
        (lambda page: write(page, Status.NEEDS_REVIEW, es="Agua!"), "waits for its review"),
        (lambda page: write(page, fr="Eau et air"), "is outdated"),
    ],
)
def test_each_reason_is_named(publisher, water, change, why):
    found = plan(publisher, water, required=["es"])
    assert not blocked(look(found))
    change(water)
    with pytest.raises(NotTogether, match=f"Español.*{why}"):
        release_together(found, user=publisher)


def test_a_missing_language_blocks(publisher, water):
    found = plan(publisher, water, languages=["fr", "zh"], required=["zh"])
    with pytest.raises(NotTogether, match="中文 is missing"):
        release_together(found, user=publisher)
    assert released(water) == {water.pk: ()}


def test_a_page_of_which_nothing_is_ready_blocks(fra, publisher):
    page = unfinished(add_page(fra, "fr"), ar="سلام")
    found = plan(publisher, page, languages=["ar"], required=[])
    with pytest.raises(NotTogether, match="None of its languages"):
        release_together(found, user=publisher)


def test_a_page_may_go_out_in_languages_of_its_own(publisher, water, peace):
    found = plan(publisher, water, peace, required=[])
    found.items.filter(page=water).update(languages=["es"])
    release_together(found, user=publisher)
    assert released(water, peace) == {water.pk: ("es",), peace.pk: ("fr", "es")}


def test_fixed_words_go_out_whatever_was_written_after(publisher, water):
    found = plan(publisher, water, required=["fr"], languages=["fr"])
    revision = Page.objects.get(pk=water.pk).latest_revision
    found.items.update(is_fixed=True, revision=revision)
    write(water, fr="Autre chose")
    release_together(found, user=publisher)
    assert Page.objects.get(pk=water.pk).title_fr == "Eau"
    assert Page.objects.get(pk=water.pk).get_latest_revision_as_object().title_fr == "Autre chose"


def test_the_latest_words_go_out_where_none_are_fixed(publisher, water):
    found = plan(publisher, water, required=["fr"], languages=["fr"])
    write(water, fr="Autre chose")
    release_together(found, user=publisher)
    assert Page.objects.get(pk=water.pk).title_fr == "Autre chose"


def test_fixed_words_that_are_gone_block(publisher, water):
    found = plan(publisher, water, required=["fr"])
    older = Page.objects.get(pk=water.pk).latest_revision
    write(water, fr="Eau pure")
    found.items.update(is_fixed=True, revision=older)
    Revision.objects.filter(pk=older.pk).delete()
    with pytest.raises(NotTogether, match="words that were fixed are gone"):
        release_together(found, user=publisher)


def test_a_deleted_page_blocks_until_it_is_taken_out(publisher, water, peace):
    found = plan(publisher, water, peace, required=["es"])
    Page.objects.get(pk=peace.pk).delete()
    with pytest.raises(NotTogether, match="Paix: This page has been deleted"):
        release_together(found, user=publisher)
    assert "Paix" in text_of(Desk(publisher).get(f"together/{found.pk}/"))
    ReleaseItem.objects.filter(release_set=found, page=None).delete()
    release_together(found, user=publisher)
    assert again(found).state == "out"


def test_a_page_that_has_moved_to_another_site_blocks(egy, publisher, water):
    found = plan(publisher, water, required=["es"])
    Page.objects.get(pk=water.pk).move(Page.objects.get(pk=egy.site.root_page_id), "last-child")
    with pytest.raises(NotTogether, match="another site now"):
        release_together(found, user=publisher)


def test_an_empty_set_does_not_go_out(fra, publisher):
    found = ReleaseSet.objects.create(name="Vide", site=fra, languages=["fr"])
    with pytest.raises(Refused, match="no pages"):
        release_together(found, user=publisher)


def test_a_page_that_fails_takes_all_others_back(publisher, water, peace, monkeypatch):
    from wagtail.signals import page_published

    def fail(instance, **_kwargs):
        if instance.pk == peace.pk:
            raise RuntimeError("in the middle")

    found = plan(publisher, water, peace, required=["es"])
    page_published.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            release_together(found, user=publisher)
    finally:
        page_published.disconnect(fail)
    assert released(water, peace) == {water.pk: (), peace.pk: ()}
    assert again(found).state == "planned"


def test_a_set_goes_out_once(publisher, water):
    found = plan(publisher, water)
    release_together(found, user=publisher)
    with pytest.raises(Taken, match="Out"):
        release_together(found, user=publisher)
    with pytest.raises(Taken):
        cancel(found, by=publisher)


def test_a_cancelled_set_does_not_go_out(publisher, water):
    found = plan(publisher, water, at=timezone.now() - SOON)
    cancel(found, by=publisher)
    assert release_due() == 0
    with pytest.raises(Taken, match="Cancelled"):
        release_together(found, user=publisher)
    assert released(water) == {water.pk: ()}


# --- the moment ----------------------------------------------------------------------------------


def test_nothing_goes_out_before_its_moment_and_the_clock_releases_after(publisher, water):
    moment = timezone.now() + SOON
    found = plan(publisher, water, at=moment)
    with pytest.raises(UnderEmbargo):
        release_together(found, user=publisher)
    assert release_due(moment - datetime.timedelta(seconds=1)) == 0
    assert released(water) == {water.pk: ()}
    assert again(found).state == "planned"
    assert release_due(moment) == 1
    assert released(water) == {water.pk: ("fr", "ru", "es")}
    assert release_due(moment) == 0
    assert again(found).went_out_at == moment
    assert again(found).released_by is None


def test_a_set_that_waits_at_its_moment_is_tried_again_and_told_once(fra, publisher, water, peace):
    amal = person("amal", ("translator", fra, "ru"), language="ru")
    assign(peace, "ru", to=amal, by=amal)
    moment = timezone.now() - SOON
    found = plan(publisher, water, peace, at=moment)
    for _attempt in range(3):
        assert release_due() == 0
    assert again(found).state == "planned"
    assert sorted(letter.to[0] for letter in mail.outbox) == [
        "amal@example.org",
        "claire@example.org",
    ]
    (told,) = [letter for letter in mail.outbox if letter.to == ["claire@example.org"]]
    assert "Paix: Русский is still being written." in told.body
    assert f"http://fra.localhost:8000/admin/translation/together/{found.pk}/" in told.body
    assert ModelLogEntry.objects.filter(action="translation.set_wait").count() == 1
    write(peace, ru="Мир")
    assert release_due() == 1
    assert len(mail.outbox) == 2


def test_whoever_has_left_the_site_is_told_nothing(fra, publisher, peace):
    plan(publisher, peace, at=timezone.now() - SOON)
    publisher.groups.clear()
    release_due()
    assert mail.outbox == []


def test_one_set_that_fails_does_not_keep_the_others(publisher, water, peace):
    from wagtail.signals import page_published

    def fail(instance, **_kwargs):
        if instance.pk == peace.pk:
            raise RuntimeError("a secret of the machine")

    moment = timezone.now() - SOON
    bad = plan(publisher, peace, required=["es"], at=moment)
    good = plan(publisher, water, at=moment)
    page_published.connect(fail)
    try:
        assert release_due() == 1
    finally:
        page_published.disconnect(fail)
    assert (again(bad).state, again(good).state) == ("failed", "out")
    assert "secret" not in str(again(bad).report)
    assert len(mail.outbox) == 1
    assert release_due() == 0
    release_together(again(bad), user=publisher)
    assert again(bad).state == "out"


def test_a_suspended_sites_sets_wait(fra, publisher, water):
    plan(publisher, water, at=timezone.now() - SOON)
    SiteProfile.objects.filter(pk=fra.pk).update(status="suspended")
    assert release_due() == 0
    SiteProfile.objects.filter(pk=fra.pk).update(status="active")
    assert release_due() == 1


def test_the_house_looks_every_minute():
    (chore,) = [chore for chore in house_chores() if chore.run is release_due]
    assert chore.every <= 60


# --- who may -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("mission_administrator", True),
        ("publisher", True),
        ("editor", True),
        ("translator", False),
    ],
)
def test_whoever_publishes_releases(fra, publisher, water, role, may):
    found = plan(publisher, water)
    somebody = person("somebody", (role, fra, *(["es"] if role == "translator" else [])))
    desk = Desk(somebody)
    assert desk.get(f"together/{found.pk}/").status_code == 200
    for path in ("together/add/", *(f"together/{found.pk}/{verb}/" for verb in VERBS)):
        assert desk.get(path).status_code == (200 if may else 404), path
    desk.post(f"together/{found.pk}/release/")
    assert again(found).state == ("out" if may else "planned")
    if not may:
        with pytest.raises(Refused):
            release_together(found, user=somebody)


VERBS = ("edit", "release", "cancel")


def test_where_pages_need_approval_an_editor_releases_no_more(fra, publisher, water):
    editor = person("marie", ("editor", fra))
    found = plan(publisher, water)
    switch_approval(fra, on=True, by=person("jean", ("mission_administrator", fra)))
    with pytest.raises(Refused):
        release_together(found, user=type(editor).objects.get(pk=editor.pk))
    release_together(found, user=publisher)


def test_on_candiweb_the_secretariat_releases():
    site = make_site("candiweb", "candiweb", title_en="CandiWeb")
    ensure_secretariat()
    boss = person("ban", ("secretariat", None))
    desk = person("desk", ("elections_desk", site))
    page = add_page(site, "en", title="Candidates", fr="Candidats")
    with pytest.raises(Refused):
        add_pages(None, [page], languages=["en"], by=desk)
    found = plan(boss, page, languages=["en", "fr"], required=["fr"])
    with pytest.raises(Refused):
        release_together(found, user=desk)
    release_together(found, user=boss)
    assert released(page) == {page.pk: ("en", "fr")}


def test_a_set_of_another_site_answers_like_one_that_nobody_has(egy, publisher):
    stranger = person("omar", ("publisher", egy))
    found = plan(stranger, add_page(egy, "ar"), languages=["ar"], required=["ar"])
    found.name = "سر"
    found.save()
    desk = Desk(publisher)
    assert "سر" not in text_of(desk.get("together/"))
    assert "سر" in text_of(Desk(stranger, "egy.localhost").get("together/"))
    for path in ("", *(f"{verb}/" for verb in VERBS)):
        answers = [desk.get(f"together/{pk}/{path}") for pk in (found.pk, 987654)]
        assert [answer.status_code for answer in answers] == [404, 404]
    desk.post(f"together/{found.pk}/release/")
    assert again(found).state == "planned"


def test_a_set_holds_pages_of_one_site(fra, egy, water):
    both = person("leila", ("publisher", fra), ("publisher", egy))
    foreign = add_page(egy, "ar")
    with pytest.raises(Refused, match="of one site"):
        add_pages(None, [water, foreign], languages=["fr"], by=both)
    found = plan(both, water)
    with pytest.raises(Refused, match="not a page of this site"):
        add_pages(found, [foreign], languages=[], by=both)
    assert found.items.count() == 1


# --- in the admin --------------------------------------------------------------------------------


def form_of(site, *items, **fields):
    """What the editor of a set sends. `items`: {"page": …, "id": …}."""
    data = {
        "name": "Journée de l’eau",
        "site": site.pk,
        "goes_out_at": "",
        "languages": ["fr", "es", "ru"],
        "required_languages": ["es"],
        "items-TOTAL_FORMS": len(items),
        "items-INITIAL_FORMS": sum("id" in item for item in items),
        "items-MIN_NUM_FORMS": 1,
        "items-MAX_NUM_FORMS": 1000,
    }
    for number, item in enumerate(items):
        data |= {f"items-{number}-{name}": value for name, value in item.items()}
        data.setdefault(f"items-{number}-ORDER", number + 1)
    return data | fields


def test_a_set_is_planned_changed_and_released_in_the_admin(fra, publisher, water, peace):
    desk = Desk(publisher)
    assert desk.get("together/add/").status_code == 200
    desk.post(
        "together/add/",
        **form_of(fra, {"page": water.pk}, {"page": peace.pk, "languages": ["fr", "es"]}),
    )
    found = ReleaseSet.objects.get(name="Journée de l’eau")
    assert found.made_by == publisher
    assert {item.title for item in found.items.all()} == {"Eau", "Paix"}
    told = text_of(desk.get(f"together/{found.pk}/"))
    assert "Everything that this set waits for is ready." in told
    first, second = found.items.all()
    changed = desk.post(
        f"together/{found.pk}/edit/",
        **form_of(
            fra,
            {"page": water.pk, "id": first.pk, "is_fixed": "on"},
            {"page": peace.pk, "id": second.pk, "DELETE": "1"},
            name="Eau",
        ),
    )
    assert changed.status_code == 302, changed.context["form"].errors
    found = again(found)
    assert (found.name, [item.page_id for item in found.items.all()]) == ("Eau", [water.pk])
    assert found.items.get().revision == Page.objects.get(pk=water.pk).latest_revision
    desk.post(f"together/{found.pk}/release/")
    assert released(water, peace) == {water.pk: ("fr", "ru", "es"), peace.pk: ()}
    told = text_of(desk.get(f"together/{found.pk}/"))
    assert "A set of pages went out" in told
    assert desk.get(f"together/{found.pk}/edit/").status_code == 404


def test_a_page_of_another_site_is_refused_like_one_that_nobody_has(fra, egy, publisher):
    foreign = add_page(egy, "ar", title="سلام")
    desk = Desk(publisher)
    answers = [
        desk.post("together/add/", **form_of(fra, {"page": pk})) for pk in (foreign.pk, 987654)
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    real, made_up = (answer.context["form"].formsets["items"].errors for answer in answers)
    assert real == made_up
    assert real[0]
    assert not ReleaseSet.objects.exists()


def test_somebody_with_two_sites_mixes_them_in_no_set(fra, egy, water):
    both = person("leila", ("publisher", fra), ("publisher", egy))
    foreign = add_page(egy, "ar", title="سلام")
    answer = Desk(both).post(
        "together/add/", **form_of(fra, {"page": water.pk}, {"page": foreign.pk})
    )
    assert "not a page of this site" in text_of(answer)
    assert not ReleaseSet.objects.exists()


def test_a_site_where_one_does_not_publish_is_not_offered(fra, egy, water):
    both = person("leila", ("publisher", fra), ("translator", egy, "ar"))
    answer = Desk(both).post("together/add/", **form_of(egy, {"page": add_page(egy, "ar").pk}))
    assert answer.context["form"].errors["site"]
    assert not ReleaseSet.objects.exists()


def test_another_sets_pages_can_not_be_taken_over(fra, egy, publisher, water):
    stranger = person("omar", ("publisher", egy))
    theirs = plan(stranger, add_page(egy, "ar"), languages=["ar"], required=["ar"]).items.get()
    mine = plan(publisher, water)
    Desk(publisher).post(
        f"together/{mine.pk}/edit/", **form_of(fra, {"page": water.pk, "id": theirs.pk})
    )
    theirs.refresh_from_db()
    assert theirs.release_set.site == egy


def test_what_can_not_be_waited_for_is_said(fra, publisher, water):
    answer = Desk(publisher).post(
        "together/add/", **form_of(fra, {"page": water.pk}, required_languages=["zh"])
    )
    assert answer.context["form"].errors["required_languages"]


def test_the_board_adds_pages_to_a_set(publisher, water, peace):
    desk = Desk(publisher)
    desk.post(action="set", pages=[water.pk], language="es")
    found = ReleaseSet.objects.get()
    assert found.languages == ["es"]
    desk.post(action="set", pages=[water.pk, peace.pk], release_set=found.pk)
    assert {item.page_id for item in found.items.all()} == {water.pk, peace.pk}


def test_a_translator_sees_what_a_set_waits_for(fra, publisher, peace):
    found = plan(publisher, peace, required=["ru"])
    told = text_of(Desk(person("amal", ("translator", fra, "ru"))).get(f"together/{found.pk}/"))
    assert "Русский is still being written." in told
    assert f"/admin/translation/together/{found.pk}/release/" not in told


@pytest.mark.parametrize("code", codes.CODES)
def test_sets_are_readable_in_every_language(fra, publisher, peace, code):
    found = plan(publisher, peace)
    desk = Desk(person("somebody", ("publisher", fra), language=code))
    for path in ("together/", "together/add/", *(f"together/{found.pk}/{end}" for end in ENDS)):
        answer = desk.get(path)
        assert answer.status_code == 200, path
        assert f'dir="{codes.direction(code)}"' in text_of(answer)


ENDS = ("", "edit/", "release/", "cancel/")


def test_the_number_of_queries_does_not_grow_with_sets_and_pages(fra, publisher, water):
    desk = Desk(publisher)
    found = plan(publisher, water)

    def asked(path):
        desk.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(path).status_code == 200
        return len(captured)

    paths = ("together/", f"together/{found.pk}/")
    few = [asked(path) for path in paths]
    more = [add_page(fra, title=f"Page {number}") for number in range(6)]
    add_pages(found, more, languages=[], by=publisher)
    for _number in range(5):
        plan(publisher, water)
    assert [asked(path) for path in paths] == few


# --- killed in the middle ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A database in a file with the set: written once, each test has a copy."""
    database = own_process.database_in(tmp_path_factory.mktemp("set"))
    process = own_process.start(PROGRAM, "prepare", database=database)
    _told, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return database


@pytest.fixture
def run(prepared, tmp_path):
    """Starts the process that releases, on a database of its own in a file."""
    database, begun = tmp_path / "copy.sqlite3", tmp_path / "begun"
    shutil.copy(prepared, database)

    def start(command, **extra):
        return own_process.start(
            PROGRAM, command, database=database, **{"BEGUN": str(begun)} | extra
        )

    start.database, start.begun = database, begun
    return start


def wait_until_begun(run, process):
    deadline = time.monotonic() + 60
    while not run.begun.exists() and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.02)
    assert run.begun.exists(), process.communicate()


def readable(run):
    """(how many languages of pages readers see, the set's state), as a reader of the file."""
    with sqlite3.connect(run.database, timeout=30) as database:
        (count,) = database.execute(
            "SELECT COUNT(*) FROM pages_pagelanguage JOIN pages_page ON page_id = pages_page.id"
            " WHERE is_released = 1 AND depth > 2"
        ).fetchone()
        (state,) = database.execute("SELECT state FROM translation_releaseset").fetchone()
    return count, state


def test_killed_in_the_middle_nothing_is_out_and_the_next_attempt_releases_all(run):
    process = run("slowly")
    wait_until_begun(run, process)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert readable(run) == (0, "planned")
    finished = run("release")
    told, errors = finished.communicate(timeout=120)
    assert told.strip().splitlines()[-1:] == ["out"], errors
    assert readable(run) == (6, "out")


def test_a_second_runner_finds_the_set_taken(run):
    first = run("slowly", FOR="2")
    wait_until_begun(run, first)
    second = run("release")
    assert second.communicate(timeout=120)[0].strip().splitlines()[-1:] == ["taken"]
    assert first.communicate(timeout=120)[0].strip().splitlines()[-1:] == ["out"]
    assert readable(run) == (6, "out")
