"""Russian: ё is е (most texts print it so), Snowball, vowels that come and go, irregular forms.

``беженец`` and ``беженцы``, ``список`` and ``списки``, ``оценка`` and ``оценок`` have one term.
"""

import re

from search.analysis.irregular import with_other_forms
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


_FLEETING = re.compile(r"(?<=...)[оеь]([кц])$")


def _stemmed(word: str) -> str:
    return _FLEETING.sub(r"\1", _stem(word.replace("ё", "е").replace("'", "")))


term = with_other_forms(
    _stemmed,
    """ребенок дети детей детям детьми детях детский детского детская; человек люди людей людям
    людьми людях; день дни дня дней; отец отца; мать матери матерей; дочь дочери дочерей; племя
    племени племена племен; земля земель; тюрьма тюрем; письмо писем; число чисел""",
)
"""The term of one plain word."""
