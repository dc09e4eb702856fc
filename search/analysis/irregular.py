"""Forms that no stemmer brings together: "women" and "woman", "نساء" and "امرأة"."""

from __future__ import annotations

from collections.abc import Callable


def with_other_forms(stemmed: Callable[[str], str], words: str) -> Callable[[str], str]:
    """`stemmed`, but with the term of the word for its forms that have terms of their own, given
    as "woman women; take took taken": the word, then its forms."""
    other: dict[str, str] = {}
    for group in words.split(";"):
        word, *forms = map(stemmed, group.split())
        other |= {form: word for form in forms if form != word}

    def term(word: str) -> str:
        found = stemmed(word)
        return other.get(found, found)

    return term
