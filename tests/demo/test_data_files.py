"""The demo world's data files: complete, consistent, and free to ship."""

import csv
import datetime
import json
import os
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "missions_site" / "demo" / "data"
TEST_ONLY = Path(os.environ.get("SHARED_DATA", ROOT.parent / "shared" / "data"))
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
GROUP_COUNTS = {"AFR": 54, "APG": 54, "EEG": 23, "GRULAC": 33, "WEOG": 29}
DRAFT_STATES = {
    "tabled",
    "revised",
    "adopted_without_vote",
    "adopted_by_vote",
    "withdrawn",
    "not_adopted",
}
BLOCKS = {
    "rich_text": None,
    "heading": {"text", "level"},
    "quote": {"text", "attribution", "role", "source_url"},
    "accordion": {"items"},
    "statistics": {"items"},
    "timeline": {"items"},
    "documents": {"items"},
    "call_to_action": {"title", "text", "button", "page", "url"},
}
ARABIC = re.compile(r"[\u0600-\u06ff]")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
HAN = re.compile(r"[\u4e00-\u9fff]")
SCRIPTS = {"ar": ARABIC, "ru": CYRILLIC, "zh": HAN}


#: Reference data that a room ships itself, since an installation without the demo needs it too.
STATES = ROOT / "cms" / "missions" / "data" / "states.json"


def load(name):
    path = STATES if name == STATES.name else DATA / name
    return json.loads(path.read_text(encoding="utf-8"))


