"""English: accents folded, Snowball; the possessive is the stemmer's work."""

from search.analysis.stemming import Snowball
from search.analysis.words import fold, word_set

STOPWORDS = word_set(
    """a an and are as at be been but by for from had has have he her his how i if in into is it
    its me my no nor not of on or our she so such that the their them then there these they this
    those to was we were what when where which who whom whose why will with you your"""
)

_stem = Snowball("english")


def term(word: str) -> str:
    """The term of one plain word."""
    return _stem(fold(word)).replace("'", "")
