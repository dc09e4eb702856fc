"""What two people have both changed: shown to the one who comes second, who chooses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from cms.languages.parts import digest_of

from .contents import digest_of_block

MINE, THEIRS = "mine", "theirs"


def digest_of_part(value: Any) -> str:
    """The digest of a field's value or of a block; "" for what is empty or not there."""
    if isinstance(value, Mapping) and value.keys() >= {"type", "value"}:
        return digest_of_block(value)
    return "" if value is None else digest_of(value)


@dataclass(frozen=True)
class Conflict:
    """A part that both have changed to different words.

    `key`: of the part ("title_ar", "body_ar#<block id>", "offices#12.name_ar"); `column`: of the
    page, or the relation; `language`: "" for what all languages share; `theirs`, `mine`: values as
    content holds them (a block: its type and value), None where it was taken out.
    """

    key: str
    column: str
    field: str
    language: str
    block: str
    theirs: Any
    mine: Any

    @property
    def keep_mine(self) -> str:
        """The choice of my words over these words of theirs, and no others."""
        return f"{MINE}:{digest_of_part(self.theirs)}"

    @property
    def take_theirs(self) -> str:
        """The choice of their words over these words of mine, and no others."""
        return f"{THEIRS}:{digest_of_part(self.mine)}"


@dataclass(frozen=True)
class Place:
    """Where a part stands: see `Conflict`."""

    key: str
    column: str
    field: str
    language: str
    block: str = ""

    def at(self, block: str) -> Place:
        """A block of this stream."""
        return replace(self, key=f"{self.column}#{block}", block=block)

    def conflict(self, theirs: Any, mine: Any) -> Conflict:
        """Both values of this part."""
        return Conflict(
            self.key, self.column, self.field, self.language, self.block, theirs=theirs, mine=mine
        )
