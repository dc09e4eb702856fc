"""How far each language is translated, part by part."""

import copy
import json

from hypothesis import given
from hypothesis import strategies as st

from cms.languages import codes
from cms.languages.parts import gaps_between, parts_of
from cms.languages.states import (
    State,
    Status,
    marked_current,
    stale_parts,
    states,
    status_of,
    updated_record,
    with_status,
    words_to_go,
)


def texts(**present):
    return {code: present.get(code, "") for code in codes.CODES}


def test_a_language_is_outdated_once_the_source_moves_on_and_current_when_it_follows():
    record = updated_record({}, texts(fr="f1", ar="a1"), "fr")
    assert states(record, "fr") == {
        "ar": State.CURRENT,
        "zh": State.MISSING,
        "en": State.MISSING,
        "fr": State.SOURCE,
        "ru": State.MISSING,
        "es": State.MISSING,
    }
    record = updated_record(record, texts(fr="f2", ar="a1"), "fr")
    assert states(record, "fr")["ar"] is State.OUTDATED
    record = updated_record(record, texts(fr="f2", ar="a2"), "fr")
    assert states(record, "fr")["ar"] is State.CURRENT


def test_saving_again_without_a_change_keeps_every_state():
    record = updated_record({}, texts(zh="z1", es="s1", ru="r1"), "zh")
    record = updated_record(record, texts(zh="z2", es="s2", ru="r1"), "zh")
    assert updated_record(record, texts(zh="z2", es="s2", ru="r1"), "zh") == record


def test_a_confirmed_language_is_current_again():
    record = updated_record({}, texts(en="e1", ru="r1"), "en")
    record = updated_record(record, texts(en="e2", ru="r1"), "en")
    assert states(record, "en")["ru"] is State.OUTDATED
    assert states(marked_current(record, "ru", "en"), "en")["ru"] is State.CURRENT


def test_a_withdrawn_text_is_missing_again():
    record = updated_record({}, texts(en="e1", ru="r1"), "en")
    record = updated_record(record, texts(en="e1"), "en")
    assert states(record, "en")["ru"] is State.MISSING


# --- part by part --------------------------------------------------------------------------------


class Stream:
    """As a StreamValue gives itself away: a list of blocks with ids."""

    def __init__(self, *blocks):
        self.blocks = [
            {"id": name, "type": "rich_text", "value": {"text": text}} for name, text in blocks
        ]

    def get_prep_value(self):
        return copy.deepcopy(self.blocks)


def saved(record, source, **contents):
    """The record after saving {code: {field: value}}."""
    values = {code: contents.get(code, {}) for code in codes.CODES}
    parts = {code: parts_of(values[code], code) for code in codes.CODES}
    return updated_record(
        record,
        {code: json.dumps(parts[code]) if parts[code] else "" for code in codes.CODES},
        source,
        parts=parts,
        gaps={
            code: gaps_between(values[source], values[code], source)
            for code in codes.CODES
            if code != source
        },
    )


FRENCH = {"title": "Paix", "body": Stream(("a", "un"), ("b", "deux mots"), ("c", "trois"))}
ARABIC = {"title": "سلام", "body": Stream(("a", "واحد"), ("b", "اثنان"), ("c", "ثلاثة"))}


def changed_french():
    return {
        "title": "Paix",
        "body": Stream(("a", "un"), ("b", "deux mots nouveaux"), ("c", "trois")),
    }


def test_one_changed_block_is_told_and_the_others_are_not():
    record = saved({}, "fr", fr=FRENCH, ar=ARABIC)
    assert stale_parts(record, "ar", "fr") == []
    record = saved(record, "fr", fr=changed_french(), ar=ARABIC)
    (part,) = stale_parts(record, "ar", "fr")
    assert (part.field, part.block, part.words) == ("body", "b", 3)
    assert part.old
    assert part.new not in (None, part.old)
    assert states(record, "fr")["ar"] is State.OUTDATED
    assert words_to_go(record, "ar", "fr") == 3


def test_translating_another_block_leaves_the_changed_one_outdated():
    record = saved({}, "fr", fr=FRENCH, ar=ARABIC)
    record = saved(record, "fr", fr=changed_french(), ar=ARABIC)
    other = {**ARABIC, "body": Stream(("a", "الأول"), ("b", "اثنان"), ("c", "ثلاثة"))}
    record = saved(record, "fr", fr=changed_french(), ar=other)
    assert [part.block for part in stale_parts(record, "ar", "fr")] == ["b"]
    assert states(record, "fr")["ar"] is State.OUTDATED
    followed = {**ARABIC, "body": Stream(("a", "الأول"), ("b", "كلمتان"), ("c", "ثلاثة"))}
    record = saved(record, "fr", fr=changed_french(), ar=followed)
    assert stale_parts(record, "ar", "fr") == []
    assert states(record, "fr")["ar"] is State.CURRENT


def test_a_part_can_be_confirmed_without_a_change():
    record = saved({}, "fr", fr=FRENCH, ar=ARABIC)
    moved = {**changed_french(), "title": "La paix"}
    record = saved(record, "fr", fr=moved, ar=ARABIC)
    assert len(stale_parts(record, "ar", "fr")) == 2
    record = marked_current(record, "ar", "fr", parts=[("title", "")])
    assert [part.block for part in stale_parts(record, "ar", "fr")] == ["b"]
    assert states(record, "fr")["ar"] is State.OUTDATED
    record = marked_current(record, "ar", "fr", parts=[("body", "b")])
    assert states(record, "fr")["ar"] is State.CURRENT


