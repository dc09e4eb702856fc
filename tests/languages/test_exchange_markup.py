"""Markup inside texts: nothing is lost, and a translation can't break what its source has."""

import pytest
from hypothesis import given

from cms.languages.exchange import markup
from cms.languages.exchange.markup import BrokenMarkup
from tests.languages.exchange_samples import RICH, rich

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
LINK = '<p>See the <a href="/x">Charter</a> of <b>1945</b>.</p>'


@given(rich)
def test_the_one_form_of_a_text_stays_as_it_is(text):
    once = markup.canonical(text)
    assert markup.canonical(once) == once
    assert markup.tokens(once) == markup.tokens(text)


@given(rich)
def test_every_text_has_the_markup_of_itself(text):
    markup.check(markup.canonical(text), text)


def test_attributes_in_another_order_and_entities_say_the_same():
    assert markup.canonical("<a linktype='page' ID=3>&eacute;&nbsp;&lt;</a><BR>") == (
        '<a id="3" linktype="page">é\u00a0&lt;</a><br/>'
    )


def test_the_editors_keys_say_nothing():
    assert markup.canonical('<p data-block-key="x1y2z">a</p>') == "<p>a</p>"


def test_what_is_no_whole_tag_is_words():
    assert markup.tokens('1 < 2 <!-- x --> <a href="') == ['1 < 2 <!-- x --> <a href="']


@pytest.mark.parametrize("source", LANGUAGES)
@pytest.mark.parametrize("target", LANGUAGES)
def test_a_translation_with_the_same_markup_in_another_order_is_taken(source, target):
    markup.check(RICH[target], RICH[source])


@pytest.mark.parametrize(
    "target",
    [
        '<p>Voir la <a href="/x">Charte</a> de 1945.</p>',  # bold is the language's own business
        '<p>Voir la <b>Charte</b> <i>de</i><br/><a href="/x">1945</a>.</p>',
        '<p>参见<a href="/x">宪章</a>&lt;1945&gt;</p>',
        '<p>راجع <a href="/x">الميثاق</a> 1 < 2</p>',
    ],
)
def test_formatting_may_follow_the_language(target):
    markup.check(target, LINK)


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("<p>Voir la Charte.</p>", 'href="/x"'),
        ('<p><a href="/x">Voir</a> la <a href="/x">Charte</a>.</p>', "more often"),
        ('<p>Voir la <a href="https://evil.example">Charte</a>.</p>', "evil|missing"),
        ('<p>Voir la <a href="/x">Charte</p></a>', "no partner"),
        ('<p>Voir la <a href="/x">Charte</a> <b>de 1945.</p>', "no partner"),
        ('Voir la <a href="/x">Charte</a>', "paragraphs"),
        ('<p>Voir la</p><p><a href="/x">Charte</a></p>', "paragraphs"),
        ('<p><a href="/x">Charte</a></p> de 1945', "outside"),
        ('<p>Voir <a href="/x">la</a> <script>x</script></p>', "<script>"),
        ('<p>Voir <a href="/x">la</a> <b onclick="x">Charte</b></p>', "onclick"),
        ('<p>Voir <a href="/x">la</a> <b Charte</p>', "no whole tag"),
        ('<p>Voir <a href="/x">la</a> <!-- Charte --></p>', "no whole tag"),
    ],
)
def test_lost_added_and_broken_markup_is_refused(target, reason):
    with pytest.raises(BrokenMarkup, match=reason):
        markup.check(target, LINK)


def test_what_a_translation_already_had_may_stay():
    known = '<p>Voir la <a href="/x">Charte</a>.</p><p><a href="/fr">Le texte</a></p>'
    markup.check(known.replace("Voir", "Lire"), LINK, known=known)
    with pytest.raises(BrokenMarkup):
        markup.check(known, LINK)
