"""Words of a script that is not the document's own: a name or an acronym in Latin letters in an
Arabic, Chinese or Russian text. Folded, never stemmed: nobody knows the language of a name."""

from search.analysis.words import fold


def term(word: str) -> str:
    """The term of one plain word."""
    return fold(word.removesuffix("'s")).replace("'", "")