def test_new_ids_and_moved_blocks_make_nothing_outdated():
    record = saved({}, "fr", fr=FRENCH, ar=ARABIC)
    renamed = {"title": "Paix", "body": Stream(("x", "un"), ("y", "deux mots"), ("z", "trois"))}
    record = saved(record, "fr", fr=renamed, ar=ARABIC)
    assert stale_parts(record, "ar", "fr") == []


def test_a_new_block_and_a_lost_one_are_told():
    record = saved({}, "fr", fr=FRENCH, ar=ARABIC)
    longer = {**FRENCH, "body": Stream(("a", "un"), ("b", "deux mots"), ("c", "trois"), ("d", "4"))}
    record = saved(record, "fr", fr=longer, ar=ARABIC)
    (new,) = stale_parts(record, "ar", "fr")
    assert (new.block, new.old) == ("d", None)
    shorter = {**FRENCH, "body": Stream(("a", "un"), ("c", "trois"))}
    record = saved(saved({}, "fr", fr=FRENCH, ar=ARABIC), "fr", fr=shorter, ar=ARABIC)
    (gone,) = stale_parts(record, "ar", "fr")
    assert (gone.block, gone.new) == ("b", None)


def test_a_language_with_blocks_of_its_own_follows_the_whole_when_it_is_changed():
    own = {"title": "Мир", "body": Stream(("own", "Одним блоком"))}
    record = saved({}, "fr", fr=FRENCH, ru=own)
    record = saved(record, "fr", fr=changed_french(), ru=own)
    assert states(record, "fr")["ru"] is State.OUTDATED
    own = {"title": "Мир", "body": Stream(("own", "Одним новым блоком"))}
    record = saved(record, "fr", fr=changed_french(), ru=own)
    assert states(record, "fr")["ru"] is State.CURRENT


def test_blocks_left_empty_are_words_to_go_and_nothing_outdated():
    record = saved(
        {},
        "zh",
        zh={"title": "和平", "body": Stream(("a", "一二三"), ("b", "四五"))},
        es={"title": "Paz", "body": Stream(("a", ""), ("b", "cuatro"))},
    )
    assert states(record, "zh")["es"] is State.CURRENT
    assert words_to_go(record, "es", "zh") == 3
    assert words_to_go(record, "en", "zh") == 7
    assert words_to_go(record, "zh", "zh") == 0


def test_a_status_holds_until_it_is_taken_away_and_machine_goes_with_it():
    record = with_status(saved({}, "fr", fr=FRENCH, ar=ARABIC), "ar", "needs_review", machine=True)
    record = saved(record, "fr", fr=FRENCH, ar={**ARABIC, "title": "السلام"})
    assert states(record, "fr")["ar"] is State.NEEDS_REVIEW
    assert record["ar"]["machine"] is True
    record = with_status(record, "ar", Status.IN_PROGRESS)
    assert states(record, "fr")["ar"] is State.IN_PROGRESS
    assert "machine" not in record["ar"]
    record = with_status(record, "ar", None)
    assert status_of(record, "ar") is None
    assert states(record, "fr")["ar"] is State.CURRENT


def test_what_readers_see_is_released_and_what_was_taken_back_is_withdrawn():
    record = saved({}, "fr", fr=FRENCH, ar=ARABIC)
    shown = {"ar": record["ar"]["text"]}
    assert states(record, "fr", released=shown)["ar"] is State.RELEASED
    newer = saved(record, "fr", fr=FRENCH, ar={**ARABIC, "title": "السلام"})
    assert states(newer, "fr", released=shown)["ar"] is State.CURRENT
    assert states(record, "fr", withdrawn=frozenset({"ar"}))["ar"] is State.WITHDRAWN


def test_another_source_language_makes_nothing_outdated_that_was_in_step():
    spanish = {"title": "Paz", "body": Stream(("a", "uno"), ("b", "dos"), ("c", "tres"))}
    record = saved({}, "fr", fr=FRENCH, ar=ARABIC, es=spanish)
    record = saved(record, "ar", fr=FRENCH, ar=ARABIC, es=spanish)
    assert states(record, "ar") == {
        "ar": State.SOURCE,
        "zh": State.MISSING,
        "en": State.MISSING,
        "fr": State.CURRENT,
        "ru": State.MISSING,
        "es": State.CURRENT,
    }
    other = {**ARABIC, "title": "السلام"}
    record = saved(record, "ar", fr=FRENCH, ar=other, es=spanish)
    assert states(record, "ar")["fr"] is State.OUTDATED


BLOCKS = st.lists(st.text("abc", min_size=1, max_size=3), max_size=5)


@given(first=BLOCKS, second=BLOCKS, source=st.sampled_from(codes.CODES))
def test_stale_parts_are_none_exactly_when_the_words_are_the_same(first, second, source):
    target = next(code for code in codes.CODES if code != source)

    def content(texts):
        return {"title": "t", "body": Stream(*((f"id{i}", text) for i, text in enumerate(texts)))}

    translated = {"title": "x", "body": Stream(("id0", "y"))}
    record = saved({}, source, **{source: content(first), target: translated})
    assert stale_parts(record, target, source) == []
    record = saved(record, source, **{source: content(second), target: translated})
    moved_only = sorted(first) == sorted(second)
    assert (stale_parts(record, target, source) == []) is moved_only
    confirmed = marked_current(record, target, source)
    assert stale_parts(confirmed, target, source) == []
    assert states(confirmed, source)[target] is State.CURRENT
    once_more = saved(record, source, **{source: content(second), target: translated})
    assert once_more == record