def documents():
    with (DATA / "documents.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def missions():
    return [load(f"missions/{path.name}") for path in sorted((DATA / "missions").glob("*.json"))]


def language_maps(value, path=""):
    """Yield (path, map) for every object whose keys are all language codes."""
    if isinstance(value, dict):
        if value and set(value) <= set(LANGUAGES):
            yield path, value
        for key, child in value.items():
            yield from language_maps(child, f"{path}.{key}")
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from language_maps(child, f"{path}[{index}]")


def bodies(value, path=""):
    """Yield (path, {language: blocks}) for every body in a file."""
    for where, mapping in language_maps(value, path):
        if where.rpartition(".")[2] == "body":
            yield where, mapping


def every_json():
    return [str(path.relative_to(DATA)) for path in sorted(DATA.rglob("*.json"))]


def english_titles():
    """Give every English title that we ship, lower case, with where it stands."""
    titles = {row["title_en"].lower(): row["symbol"] for row in documents()}
    for session in load("committee_sessions.json"):
        for draft in session["drafts"]:
            titles[draft["title"]["en"].lower()] = draft["symbol"] or "draft"
    return titles


# States and groups


def test_there_are_193_members_and_two_observers_each_named_in_six_languages():
    states = load("states.json")
    assert Counter(state["status"] for state in states) == {"member": 193, "observer": 2}
    assert len({state["code"] for state in states}) == 195
    assert len({state["iso2"] for state in states}) == 195
    for state in states:
        for field in ("short", "formal", "of", "mission_title"):
            assert tuple(state[field]) == LANGUAGES, (state["code"], field)
            assert all(text == text.strip() != "" for text in state[field].values())


def test_no_two_states_share_a_name_or_a_mission_title_in_any_language():
    states = load("states.json")
    for field in ("short", "mission_title"):
        for language in LANGUAGES:
            names = Counter(state[field][language] for state in states)
            assert [name for name, count in names.items() if count > 1] == []


def test_each_name_is_written_in_the_script_of_its_language():
    for state in load("states.json"):
        for field in ("short", "formal", "of", "mission_title"):
            for language, text in state[field].items():
                for script, letters in SCRIPTS.items():
                    assert bool(letters.search(text)) == (script == language), text


@pytest.mark.parametrize(
    ("code", "language", "title"),
    [
        ("FRA", "fr", "Mission permanente de la France auprès de l’Organisation des Nations Unies"),
        ("SEN", "fr", "Mission permanente du Sénégal auprès de l’Organisation des Nations Unies"),
        ("HTI", "fr", "Mission permanente d’Haïti auprès de l’Organisation des Nations Unies"),
        ("ESP", "es", "Misión Permanente de España ante las Naciones Unidas"),
        ("PER", "es", "Misión Permanente del Perú ante las Naciones Unidas"),
        (
            "FRA",
            "ru",
            "Постоянное представительство Франции при Организации Объединенных Наций",
        ),
        ("FRA", "ar", "البعثة الدائمة لفرنسا لدى الأمم المتحدة"),
        ("JOR", "ar", "البعثة الدائمة للأردن لدى الأمم المتحدة"),
        ("FRA", "zh", "法国常驻联合国代表团"),
        ("NER", "en", "Permanent Mission of the Niger to the United Nations"),
        ("VAT", "en", "Permanent Observer Mission of the Holy See to the United Nations"),
    ],
)
def test_the_mission_title_keeps_the_grammar_of_its_language(code, language, title):
    state = next(state for state in load("states.json") if state["code"] == code)
    assert state["mission_title"][language] == title


def test_admission_dates_parse_and_lie_between_the_first_day_and_the_last_admission():
    for state in load("states.json"):
        if state["status"] == "observer":
            assert state["admitted"] is None
            continue
        admitted = datetime.date.fromisoformat(state["admitted"])
        assert datetime.date(1945, 10, 24) <= admitted <= datetime.date(2011, 7, 14)
    original = [s for s in load("states.json") if (s["admitted"] or "9") < "1946"]
    assert len(original) == 49  # 51 founders, less Czechoslovakia and Yugoslavia


def test_the_regional_groups_have_their_known_sizes_and_cover_every_member_once():
    states = {state["code"]: state for state in load("states.json")}
    groups = load("regional_groups.json")
    assert {group["code"]: len(group["elects_as"]) for group in groups} == GROUP_COUNTS
    for group in groups:
        assert tuple(group["name"]) == tuple(group["abbreviation"]) == LANGUAGES
        for code in group["elects_as"]:
            assert states[code]["regional_group"] == group["code"]
    placed = {state["code"]: state["regional_group"] for state in states.values()}
    assert [placed[code] for code in ("ISR", "TUR", "USA", "KIR", "CYP")] == [
        "WEOG",
        "WEOG",
        "WEOG",
        "APG",
        "APG",
    ]
    assert placed["PSE"] == placed["VAT"] == ""


# Committees


def test_the_six_committees_are_complete_and_say_what_was_verified():
    committees = load("committees.json")
    assert [c["code"] for c in committees] == ["c1", "c2", "c3", "c4", "c5", "c6"]
    for committee in committees:
        for field in ("name", "short_name", "mandate"):
            assert tuple(committee[field]) == LANGUAGES
        assert set(committee["verification"]) == set(LANGUAGES)
        assert committee["verification"]["ru"] == "unverified"
        assert committee["series"] == f"A/C.{committee['ordinal']}"


def test_each_committee_has_a_current_session_and_an_older_one():
    sessions = load("committee_sessions.json")
    assert len(sessions) == 12
    for code in ("c1", "c2", "c3", "c4", "c5", "c6"):
        of_one = {s["session"]: s["current"] for s in sessions if s["committee"] == code}
        assert of_one == {78: True, 77: False}


def test_records_of_a_session_point_to_items_and_states_that_exist():
    codes = {state["code"] for state in load("states.json")}
    for session in load("committee_sessions.json"):
        keys = [item["key"] for item in session["agenda"]]
        assert len(keys) == len(set(keys))
        assert all(item["parent"] in {None, *keys} for item in session["agenda"])
        assert {officer["state"] for officer in session["bureau"]} <= codes
        assert sum(officer["role"] == "chair" for officer in session["bureau"]) <= 1
        for meeting in session["programme"]:
            assert session["opens"] <= meeting["date"] <= session["closes"]
            assert set(meeting["items"]) <= set(keys)
        for draft in session["drafts"]:
            assert draft["item"] in keys
            assert draft["state"] in DRAFT_STATES
            assert set(draft["sponsors"]) <= codes
            assert draft["sponsors"]
            assert tuple(draft["title"]) == LANGUAGES


def test_a_fact_that_is_missing_is_marked_as_not_verified():
    for session in load("committee_sessions.json"):
        for item in session["agenda"]:
            assert item["number"] or "number" in item["unverified"]
        for draft in session["drafts"]:
            assert draft["symbol"] or "symbol" in draft["unverified"]
            if draft["vote"]:
                assert draft["state"] == "adopted_by_vote"
                assert len(draft["vote"]) == 3


def test_the_drafts_show_every_state_and_the_third_committee_has_twenty():
    sessions = load("committee_sessions.json")
    assert {draft["state"] for s in sessions for draft in s["drafts"]} == DRAFT_STATES
    third = next(s for s in sessions if s["committee"] == "c3" and s["current"])
    assert len(third["drafts"]) >= 20


# Elections


def test_seats_of_a_held_election_are_as_many_as_those_elected():
    for election in load("elections.json")["elections"]:
        for index, seat in enumerate(election["seats"]):
            of_seat = [c for c in election["candidatures"] if c["seat"] == index]
            elected = [c for c in of_seat if c["status"] == "elected"]
            if election["status"] == "held":
                assert len(elected) == seat["seats"], election["slug"]
            else:
                assert not elected
                assert election["illustrative"]
                assert election["note"]


def test_the_seats_of_each_regular_election_sum_to_what_the_body_elects_at_a_time():
    sums = {"SC": {5}, "ECOSOC": {18}, "HRC": {14, 15, 18}, "ICJ": {5}, "ILC": {34}}
    for election in load("elections.json")["elections"]:
        if not election["by_election"]:
            seats = sum(seat["seats"] for seat in election["seats"])
            assert seats in sums[election["body"]], election["slug"]


def test_the_seats_of_a_body_sum_to_its_membership():
    for body in load("elections.json")["bodies"]:
        assert tuple(body["name"]) == tuple(body["about"]) == LANGUAGES
        if body["composition"]:
            permanent = 5 if body["code"] == "SC" else 0
            seats = sum(part["seats"] for part in body["composition"])
            assert seats + permanent == body["members"]


def test_candidates_belong_to_the_groups_of_their_seat_and_sources_are_named():
    states = {state["code"]: state for state in load("states.json")}
    elections = load("elections.json")["elections"]
    assert len({election["slug"] for election in elections}) == len(elections)
    for election in elections:
        for candidature in election["candidatures"]:
            groups = election["seats"][candidature["seat"]]["groups"]
            assert not groups or states[candidature["state"]]["regional_group"] in groups
        if election["status"] == "held":
            assert election["sources"], election["slug"]
            assert not any(c["illustrative"] for c in election["candidatures"])
        else:
            for candidature in election["candidatures"]:
                assert candidature["note_verbale"]["reference"].startswith("NV/DEMO/")


def test_the_winner_of_a_round_has_the_required_majority_where_both_were_seen():
    checked = 0
    for election in load("elections.json")["elections"]:
        for round_ in election["rounds"]:
            for result in round_["results"]:
                if result["elected"] and result["votes"] and round_["required_majority"]:
                    assert result["votes"] >= round_["required_majority"]
                    checked += 1
    assert checked > 20


# Documents and texts


def test_there_are_over_twelve_hundred_documents_and_no_symbol_twice():
    rows = documents()
    assert len(rows) >= 1200
    assert [s for s, n in Counter(row["symbol"] for row in rows).items() if n > 1] == []
    subjects = {subject["code"] for subject in load("document_subjects.json")}
    for row in rows:
        assert re.fullmatch(r"A/RES/\d+.*|S/RES/\d+ \(\d{4}\)", row["symbol"]), row["symbol"]
        assert row["title_en"]
        assert row["subject"] in subjects
        assert set(row["languages"].split()) <= set(LANGUAGES)
        if row["date"]:
            assert datetime.date.fromisoformat(row["date"]).year in (
                int(row["year"]),
                int(row["year"]) + 1,
            )


def test_hundreds_of_documents_are_titled_in_all_six_languages():
    six = [row for row in documents() if all(row[f"title_{lang}"] for lang in LANGUAGES)]
    assert len(six) > 500
    for row in six:
        for language, letters in SCRIPTS.items():
            assert letters.search(row[f"title_{language}"]), row["symbol"]


def test_the_aligned_texts_are_whole_in_six_languages():
    assert [a["number"] for a in load("declaration.json")["articles"]] == list(range(1, 31))
    assert [a["number"] for a in load("charter.json")["articles"]] == list(range(112))
    goals = load("goals.json")
    assert [goal["number"] for goal in goals] == list(range(1, 18))
    assert sum(len(goal["targets"]) for goal in goals) == 169
    for name in ("declaration.json", "charter.json", "goals.json"):
        for path, mapping in language_maps(load(name)):
            assert set(mapping) == set(LANGUAGES), (name, path)
            assert all(mapping.values()), (name, path)


# Missions and sites


def test_fourteen_missions_have_rich_content_and_all_six_languages_are_sources_and_targets():
    codes = {state["code"] for state in load("states.json")}
    files = missions()
    assert len(files) == 14
    assert {mission["code"] for mission in files} <= codes
    assert {mission["source_language"] for mission in files} == set(LANGUAGES)
    targets = {
        language
        for mission in files
        for language in mission["languages"]
        if language != mission["source_language"]
    }
    assert targets == set(LANGUAGES)


def test_at_least_three_missions_have_home_news_and_a_page_in_all_six_languages():
    full = [
        mission["code"]
        for mission in missions()
        if len(mission["home"]["welcome"]) == 6
        and any(len(item["title"]) == 6 for item in mission["news"])
        and any(len(page["title"]) == 6 for page in mission["pages"])
    ]
    assert len(full) >= 3


def test_each_mission_file_has_what_its_pages_need():
    for mission in missions():
        assert mission["illustrative"]
        assert len(mission["note"]) == 6
        assert 3 <= len(mission["news"]) <= 6
        assert len(mission["statements"]) == 2
        assert 1 <= len(mission["events"]) <= 2
        assert len(mission["people"]) == 3
        assert mission["permanent_representative"]["illustrative"]
        assert mission["services"]["body"]
        assert mission["pages"]
        for event in mission["events"]:
            assert event["start"] < event["end"]
            assert "/" in event["zone"]


def test_a_record_exists_in_its_source_language_and_in_the_same_languages_throughout():
    for mission in missions():
        source = mission["source_language"]
        records = [*mission["news"], *mission["events"], *mission["pages"], mission["services"]]
        for record in [*records, *mission["statements"]]:
            languages = set(record["title"])
            assert source in languages
            assert languages <= set(LANGUAGES)
            assert set(record["body"]) == languages, (mission["code"], record["slug"])
            assert set(record["outdated"]) <= languages - {source}
        assert source in mission["home"]["welcome"]


def test_missing_and_outdated_translations_both_occur():
    outdated = {
        lang for mission in missions() for item in mission["news"] for lang in item["outdated"]
    }
    assert len(outdated) >= 5
    assert any(len(item["title"]) == 1 for mission in missions() for item in mission["news"])


@pytest.mark.parametrize("name", every_json())
def test_bodies_are_made_of_the_standard_blocks_and_text_is_in_its_script(name):
    for path, mapping in bodies(load(name)):
        for language, blocks in mapping.items():
            assert blocks, (name, path, language)
            for block in blocks:
                keys = BLOCKS[block["type"]]
                assert keys is None or set(block["value"]) == keys, (name, path)
            if language in SCRIPTS:
                assert SCRIPTS[language].search(json.dumps(blocks, ensure_ascii=False))


@pytest.mark.parametrize("name", every_json())
def test_no_language_map_holds_an_empty_text_or_an_unfilled_place(name):
    for path, mapping in language_maps(load(name)):
        for language, text in mapping.items():
            if isinstance(text, str):
                assert text.strip(), (name, path, language)
                assert "{" not in text.replace("{number}", ""), (name, path, language)


def test_the_words_of_the_sites_are_complete_in_six_languages():
    for name in (
        "interface_names.json",
        "candiweb.json",
        "portal.json",
        "directory.json",
        "committees_home.json",
    ):
        for path, mapping in language_maps(load(name)):
            assert tuple(mapping) == LANGUAGES, (name, path)
    assert set(load("interface_names.json")["draft_states"]) == DRAFT_STATES


# Licences


def test_every_data_file_has_its_licence_noted():
    text = (DATA.parent / "DATA.md").read_text(encoding="utf-8")
    table = text.split("## Provenance and licence")[1].split("## Shapes")[0]
    for path in DATA.rglob("*"):
        if path.is_file():
            name = str(path.relative_to(DATA))
            listed = "missions/*.json" if name.startswith("missions/") else name
            assert f"`{listed}`" in table, f"{name} is not in DATA.md"


@pytest.mark.parametrize(
    ("name", "column"),
    [("third_committee_78_drafts.csv", "title"), ("sc_documents.csv", "summary_title")],
)
def test_no_title_is_taken_from_test_only_data(name, column):
    path = TEST_ONLY / name
    if not path.exists():
        pytest.skip(f"{path} is not here: the test-only data does not ship with the project")
    with path.open(encoding="utf-8", newline="") as file:
        forbidden = {row[column].split(" : ")[0].strip().lower() for row in csv.DictReader(file)}
    forbidden -= {"", "note /"}
    shipped = english_titles()
    # The titles of resolutions come from CC0 data; a recurring title of the Assembly may be
    # that of a draft too, so only the drafts' own titles are compared with the drafts.
    if name.startswith("third_committee"):
        shipped = {title for title, symbol in shipped.items() if not symbol.startswith("A/RES/")}
    assert forbidden & set(shipped) == set()
