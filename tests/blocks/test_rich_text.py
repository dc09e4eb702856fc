"""Rich text: what may be in it."""

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from blocks.body import StandardBody
from tests.blocks.factories import LANGUAGES, rich
from tests.blocks.texts import ARTICLE_1

BODY = StandardBody()


def _clean(source: str) -> str:
    [child] = BODY.clean(BODY.to_python([{"type": "rich_text", "value": source}]))
    return child.value.source


@pytest.mark.parametrize(
    ("hostile", "gone"),
    [
        ("<p>a<script>alert(1)</script></p>", "<script"),
        ('<p><a href="javascript:alert(1)">x</a></p>', "javascript:"),
        ('<p onclick="alert(1)">x</p>', "onclick"),
        ('<p>x<img src="https://tracker.example/"></p>', "<img"),
        ("<h2>x</h2>", "<h2"),
        ('<p>x</p><embed embedtype="media" url="https://youtu.be/5RR4VXNX3jA"/>', "<embed"),
        ('<p>x</p><iframe src="https://tracker.example/"></iframe>', "<iframe"),
    ],
)
def test_markup_outside_the_features_is_dropped_when_it_is_saved(hostile: str, gone: str) -> None:
    assert gone not in _clean(hostile)


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_the_editor_makes_is_kept_to_the_letter(code: str) -> None:
    text = ARTICLE_1[code]
    source = (
        f"{rich(f'<b>{text}</b> &amp; <i>x</i><br/>y<sup>2</sup>')}"
        f'<ul><li data-block-key="k1">{text}</li></ul><hr/>'
        f'<p data-block-key="k2"><a href="https://www.un.org/?a=1&amp;b=2">{text}</a> '
        f'<a linktype="page" id="1">p</a> <a id="2" linktype="document">d</a></p>'
    )
    assert _clean(source) == source


def test_a_text_that_was_cleaned_once_is_not_changed_again() -> None:
    once = _clean('<p data-block-key="k1">x<script>y</script></p>')
    assert _clean(once) == once


@pytest.mark.parametrize("empty", ["", '<p data-block-key="x1"></p>', "<p> </p>", "<p><br/></p>"])
def test_a_text_without_words_is_refused_and_a_draft_keeps_it_empty(empty: str) -> None:
    stream = BODY.to_python([{"type": "rich_text", "value": empty}])
    with pytest.raises(ValidationError):
        BODY.clean(stream)
    assert BODY.clean_deferred(stream)[0].value.source == ""


def test_the_api_gives_html_unless_it_is_asked_for_the_stored_form() -> None:
    stream = BODY.to_python([{"type": "rich_text", "value": '<p data-block-key="k">x</p>'}])
    assert BODY.get_api_representation(stream)[0]["value"] == "<p>x</p>"
    for asked, given in [("html", "<p>x</p>"), ("db_html", '<p data-block-key="k">x</p>')]:
        request = RequestFactory().get("/", {"rich_text_format": asked})
        [block] = BODY.get_api_representation(stream, context={"request": request})
        assert block["value"] == given
