"""Russian: ё is е (most texts print it so), then Snowball."""

from search.analysis.stemming import Snowball
from search.analysis.words import word_set

STOPWORDS = word_set(
    """а без бы был была были было быть в вам вас во вот все всех вы да для до его ее еще же за и
    из или им ими их к как ко которая которого которое которой которые который которых кто ли
    между мы на над не него нее нет ни них но о об однако он она они оно от по под при про с со
    так также там те тем то того тоже той только том тот ту ты у уже что чтобы эта эти этих это
    этого этой этом этот я"""
)

_stem = Snowball("russian")


def term(word: str) -> str:
    """The term of one plain word."""
    return _stem(word.replace("ё", "е").replace("'", ""))
