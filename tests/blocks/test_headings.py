"""Headings: levels in order, addresses that stay and don't repeat."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from blocks.body import StandardBody
from blocks.heading import anchor_of
from tests.blocks.factories import LANGUAGES
from tests.blocks.texts import DECLARATION

BODY = StandardBody()


def _headings(*levels: str, text: str = "Agenda", **parts: Any) -> Any:
    return BODY.to_python(
        [
            {"type": "heading", "value": {"text": text, "level": level, **parts}, "id": str(n)}
            for n, level in enumerate(levels)
        ]
    )


@pytest.mark.parametrize("levels", ["2", "234", "2323", "2342", "22"])
def test_levels_that_go_down_one_at_a_time_are_accepted(levels: str) -> None:
    assert len(BODY.clean(_headings(*levels))) == len(levels)


@pytest.mark.parametrize(("levels", "wrong"), [("3", {0}), ("24", {1}), ("2324", {3}), ("43", {0})])
def test_a_level_that_is_skipped_is_refused_beside_its_heading(
    levels: str, wrong: set[int]
) -> None:
    with pytest.raises(ValidationError) as refused:
        BODY.clean(_headings(*levels))
    assert set(refused.value.block_errors) == wrong


def test_a_draft_may_skip_levels() -> None:
    assert len(BODY.clean_deferred(_headings("4"))) == 1


def test_a_level_from_elsewhere_can_not_write_into_the_tag() -> None:
    html = BODY.render(_headings("2 onclick=alert(1)"))
    assert "onclick" not in html
    assert html.strip().startswith("<h2 ")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_address_is_made_of_the_words_in_their_own_script(code: str) -> None:
    [child] = BODY.clean(_headings("2", text=DECLARATION[code]))
    anchor = child.value["anchor"]
    assert anchor.startswith("section-")
    assert len(anchor) > len("section-") + 4
    assert f'id="{anchor}"' in child.render()


def test_the_address_stays_when_the_words_change() -> None:
    [child] = BODY.clean(_headings("2", text="Agenda"))
    child.value["text"] = "Provisional agenda"
    [again] = BODY.clean(BODY.to_python([child.get_prep_value()]))
    assert again.value["anchor"] == "section-agenda"


def test_repeated_headings_get_addresses_of_their_own() -> None:
    anchors = [child.value["anchor"] for child in BODY.clean(_headings("2", "2", "2"))]
    assert anchors == ["section-agenda", "section-agenda-2", "section-agenda-3"]
    again = BODY.clean(BODY.to_python(BODY.clean(_headings("2", "2")).get_prep_value()))
    assert [child.value["anchor"] for child in again] == anchors[:2]


@pytest.mark.parametrize(
    ("words", "anchor"),
    [
        ("Content", "section-content"),
        ("section-agenda", "section-agenda"),
        ("…", "section"),
        ('"><script>', "section-script"),
        ("x" * 200, "section-" + "x" * 80),
    ],
)
def test_addresses_are_plain_words_after_a_prefix(words: str, anchor: str) -> None:
    assert anchor_of(words) == anchor
