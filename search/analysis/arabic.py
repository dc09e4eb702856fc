"""Arabic: letters that are written in several ways made one, then a light stemmer.

Normalising drops vowel marks and tatweel and unifies alef, ya, ta marbuta and the carriers of
hamza. The stemmer takes away the clitics written onto a word (and, in, for, the, his, their …)
and the endings of number, gender and relation. It never looks for a root: ``كاتب`` and ``مكتبة``
stay apart.
"""

from __future__ import annotations

import re

from search.analysis.words import word_set

SHORTEST = 3
"""Letters that must be left after anything is taken away."""

_VOWELS_AND_TATWEEL = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_LETTERS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ې": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ۀ": "ه",
        "ک": "ك",
        "ڪ": "ك",
        "ء": None,
    }
)

_PREFIXES = (
    "وبال", "وكال", "فبال", "فكال", "ولل", "فلل", "وال", "فال", "بال", "كال", "ال", "لل",
    "وب", "ول", "وك", "فب", "فل", "و", "ف", "ب", "ل", "ك",
)  # fmt: skip
_ARTICLES = frozenset(prefix for prefix in _PREFIXES if prefix.endswith(("ال", "لل")))
_PRONOUNS = ("كما", "هما", "هم", "هن", "ها", "كم", "كن", "نا", "ني")
_ENDINGS = ("يات", "تان", "تين", "ات", "ان", "ون", "ين", "يه", "تي", "ه", "ي", "ت", "ا")


def normalise(word: str) -> str:
    """One spelling of the word's letters."""
    return _VOWELS_AND_TATWEEL.sub("", word).translate(_LETTERS)


STOPWORDS = frozenset(
    normalise(word)
    for word in word_set(
        """في من على إلى عن مع هذا هذه ذلك تلك التي الذي الذين اللذين ما لا أن إن كان
    كانت يكون تكون هو هي هم أو أي ثم قد كل بين بعد قبل عند منذ حتى لم لن كما إذا غير بعض و ف به بها
    له لها لهم فيه فيها منه منها عليه عليها إليه إليها وفي ومن وعلى وإلى وعن ولا وما وأن وهو وهي
    بأن لأن ذات أيضا"""
    )
)


def _without_clitics(word: str) -> str:
    for prefix in _PREFIXES:
        if word.startswith(prefix):
            left = len(word) - len(prefix)
            enough = SHORTEST if prefix in _ARTICLES or prefix == "و" else SHORTEST + 1
            if left >= enough:
                return word[len(prefix) :]
    return word


def _without_one_of(word: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word[: -len(ending)]
    return word


def term(word: str) -> str:
    """The term of one plain word."""
    word = normalise(word)
    if len(word) <= SHORTEST or not word.isalpha():
        return word
    return _without_one_of(_without_one_of(_without_clitics(word), _PRONOUNS), _ENDINGS)
