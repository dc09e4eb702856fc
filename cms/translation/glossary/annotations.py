"""What the glossary adds to the side-by-side editor: marks, notes, and a way to itself."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.pages.models import Page

from ..side_by_side import Mark, Offer, Piece
from .book import Book, How, book
from .naming import naming_of
from .policies import may_read_terms


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


def way_to_the_glossary(page: Page, source: str, target: str, user: User) -> Offer | None:
    """A link above the pieces."""
    return Offer(reverse("translation:glossary"), _("Glossary")) if may_read_terms(user) else None
