"""Marks on the words of a source that the glossary knows, for the side-by-side editor."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from ..side_by_side import Mark, Piece
from .book import Book, How, book
from .naming import naming_of


def marks_on(text: str, source: str, target: str, *, using: Book | None = None) -> list[Mark]:
    """The terms that stand in a source, with what they are called in the target language. One
    query (see `book`), none with `using`."""
    found = []
    for start, end, sense in (using or book()).find(text, source):
        official = sense.entry.official(target, sense.how)
        if not official or sense.is_weak:
            continue
        note = sense.entry.note
        if sense.how is How.AVOID:
            right = sense.entry.official(source)
            note = _("The source should say “%(official)s”.") % {"official": right}
        found.append(Mark(start, end, official, note))
    return found


def notes_on(pieces: Sequence[Piece], source: str, target: str) -> dict[str, list[str]]:
    """{key: sentences} about names in the pieces of a translation. At most two queries."""
    told = naming_of(pieces, source, target)
    return {key: [str(warning) for warning in warnings] for key, warnings in told.items()}
