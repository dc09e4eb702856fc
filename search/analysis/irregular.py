"""Forms that no stemmer brings together: "women" and "woman", "نساء" and "امرأة"."""

from __future__ import annotations

from collections.abc import Callable


def other_forms(term: Callable[[str], str], words: str) -> dict[str, str]:
    """{term of a form: term of its word}, of "woman women; take took taken": the word, then forms
    of it that have terms of their own."""
    found: dict[str, str] = {}
    for group in words.split(";"):
        word, *forms = map(term, group.split())
        found |= {form: word for form in forms if form != word}
    return found
