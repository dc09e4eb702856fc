"""The glossary: filled from what others keep, found in six languages, never refusing."""

import json
from functools import partial
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cms.access.services import ensure_secretariat, give_role
from cms.languages import codes
from cms.languages.fields import column
from cms.languages.names import official_names
from cms.missions.models import Mission
from cms.missions.services import reference_rows
from cms.translation.glossary.after_save import names_to_look_at
from cms.translation.glossary.annotations import marks_on
from cms.translation.glossary.book import How, book, known_names
from cms.translation.glossary.loading import BadTerms, load_glossary, load_states, load_terms
from cms.translation.glossary.naming import (
    missing_official_names,
    naming_of,
    official_name_warnings,
)
from cms.translation.models import Term, TermKind
from missions_site.demo import glossary as demo_glossary
from tests.sites import make_site
from tests.worlds import world

from .side_by_side_world import page_in, somebody

pytestmark = pytest.mark.django_db

RIGHTS = {
    "ar": "حقوق الإنسان",
    "zh": "人权",
    "en": "human rights",
    "fr": "droits de l’homme",
    "ru": "права человека",
    "es": "derechos humanos",
}


def make_states(*wanted):
    """Missions without sites, straight into the table."""
    names = ("code", "iso2", "status", "capital")
    Mission.objects.bulk_create(
        Mission(
            **{name: row[name] for name in names},
            **{
                name: text
                for name, text in row.items()
                if name.startswith(("short_name_", "formal_name_", "title_"))
            },
        )
        for _line, row in reference_rows()
        if not wanted or row["code"] in wanted
    )


SOME = ("FRA", "EGY", "CIV", "MMR", "SWZ", "TUR", "VNM")


@world
def loaded():
    """Some States, and all else, in the database."""
    make_states(*SOME)
    load_glossary()
    demo_glossary.load_sample()
    return book()


