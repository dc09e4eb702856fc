"""French: elisions stripped, then stem, then fold accents.

The order matters: the stemmer reads the accents (``droits créés``), readers leave them out. So the
endings that it knows only by their accent are given one first: ``egalite`` is read as ``égalité``.
"""

import re

from search.analysis.irregular import with_other_forms
from search.analysis.stemming import Snowball
from search.analysis.words import fold, word_set

STOPWORDS = word_set(
    """a à au aux avec c ce ces cet cette ceux d dans de des dont du elle elles en entre est et
    eu il ils j je l la le les leur leurs lui m ma mais me même mes mon n ne nos notre nous on
    ont ou où par pas pour qu que qui s sa sans se ses si son sont sous sur t ta te tes ton tu
    un une vos votre vous y"""
)

ELISION = re.compile(r"^(?:l|d|j|m|t|s|n|c|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=.)")

_BARE_ENDINGS = (
    (re.compile(r"(?<=..)ite(s?)$"), r"ité\1"),
    (re.compile(r"(?<=..)ee(s?)$"), r"ée\1"),
    (re.compile(r"(?<=.)iere(s|ment)?$"), r"ière\1"),
    (re.compile(r"^(acc|dec|déc|exc|proc|progr|succ)es$"), r"\1ès"),
)

_stem = Snowball("french")


def _stemmed(word: str) -> str:
    word = ELISION.sub("", word).replace("'", "")
    for bare, accented in _BARE_ENDINGS:
        word = bare.sub(accented, word)
    return fold(_stem(word))


term = with_other_forms(
    _stemmed,
    """travail travaux; œil yeux; conclure conclu; convenir convenu; détenir détenu; disparaître
    disparu; entreprendre entrepris; exclure exclu; élire élu élue élus élues; intervenir
    intervenu; maintenir maintenu; mettre mis mise mises; obtenir obtenu; parvenir parvenu;
    permettre permis; prendre pris prise; promettre promis; promouvoir promu; recevoir reçu
    reçue reçus reçues; rendre rendu; reprendre repris; soumettre soumis soumise; soutenir
    soutenu; survivre survécu; tenir tenu tenue; transmettre transmis; vaincre vaincu; vivre
    vécu""",
)
"""The term of one plain word."""
