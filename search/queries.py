"""What may be asked of the index."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from search.analysis import LANGUAGES
from search.facets import InvalidFacet, checked

PUBLIC = "public"
"""The audience of everybody; the only one that a query has unless others are named."""

LARGEST_SIZE = 100


class InvalidQuery(ValueError):
    """A query that a caller put together wrongly; never caused by what a reader typed."""


class InvalidCursor(InvalidQuery):
    """A cursor that this search did not give out: begin again without one."""


class Sort(StrEnum):
    """The order of hits. What has no date or symbol comes last."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    SYMBOL = "symbol"


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """What a reader looks for, and what the reader may see.

    `text` is anything a person typed; no text finds everything that the filters leave, if there
    are filters or a `sort` was asked for, else nothing. `language` is the reader's, one of the
    six: hits in it come first. `audiences` are those the reader belongs to: leaving them out
    means the public, and none at all is refused. `languages` narrows which texts are looked at;
    `filters` narrows to objects that have one of the values of each facet named there; `sites`
    and `kinds` are short for those two filters. `since` and `until` (days, both included) leave
    out what has another date or none. `without` are keys of objects not wanted.

    `facets` are the names of the facets to count. `spelling`: whether words that nothing knows
    are looked for as they were probably meant.

    `page` counts from 1 (anything below is 1), `size` is 1 to 100. `after` is a cursor from the
    results before, and goes before `page`.
    """

    text: str = ""
    language: str
    audiences: frozenset[str] = frozenset({PUBLIC})
    sites: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    without: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    sort: Sort = Sort.RELEVANCE
    spelling: bool = True
    page: int = 1
    size: int = 10
    after: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "audiences", frozenset(_several(self.audiences, "audiences")))
        for name in ("sites", "kinds", "languages", "without", "facets"):
            object.__setattr__(self, name, tuple(_several(getattr(self, name), name)))
        object.__setattr__(self, "page", max(1, self.page))
        if not self.audiences or "" in self.audiences:
            raise InvalidQuery(
                "A query needs the audiences its reader belongs to: leave them out for "
                f"{PUBLIC!r}, or name them."
            )
        unknown = [code for code in (self.language, *self.languages) if code not in LANGUAGES]
        if unknown:
            raise InvalidQuery(
                f"{', '.join(map(repr, unknown))}: not a language of the index; "
                f"one of {', '.join(LANGUAGES)}."
            )
        if not 1 <= self.size <= LARGEST_SIZE:
            raise InvalidQuery(f"size is {self.size}: ask for 1 to {LARGEST_SIZE} hits a page.")
        try:
            checked(self.filters)
            checked(dict.fromkeys(self.facets, ()))
        except InvalidFacet as error:
            raise InvalidQuery(str(error)) from error
        if self.sort not in list(Sort):
            raise InvalidQuery(f"sort is {self.sort!r}: one of {', '.join(Sort)}.")
        object.__setattr__(self, "sort", Sort(self.sort))

    @property
    def searched_languages(self) -> tuple[str, ...]:
        """The languages whose text is looked at, the reader's own first."""
        chosen = self.languages or LANGUAGES
        return tuple(
            sorted(chosen, key=lambda code: (code != self.language, LANGUAGES.index(code)))
        )

    @property
    def narrowed(self) -> dict[str, tuple[str, ...]]:
        """Every filter by facet that leaves something out: {name: values, one of which it has}."""
        short = {"site": self.sites, "kind": self.kinds}
        both = {**short, **{name: tuple(values) for name, values in self.filters.items()}}
        return {name: values for name, values in both.items() if values}

    @property
    def browses(self) -> bool:
        """Whether a query without text asks for everything that is left."""
        return bool(self.narrowed or self.since or self.until or self.sort is not Sort.RELEVANCE)


def _several(value: object, name: str) -> Collection[str]:
    """`value` if it is a collection of strings; a lone string would be taken letter by letter."""
    if (
        isinstance(value, str)
        or not isinstance(value, Collection)
        or not all(isinstance(item, str) for item in value)
    ):
        raise InvalidQuery(f"{name} is {value!r}: give several names, as in {{'public'}}.")
    return value
