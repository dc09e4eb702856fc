"""What has changed in a text, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.languages.diffs import ADDED, REMOVED, as_html, changes, plain


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Water is a right", "Water is the right", "Water is <del>a</del><ins>the</ins> right"),
        ("人人生而自由", "人人生来自由", "人人生<del>而</del><ins>来</ins>自由"),
        ("الماء حقٌّ للجميع", "الماء حقٌّ لنا", "الماء حقٌّ <del>للجميع</del><ins>لنا</ins>"),
        ("l’eau claire", "l’eau", "l’eau<del> claire</del>"),
        ("Вода", "Вода  и", "Вода<ins>  и</ins>"),
        ("los  pueblos", "los\npueblos", "los\npueblos"),
        ("", "<b>", "<ins>&lt;b&gt;</ins>"),
    ],
)
def test_the_words_that_changed_are_marked_in_every_script(old, new, shown):
    assert as_html(changes(old, new)) == shown


def test_rich_text_is_compared_by_its_words():
    old = '<p data-block-key="a">Eau &amp; vie</p><p>Deux</p>'
    assert plain(old, "html") == "Eau & vie\nDeux"
    assert plain("a < b", "text") == "a < b"


TEXT = st.text(st.sampled_from("ab é中水حق٠ъ \n.'’-<"), max_size=30)


@given(TEXT, TEXT)
def test_both_wordings_can_be_read_from_the_changes(old, new):
    found = changes(old, new)
    without = {
        kind: "".join(change.text for change in found if change.kind != kind)
        for kind in (ADDED, REMOVED)
    }
    assert without[ADDED].split() == old.split()
    assert without[REMOVED] == new.strip()
