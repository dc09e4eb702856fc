"""What may be asked of the index."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from search.analysis import LANGUAGES

PUBLIC = "public"
"""The audience of everybody; the only one that a query has unless others are named."""

LARGEST_SIZE = 100


class InvalidQuery(ValueError):
    """A query that a caller put together wrongly; never caused by what a reader typed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """What a reader looks for, and what the reader may see.

    `text` is anything a person typed; no text is an error. `language` is the reader's, one of
    the six: hits in it come first. `audiences` are those the reader belongs to: leaving them out
    means the public, and none at all is refused. `sites`, `kinds`, `languages` narrow the search
    where they are not empty; with `languages`, only the text in those languages is looked at.
    `page` counts from 1 (anything below is 1), `size` is 1 to 100.
    """

    text: str
    language: str
    audiences: frozenset[str] = frozenset({PUBLIC})
    sites: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    page: int = 1
    size: int = 10

    def __post_init__(self) -> None:
        object.__setattr__(self, "audiences", frozenset(_several(self.audiences, "audiences")))
        for name in ("sites", "kinds", "languages"):
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

    @property
    def searched_languages(self) -> tuple[str, ...]:
        """The languages whose text is looked at, the reader's own first."""
        chosen = self.languages or LANGUAGES
        return tuple(
            sorted(chosen, key=lambda code: (code != self.language, LANGUAGES.index(code)))
        )


def _several(value: object, name: str) -> Collection[str]:
    """`value` if it is a collection of strings; a lone string would be taken letter by letter."""
    if (
        isinstance(value, str)
        or not isinstance(value, Collection)
        or not all(isinstance(item, str) for item in value)
    ):
        raise InvalidQuery(f"{name} is {value!r}: give several names, as in {{'public'}}.")
    return value
