"""What a search answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

DEEPEST = 10_000
"""Objects that can be paged through by number, or by relevance at all; lists that are sorted by
date or symbol go on by cursor to their end."""


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


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet, and how many of the found objects have it."""

    value: str
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """A title that a reader may have begun to type, with where it leads."""

    key: str
    language: str
    site: str
    kind: str
    url: str
    title: str
    symbol: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Results:
    """A page of hits. `total` counts objects, each once, and is exact.

    `facets` has, for each facet that was asked for, all its values among the found objects, the
    most frequent first; the filter by that same facet is left aside, so that a second value can
    be added. `next` is the cursor of the following page, "" on the last. `meant` is the typed
    text as it was probably meant, "" where every word is known; what it finds is among the hits
    already. `available` is false where the index could not be asked: a page then says so,
    instead of saying that nothing was found.
    """

    hits: tuple[Hit, ...]
    total: int
    page: int
    size: int
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    next: str = ""
    meant: str = ""
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