@pytest.fixture(scope="module")
def glossary(django_db_setup, django_db_blocker):
    """All of it as it was read once; nothing of it stays in the database."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_states()
        load_glossary()
        demo_glossary.load_sample()
        made = book()
        transaction.set_rollback(True)
    return made


# --- what it is filled with ----------------------------------------------------------------------


def test_all_states_are_known_by_both_names_in_six_languages(glossary):
    states = [entry for entry in glossary.entries if entry.is_state]
    assert len(states) == 195
    for entry in states:
        assert set(entry.name) == set(entry.full_name) == set(codes.CODES)


def test_loading_again_changes_nothing(loaded, django_assert_max_num_queries):
    before = list(Term.objects.values_list("key", "changed_at"))
    with django_assert_max_num_queries(12):
        again = load_glossary()
    assert (again.made, again.changed, again.removed, again.left) == (0, 0, 0, [])
    assert list(Term.objects.values_list("key", "changed_at")) == before


def test_what_was_changed_in_the_admin_outlives_the_next_loading(loaded):
    term = Term.objects.get(key="state:FRA")
    term.aliases_en = "Republic of France"
    term.save()
    Mission.objects.filter(code__in=["FRA", "EGY"]).update(short_name_es="Otro nombre")
    again = load_glossary()
    assert again.left == ["state:FRA"]
    assert again.changed == 1
    term.refresh_from_db()
    assert (term.aliases_en, term.name_es) == ("Republic of France", "Francia")
    assert Term.objects.get(key="state:EGY").name_es == "Otro nombre"


def test_a_state_that_is_renamed_or_removed_is_followed_once_that_is_certain(
    loaded, django_capture_on_commit_callbacks
):
    mission = Mission.objects.get(code="TUR")
    with django_capture_on_commit_callbacks(execute=True):
        mission.short_name_fr = "Un autre nom"
        mission.save()
        assert Term.objects.get(key="state:TUR").name_fr == "Türkiye"
    assert Term.objects.get(key="state:TUR").name_fr == "Un autre nom"
    assert book().find("Un autre nom", "fr")[0].value.entry.key == "state:TUR"
    with django_capture_on_commit_callbacks(execute=True):
        mission.delete()
    assert not Term.objects.filter(key="state:TUR").exists()
    assert Term.objects.filter(kind=TermKind.STATE).count() == len(SOME) - 1


def test_only_the_states_asked_for_are_loaded():
    make_states("FRA", "EGY")
    assert [one.code for one in official_names(["EGY"])] == ["EGY"]
    assert load_states(["EGY"]).made == 1
    assert [term.key for term in Term.objects.all()] == ["state:EGY"]


def test_each_state_with_other_names_exists(glossary):
    known = {entry.key for entry in glossary.entries}
    assert {f"state:{code}" for code in known_names()["states"]} <= known


@pytest.mark.parametrize("language", codes.CODES)
def test_no_official_name_is_among_those_not_to_be_used(glossary, language):
    for entry in glossary.entries:
        for how in (How.NAME, How.FULL_NAME):
            name = entry.official(language, how)
            found = glossary.find(name, language)
            assert not [one for one in found if one.value.how is How.AVOID], name
            if not found or not found[0].value.is_weak:
                assert entry.key in {one.value.entry.key for one in found}, name


@pytest.mark.parametrize("language", codes.CODES)
def test_each_name_not_to_be_used_is_found_and_leads_to_the_official_one(glossary, language):
    for code, told in known_names()["states"].items():
        for name in told.get("avoid", {}).get(language, ()):
            (warning,) = official_name_warnings(name, language, using=glossary)
            assert warning.key == f"state:{code}", name
            assert warning.written == name


def test_the_sample_of_terms_is_small_attributed_and_in_six_languages(loaded):
    terms = Term.objects.filter(kind=TermKind.TERM)
    assert 50 <= len(terms) <= 150
    for term in terms:
        assert "United Nations" in term.attribution
        assert all(getattr(term, column("name", code)) for code in codes.CODES)


def test_the_command_loads_and_says_what_it_did(tmp_path, capsys):
    make_states("FRA")
    file = tmp_path / "terms.json"
    file.write_text(json.dumps({"attribution": "us", "terms": [{"key": "x:1", "name": RIGHTS}]}))
    call_command("load_glossary", terms=str(file))
    assert "15 terms made" in capsys.readouterr().out
    assert Term.objects.get(key="x:1").name_zh == "人权"


@pytest.mark.parametrize(
    "content",
    [
        "no json",
        "[]",
        '{"terms": [{"name": {"en": "x"}}]}',
        '{"terms": [{"key": "state:FRA", "name": {"en": "x"}}]}',
        '{"terms": [{"key": "x:1", "name": {"de": "x"}}]}',
        '{"terms": [{"key": "x:1", "name": {}}]}',
        json.dumps({"terms": [{"key": "x:1", "name": {"en": "x" * 301}}]}),
    ],
)
def test_a_bad_file_of_terms_is_refused_whole(tmp_path, content):
    file = tmp_path / "terms.json"
    file.write_text(content)
    with pytest.raises(CommandError, match=r"terms\.json"):
        call_command("load_glossary", terms=str(file))
    assert not Term.objects.filter(kind=TermKind.TERM).exists()


def test_a_bad_term_keeps_those_before_it_out():
    terms = [{"key": "x:1", "name": RIGHTS}, {"key": "x:2", "name": {"en": "x" * 301}}]
    with pytest.raises(BadTerms, match="Term 2"):
        load_terms({"terms": terms})
    assert not Term.objects.exists()


# --- marks on a source ---------------------------------------------------------------------------

SENTENCES = {
    "ar": "رحبت فرنسا ومصر بقرار مجلس الأمن بشأن حقوق الإنسان.",
    "zh": "法国和埃及欢迎安全理事会关于人权的决议。",
    "en": "France and Egypt welcomed the Security Council’s resolution on human rights.",
    "fr": "La France et l’Égypte saluent le Conseil de sécurité pour les droits de l’homme.",
    "ru": "Франция и Египет приветствовали резолюцию Совета Безопасности по правам человека.",
    "es": "Francia y Egipto acogen la resolución del Consejo de Seguridad sobre derechos humanos.",
}


@pytest.mark.parametrize("source", codes.CODES)
def test_names_and_terms_of_a_source_are_marked_with_the_target_s_own(glossary, source):
    for target in codes.CODES:
        if target == source:
            continue
        marks = marks_on(SENTENCES[source], source, target, using=glossary)
        names = {entry.key: entry.name[target] for entry in glossary.entries}
        keys = ("state:FRA", "state:EGY", "organ:sc", "unbis:1002975")
        assert [mark.official for mark in marks] == [names[key] for key in keys]


def test_a_state_named_in_full_is_offered_in_full(glossary):
    (mark,) = marks_on("the French Republic", "en", "es", using=glossary)
    assert mark.official == "República Francesa"


def test_an_unofficial_name_in_the_source_is_marked_too(glossary):
    (mark,) = marks_on("Ivory Coast", "en", "zh", using=glossary)
    assert mark.official == "科特迪瓦"
    assert "Côte d’Ivoire" in mark.note


def test_marks_cost_one_query_however_long_the_text(loaded, django_assert_num_queries):
    with django_assert_num_queries(1):
        marks_on(SENTENCES["en"] * 200, "en", "ar")


def test_a_change_of_the_glossary_is_seen_at_once(loaded):
    assert marks_on("blue helmets", "en", "fr") == []
    Term.objects.create(name_en="blue helmets", name_fr="Casques bleus")
    assert [mark.official for mark in marks_on("blue helmets", "en", "fr")] == ["Casques bleus"]
    Term.objects.filter(name_en="blue helmets").delete()
    assert marks_on("blue helmets", "en", "fr") == []


# --- names that are not official -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "written", "official"),
    [
        ("en", "The Ivory Coast spoke.", "Ivory Coast", "Côte d’Ivoire"),
        ("en", "with Russia, Turkey", "Russia", "Russian Federation"),
        ("en", "North Korea said", "North Korea", "Democratic People’s Republic of Korea"),
        ("en", "in Cape Verde", "Cape Verde", "Cabo Verde"),
        ("fr", "de la Russie", "Russie", "Fédération de Russie"),
        ("fr", "le Cap-Vert et", "Cap-Vert", "Cabo Verde"),
        ("fr", "selon la Birmanie", "Birmanie", "Myanmar"),
        ("es", "Costa de Marfil", "Costa de Marfil", "Côte d’Ivoire"),
        ("es", "de Corea del Sur", "Corea del Sur", "República de Corea"),
        ("ru", "в Южной Корее", "Южной Корее", "Республика Корея"),
        ("ru", "делегация Белоруссии", "Белоруссии", "Беларусь"),
        ("ar", "وروسيا أيضا", "وروسيا", "الاتحاد الروسي"),
        ("ar", "في ساحل العاج", "ساحل العاج", "كوت ديفوار"),
        ("zh", "韩国代表发言", "韩国", "大韩民国"),
        ("zh", "俄罗斯代表", "俄罗斯", "俄罗斯联邦"),
    ],
)
def test_an_unofficial_name_is_warned_of_with_the_official_one(
    glossary, language, text, written, official
):
    warning = official_name_warnings(text, language, using=glossary)[0]
    assert (warning.written, warning.official) == (written, official)
    assert text[warning.start : warning.end] == written
    assert official in str(warning)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the Russian Federation, the Syrian Arab Republic and the Republic of Korea"),
        ("en", "the Islamic Republic of Iran; Iran (Islamic Republic of)"),
        ("en", "the Czech Republic and the United Republic of Tanzania"),
        ("fr", "la République de Moldova et l’État plurinational de Bolivie"),
        ("es", "la República Bolivariana de Venezuela"),
        ("ru", "Республики Молдова и Объединенной Республики Танзания"),
        ("ar", "وجمهورية إيران الإسلامية والجمهورية العربية السورية"),
        ("zh", "阿拉伯叙利亚共和国和委内瑞拉玻利瓦尔共和国"),
    ],
)
def test_official_names_are_not_warned_of(glossary, language, text):
    assert official_name_warnings(text, language, using=glossary) == []


def test_the_same_name_is_warned_of_once(glossary):
    assert len(official_name_warnings("Burma, Burma and Burma", "en", using=glossary)) == 1


@pytest.mark.parametrize("source", codes.CODES)
def test_a_state_that_the_translation_leaves_out_is_missed(glossary, source):
    for target in codes.CODES:
        if target == source:
            continue
        ask = partial(missing_official_names, SENTENCES[source], source, using=glossary)
        assert ask(SENTENCES[target], target) == []
        assert [warning.key for warning in ask("…", target)] == ["state:FRA", "state:EGY"]
        assert ask(" ", target) == []


def test_a_name_in_full_or_another_right_one_counts(glossary):
    ask = partial(missing_official_names, using=glossary)
    assert ask("France", "en", "la République française", "fr") == []
    assert ask("the United States", "en", "США и Соединенных Штатов", "ru") == []
    assert ask("Mali", "en", "قالت مالي", "ar") == []


def test_of_a_state_named_wrongly_only_that_is_said(glossary):
    told = naming_of([("title", "Côte d’Ivoire", "Costa de Marfil")], "en", "es", using=glossary)
    (warning,) = told["title"]
    assert not warning.is_missing


def test_words_that_are_more_often_something_else_are_left_alone(glossary):
    assert marks_on("M. Maurice Dupont", "fr", "en", using=glossary) == []
    assert missing_official_names("Кроме того. Того", "ru", "…", "fr", using=glossary) == []
    assert marks_on("in the Gulf of Guinea and in New Mexico", "en", "fr", using=glossary) == []


# --- where one meets it --------------------------------------------------------------------------


def secretariat(site):
    ensure_secretariat()
    client = somebody("boss", site)
    give_role(client.person, "secretariat")
    client.force_login(User.objects.get(pk=client.person.pk))
    return client


@world
def fra():
    return make_site("fra", title_fr="Mission de la France")


def test_whoever_writes_pages_reads_the_glossary_and_the_secretariat_changes_it(loaded, fra):
    client = somebody("fra.ar", fra, "translator", "ar")
    shown = client.get("/admin/translation/glossary/?q=ivoire").content.decode()
    assert "Côte d’Ivoire" in shown
    assert "كوت ديفوار" in shown
    assert "/admin/terms/" not in shown
    assert client.get("/admin/terms/").status_code in (302, 403, 404)
    client = secretariat(fra)
    assert "/admin/terms/" in client.get("/admin/translation/glossary/").content.decode()
    assert client.get("/admin/terms/").status_code == 200


def test_a_delegate_finds_no_loaded(glossary, fra):
    client = somebody("fra.delegate", fra, "delegate")
    assert client.get("/admin/translation/glossary/").status_code in (302, 404)


@pytest.mark.parametrize("query", ["франци", "埃及", "مصر", "egypt", "COTE D'IVOIRE"])
def test_the_glossary_is_searched_in_any_language(loaded, fra, query):
    client = somebody("fra.editor", fra)
    found = client.get("/admin/translation/glossary/", {"q": query})
    assert 1 <= found.context["total"] <= 3


def test_the_list_costs_the_same_however_many_terms(loaded, fra):
    client = somebody("fra.editor", fra)
    client.get("/admin/translation/glossary/")
    counts = []
    for query in ("", "france"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/admin/translation/glossary/", {"q": query})
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_secretariat_adds_a_term_in_the_admin(fra):
    client = secretariat(fra)
    data = {"kind": "term", "note": "", "attribution": ""}
    for name in ("name", "full_name", "aliases", "avoid"):
        data |= {column(name, code): "" for code in codes.CODES}
    refused = client.post("/admin/terms/new/", data)
    assert refused.status_code == 200
    assert not Term.objects.exists()
    client.post("/admin/terms/new/", data | {"name_en": "veto", "name_ar": "حق النقض"})
    assert Term.objects.get().name_ar == "حق النقض"


def test_side_by_side_marks_the_source_and_warns_beside_the_translation(loaded, fra):
    page = page_in(fra, "en", title_en="Ivory Coast and France", title_fr="Le Vietnam")
    client = somebody("fra.editor", fra)
    shown = client.get(f"/admin/translation/{page.pk}/fr/").content.decode()
    shown = shown.replace("\u2068", "").replace("\u2069", "")
    assert "/admin/translation/glossary/" in shown
    assert '<mark title="France">France</mark>' in shown
    assert "“Vietnam” is not the official name: “Viet Nam” is." in shown
    assert "“France” is “France” here: it is not in the translation." in shown


def test_after_saving_a_page_the_editor_is_told_and_nothing_is_refused(loaded, fra):
    page = page_in(fra, "en", title_en="Burma and Swaziland", title_fr="La Birmanie")
    found = names_to_look_at(page, frozenset(codes.CODES))
    assert [(one.language, one.written) for one in found] == [
        ("en", "Burma"),
        ("en", "Swaziland"),
        ("fr", "Birmanie"),
    ]
    assert [one.language for one in names_to_look_at(page, frozenset({"fr"}))] == ["fr"]


def test_the_data_files_are_sorted_and_attributed():
    told = Path(demo_glossary.__file__).with_name("DATA.md").read_text(encoding="utf-8")
    assert "terms.json" in told
