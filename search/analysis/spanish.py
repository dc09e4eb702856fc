"""Spanish: stem, then fold accents.

Endings that the stemmer knows only by their accent are given one first: ``energia`` is read as
``energía``, and so is every ``-ia``, since what counts is that text and query agree.
"""

import re

from search.analysis.irregular import with_other_forms
from search.analysis.stemming import Snowball
from search.analysis.words import fold, word_set

STOPWORDS = word_set(
    """a al ante aquel aquella como con contra cual cuando de del desde donde e el él ella ellas
    ellos en entre era es esa esas ese eso esos esta está estas este esto estos fue ha han hasta
    la las le les lo los más me mi mis muy ni no nos o os para pero por porque que qué se según
    ser si sí sin sobre son su sus también te tu tus u un una uno unos y ya yo"""
)

_BARE_ENDINGS = (
    (re.compile(r"(?<=...)(?<!nc)ia(s?)$"), r"ía\1"),
    (re.compile(r"(?<=..)stan$"), "stán"),
)

_stem = Snowball("spanish")


def _stemmed(word: str) -> str:
    word = word.replace("'", "")
    for bare, accented in _BARE_ENDINGS:
        word = bare.sub(accented, word)
    return fold(_stem(word))


term = with_other_forms(
    _stemmed,
    """abrir abierto abierta; cubrir cubierto; devolver devuelto; disolver disuelto; disponer
    dispuesto; escribir escrito escrita; exponer expuesto; morir muerto muerta muertos;
    proponer propuesto; resolver resuelto resuelta; romper roto; suscribir suscrito; volver
    vuelto""",
)
"""The term of one plain word."""
