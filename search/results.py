"""What a search answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

DEEPEST = 10_000
"""Objects that can be paged through; a reader who wants more narrows the search."""


class Fragment(NamedTuple):
    """A piece of text, and whether it is what was searched for.

    The text is plain: a template escapes it, and puts ``<mark>`` around what is marked. The
    pieces follow each other in the order of reading, whatever the direction of the script.
    """

    text: str
    marked: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """One object that was found, shown in the best of its languages that match.

    `language` is that of `title`, `passage` and `url`; `languages` are all in which the object
    exists. `passage` is empty where the object has no text beside its title.
    """

    key: str
    language: str
    site: str
    kind: str
    url: str
    date: datetime | None
    symbol: str
    languages: tuple[str, ...]
    title: tuple[Fragment, ...]
    passage: tuple[Fragment, ...]

    @property
    def plain_title(self) -> str:
        """The title as one string, unmarked."""
        return "".join(fragment.text for fragment in self.title)


@dataclass(frozen=True, kw_only=True, slots=True)
class Results:
    """A page of hits. `total` counts objects, each once, and is exact.

    `available` is false where the index could not be asked: a page then says so, instead of
    saying that nothing was found.
    """

    hits: tuple[Hit, ...]
    total: int
    page: int
    size: int
    available: bool = True

    @property
    def pages(self) -> int:
        """How many pages can be turned to."""
        return -(-min(self.total, DEEPEST) // self.size)

    @property
    def has_previous(self) -> bool:
        """Whether there is a page before this one."""
        return self.page > 1 and self.pages > 0

    @property
    def has_next(self) -> bool:
        """Whether there is a page after this one."""
        return self.page < self.pages

    @property
    def first(self) -> int:
        """The number of the first hit on this page, counted from 1; 0 where there is none."""
        return (self.page - 1) * self.size + 1 if self.hits else 0

    @property
    def last(self) -> int:
        """The number of the last hit on this page; 0 where there is none."""
        return self.first + len(self.hits) - 1 if self.hits else 0
