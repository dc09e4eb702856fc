"""What people type as their name, and whose it is."""

from __future__ import annotations

import unicodedata

from django.contrib.auth.models import User
from django.db.models import Q

LONGEST = 254


def plain_name(typed: str) -> str:
    """A name in the form in which names are compared: compatibility forms (NFKC: full width,
    ligatures) made plain, blanks, controls and invisible marks dropped, letter case folded."""
    text = unicodedata.normalize("NFKC", typed)
    text = "".join(
        character
        for character in text
        if not character.isspace() and unicodedata.category(character)[0] != "C"
    )
    return unicodedata.normalize("NFKC", text.casefold())[:LONGEST]


def find_account(typed: str) -> User | None:
    """Whose user name or e-mail address this is, in whatever letter case; None for nobody and
    where it would be two people's. One query.

    A letter of another script that looks alike is another letter: it finds nobody.
    """
    plain = plain_name(typed)
    if not plain:
        return None
    typed = typed.replace("\x00", "")  # which PostgreSQL takes in no text
    found = list(
        User.objects.filter(
            Q(username=typed) | Q(username__iexact=plain) | Q(email__iexact=plain)
        ).order_by("pk")[:20]
    )
    for same in (
        [user for user in found if user.username == typed],
        [user for user in found if plain_name(user.username) == plain],
        found,
    ):
        if len(same) == 1:
            return same[0]
        if same:
            return None
    return None
