"""Snowball stemmers, one a language, safe to call from many threads."""

from __future__ import annotations

from threading import Lock

import Stemmer


class Snowball:
    """A Snowball stemmer of one language.

    The C stemmer keeps its state in the object, so calls take turns; the families remember what
    they have stemmed, and a lock is only reached for a word that was not seen before.
    """

    def __init__(self, algorithm: str) -> None:
        self._stemmer = Stemmer.Stemmer(algorithm, 0)
        self._turn = Lock()

    def __call__(self, word: str) -> str:
        """The stem of one lower-case word."""
        with self._turn:
            return str(self._stemmer.stemWord(word))
