"""The visible text of a stream."""

import pytest

from blocks.body import StandardBody
from blocks.text import plain_text
from tests.blocks.factories import LANGUAGES, raw_stream, rich
from tests.blocks.texts import ARTICLE_1, ARTICLE_3, DECLARATION, WORDS

BODY = StandardBody()


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_words_stand_in_the_order_of_the_page(code: str) -> None:
    text = plain_text(BODY.to_python(raw_stream(code)))
    words = WORDS[code]
    expected = [ARTICLE_1[code], DECLARATION[code], ARTICLE_3[code], words["question"],
                words["date"], words["member_states"], "193", "A/C.3/78/L.49", "Hansa Mehta",
                words["hours"], words["read_more"]]  # fmt: skip
    position = 0
    for words_of_one in expected:
        position = text.index(words_of_one, position)


def test_what_a_reader_does_not_see_is_left_out() -> None:
    text = plain_text(BODY.to_python(raw_stream("en")))
    for hidden in ("https://", "youtube", "data-block-key", "<p", "section-", "Section"):
        assert hidden not in text
    assert (
        plain_text(
            BODY.to_python(
                [
                    {
                        "type": "image",
                        "value": {"image": None, "alt_text": "unseen", "caption": "seen"},
                    }
                ]
            )
        )
        == "seen"
    )


def test_paragraphs_do_not_run_together_and_entities_are_read() -> None:
    raw = [{"type": "rich_text", "value": rich("One &amp; two") + rich("Three<br/>four")}]
    assert plain_text(BODY.to_python(raw)) == "One & two Three four"


def test_an_empty_stream_has_no_words() -> None:
    assert plain_text(BODY.to_python([])) == ""
    assert plain_text(None) == ""
