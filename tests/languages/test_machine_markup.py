"""An answer keeps links, emphasis, paragraphs, addresses and symbols, or it is not taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.languages.machine import BrokenMarkup, protect
from cms.languages.machine.markup import Fault

LINK = (
    '<p data-block-key="ab12">Read <a linktype="page" id="77">the <b>statement</b></a> and '
    '<a href="https://un.int/x?a=1&amp;b=2">more</a>.</p>'
)


def fault_of(source, answer, kind="html"):
    with pytest.raises(BrokenMarkup) as refused:
        protect(source, kind).restored(answer)
    return refused.value.fault


def test_attributes_stay_at_home_and_are_put_back():
    sent = protect(LINK, "html")
    assert sent.text == ('<p>Read <a id="2">the <b>statement</b></a> and <a id="4">more</a>.</p>')
    assert sent.restored(sent.text) == (
        '<p>Read <a linktype="page" id="77">the <b>statement</b></a> and '
        '<a href="https://un.int/x?a=1&amp;b=2">more</a>.</p>'
    )


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        (
            '<p>اقرأ <a id="4">المزيد</a> و<a id="2"><b>البيان</b></a>.</p>',
            '<p>اقرأ <a href="https://un.int/x?a=1&amp;b=2">المزيد</a> و'
            '<a linktype="page" id="77"><b>البيان</b></a>.</p>',
        ),
        (
            "<p>请阅读<a id='2'>该<b>发言</b></a>和<a id='4'>更多</a>。</p>",
            '<p>请阅读<a linktype="page" id="77">该<b>发言</b></a>和'
            '<a href="https://un.int/x?a=1&amp;b=2">更多</a>。</p>',
        ),
    ],
)
def test_links_may_move_within_the_sentence(answer, kept):
    assert protect(LINK, "html").restored(answer) == kept


@pytest.mark.parametrize(
    "answer",
    [
        '<p>Lire <a id="2">la déclaration</a> et <a id="4">plus</a>.</p>',  # emphasis lost
        '<p>Lire <a id="2">la <b>déclaration</b></a> et plus.</p>',  # a link lost
        '<p>Lire <a id="2">la <b>déclaration</b></a> <a id="2">et</a> plus.</p>',  # twice the same
        '<p>Lire <a id="9">la <b>déclaration</b></a> et <a id="4">plus</a>.</p>',  # not ours
        '<p>Lire <a id="2">la <b>déclaration</a></b> et <a id="4">plus</a>.</p>',  # crossed
        '<p>Lire <a id="2">la <b>déclaration</b></a> et <a id="4">plus</a>.',  # not closed
        'Lire <a id="2">la <b>déclaration</b></a> et <a id="4">plus</a>.',  # paragraph lost
        '<p>Lire <a id="2">la <b>déclaration</b></a> et <a id="4">plus</a>.</p><script>x</script>',
        '<p>Lire <a id="2">la <b>déclaration</b></a> et <a id="4">plus</a>.<!-- x --></p>',
        '<p>Lire <a id="2">la <b>déclaration</b></a> et <a id="4">plus</a>.<img src=x></p>',
    ],
)
def test_lost_or_added_tags_are_refused(answer):
    assert fault_of(LINK, answer) is Fault.TAGS


def test_what_an_answer_adds_to_a_tag_is_left_out():
    sent = protect('<p><a href="https://un.int">x</a></p>', "html")
    answer = '<p onclick="steal()" class="z"><a id="2" href="javascript:x" onclick="y">x</a></p>'
    assert sent.restored(answer) == '<p><a href="https://un.int">x</a></p>'


def test_paragraphs_and_lists_keep_their_order():
    source = "<p>One</p><ul><li>Two</li><li>Three</li></ul>"
    assert protect(source, "html").restored(source) == source
    assert fault_of(source, "<ul><li>Two</li><li>Three</li></ul><p>One</p>") is Fault.TAGS


def test_images_and_breaks_of_a_rich_text_come_back():
    source = '<p>A<br/>B</p><embed embedtype="image" id="5" format="left" alt="x"/><p>C</p>'
    sent = protect(source, "html")
    assert sent.text == '<p>A<br>B</p><embed id="3"><p>C</p>'
    assert sent.restored(sent.text) == source


def test_signs_that_mean_something_in_html_are_words_in_an_answer():
    # LibreTranslate gives entities back as the signs themselves.
    sent = protect("<p>5 &lt; 6 &amp; 7</p>", "html")
    assert sent.restored("<p>5 < 6 & 7</p>") == "<p>5 &lt; 6 &amp; 7</p>"


@pytest.mark.parametrize("answer", ["", "   ", "<p></p>", "<p> &nbsp; </p>", "<p>\u200b</p>"[:3]])
def test_an_empty_answer_is_refused(answer):
    assert fault_of("<p>Water</p>", answer) is Fault.EMPTY


def test_a_plain_answer_is_one_line_where_the_source_is():
    assert protect("Water", "text").restored(" L’eau\n et  la paix\x07 ") == "L’eau et la paix"
    assert protect("a\nb", "text").restored("c\nd") == "c\nd"
    assert fault_of("Water", " \n", "text") is Fault.EMPTY


@pytest.mark.parametrize(
    ("source", "good", "bad"),
    [
        (
            "See resolution A/RES/78/1.",
            "انظر القرار A/RES/78/1.",
            "انظر القرار A/RES/78/2.",
        ),
        ("Write to info@un.int now", "请写信至 info@un.int", "请写信至 信息@联合国"),
        ("See https://un.int/a.", "См. https://un.int/a.", "См. https://un.int/а."),
        ("Dear %(name)s", "Estimado %(name)s", "Estimado %(nombre)s"),
        ("{count} pages", "{ count } pages", "{compte} pages"),
    ],
)
@pytest.mark.parametrize("kind", ["text", "html"])
def test_addresses_symbols_and_placeholders_come_back_letter_by_letter(source, good, bad, kind):
    if kind == "html":
        source, good, bad = (f"<p>{text}</p>" for text in (source, good, bad))
    assert protect(source, kind).restored(good) == good
    assert fault_of(source, bad, kind) is Fault.PLACEHOLDERS


def test_a_source_that_is_no_fragment_is_said_before_it_is_sent():
    with pytest.raises(BrokenMarkup):
        protect("<p>open <b>for ever</p>", "html")


def test_each_fault_says_what_is_wrong():
    assert all(fault.label for fault in Fault)


words = st.text(
    st.characters(categories=("L", "N", "P", "Zs"), exclude_characters="@{}%/$\u200b"),
    min_size=1,
    max_size=12,
).filter(lambda text: any(letter.isalpha() for letter in text))
inline = st.recursive(
    words.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")),
    lambda inner: st.tuples(
        st.sampled_from(["b", "i", 'a linktype="page" id="3"', "sup"]), st.lists(inner, max_size=3)
    ).map(lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0].split()[0]}>"),
    max_leaves=8,
)


@given(st.lists(st.lists(inline, min_size=1, max_size=3).map("".join), min_size=1, max_size=3))
def test_an_answer_that_changes_nothing_is_the_source(paragraphs):
    source = "".join(f"<p>{text}x</p>" for text in paragraphs)
    sent = protect(source, "html")
    assert "linktype" not in sent.text
    assert protect(sent.restored(sent.text), "html").text == sent.text
