"""How far each language is translated."""

from cms.languages import codes
from cms.languages.states import State, marked_current, states, updated_record


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
