"""What an answer should not have said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cms.access.audiences import reads_portal

from .addresses import Address
from .asking import Answer
from .words import of_group, tokens_in
from .world import Caller, World

#: Addresses inside the admin that show published pages: the public may read those words.
PUBLISHED_IN_ADMIN: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Leak:
    """Something that a stranger learned or changed."""

    address: str
    caller: str
    method: str
    label: str
    what: str

    def __str__(self) -> str:
        return f"{self.address} · {self.caller} · {self.method} · {self.label} · {self.what}"


def foreign_words(world: World, caller: Caller, address: Address, answer: Answer) -> Iterator[str]:
    """Words of tenants that are not the caller's, with where they stood."""
    others = [code for code in world.tenants if code not in caller.tenants]
    secret_only = address.surface != "admin" or address.name in PUBLISHED_IN_ADMIN
    for where, text in answer.texts.items():
        found = tokens_in(text, of=others, secret_only=secret_only)
        if secret_only and not _reads_portal(caller):
            found |= tokens_in(text, of=["portal"])
        for token in sorted(found):
            yield f"{token} in {where}"
        if address.surface == "admin":
            for code in others:
                if code in ("directory", "portal", "candiweb"):
                    continue
                if of_group(code).search(text):
                    yield f"a group or workflow of {code} in {where}"


def _reads_portal(caller: Caller) -> bool:
    """Whether the portal's published pages are for the caller (by token or session)."""
    return caller.user is not None and reads_portal(caller.user)
