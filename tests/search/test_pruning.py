"""What no text has is left out of a question before an engine gets it, and nothing else is."""

from __future__ import annotations

from search.engines.matching import AllOf, AnyOf, BestOf, Fixed, Node, Row, Term, Times, pruned

PEACE, WAR, PAIX = (Term("words", word) for word in ("en:peace", "en:war", "fr:paix"))


def kept(node: Node) -> Node | None:
    return pruned(node, lambda term: term in (PEACE, WAR))


def test_a_word_that_a_text_has_stays() -> None:
    assert kept(PEACE) == PEACE
    assert kept(PAIX) is None


def test_of_several_words_those_that_occur_stay() -> None:
    assert kept(AnyOf((PEACE, PAIX, WAR))) == AnyOf((PEACE, WAR))
    assert kept(BestOf((PAIX, Times(WAR, 0.7)))) == Times(WAR, 0.7)


def test_too_few_words_find_nothing() -> None:
    assert kept(AnyOf((PEACE, PAIX, WAR), at_least=2)) == AnyOf((PEACE, WAR), at_least=2)
    assert kept(AnyOf((PEACE, PAIX), at_least=2)) is None


def test_what_has_to_be_there_and_is_nowhere_finds_nothing() -> None:
    assert kept(AllOf((PEACE, PAIX))) is None
    assert kept(AllOf((PEACE,), liked=(PAIX,), without=(PAIX, WAR))) == AllOf(
        (PEACE,), without=(WAR,)
    )
    assert kept(Fixed(PAIX, 0.0)) is None


def test_a_row_with_a_word_that_is_nowhere_is_nowhere() -> None:
    assert kept(Row("words", ("en:peace", "en:war"))) == Row("words", ("en:peace", "en:war"))
    assert kept(Row("words", ("en:peace", "fr:paix"))) is None
