"""A fingerprint changes when a reader would see a change, and only then."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.languages.fingerprints import fingerprint, is_empty, normalise_value

TEXTS = st.text(alphabet="abc Мир 和平 سلام\n\t", max_size=40)
BLOCKS = st.lists(
    st.fixed_dictionaries(
        {"type": st.sampled_from(["quote", "heading"]), "value": TEXTS, "id": st.uuids().map(str)}
    ),
    max_size=5,
)


@given(blocks=BLOCKS, ids=st.lists(st.uuids().map(str), min_size=5, max_size=5))
def test_new_block_ids_and_a_round_trip_through_json_change_nothing(blocks, ids):
    renamed = [
        dict(sorted({**block, "id": new}.items(), reverse=True))
        for block, new in zip(blocks, ids, strict=False)
    ]
    stored = json.loads(json.dumps(renamed))
    assert fingerprint({"body": stored}) == fingerprint({"body": blocks})


@given(text=TEXTS)
def test_white_space_and_block_keys_change_nothing(text):
    assert fingerprint({"t": f"<p>{text}</p>"}) == fingerprint(
        {"t": f'  <p data-block-key="x1">{text}</p>\n'}
    )


@given(one=TEXTS, other=TEXTS)
def test_other_words_give_another_fingerprint(one, other):
    same_words = normalise_value(one) == normalise_value(other)
    assert (fingerprint({"t": one}) == fingerprint({"t": other})) == same_words


def test_nothing_in_any_form_is_empty():
    for value in (None, "", "  ", '<p data-block-key="abc"></p>', "<p>&nbsp;</p>", [], {}):
        assert is_empty(value)
        assert fingerprint({"a": value}) == ""
    assert not is_empty("<p>和平</p>")


def test_an_item_of_a_list_is_the_same_with_and_without_its_envelope():
    item = {"symbol": "A/RES/79/1", "title": "القرار"}
    old = {"value": {"items": [item]}}
    new = {"value": {"items": [{"type": "item", "value": item, "id": "i1"}]}}
    other = {"value": {"items": [{"type": "item", "value": {**item, "title": "决议"}, "id": "i1"}]}}
    assert normalise_value(old) == normalise_value(new) != normalise_value(other)


@pytest.mark.parametrize("words", ["En chiffres", "بالأرقام", "数字"])
def test_the_anchor_that_saving_gives_a_heading_is_no_change_of_its_words(words):
    def heading(anchor, text=words):
        return {"body": [{"type": "heading", "value": {"text": text, "anchor": anchor}}]}

    assert fingerprint(heading(None)) == fingerprint(heading("section-1"))
    assert fingerprint(heading(None)) != fingerprint(heading(None, "Repères"))
