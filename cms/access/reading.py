"""Search as a given reader: the only way in which the sites and the API search."""

from __future__ import annotations

from collections.abc import Sequence

from search.queries import Query
from search.results import Results
from search.services import search

from .audiences import Reader, audiences_of


def search_as(
    user: Reader,
    text: str,
    *,
    language: str,
    sites: Sequence[str] = (),
    kinds: Sequence[str] = (),
    page: int = 1,
    size: int = 10,
) -> Results:
    """What a reader may find. `language`: the reader's; `sites`: codes (empty: all sites)."""
    return search(
        Query(
            text=text,
            language=language,
            audiences=audiences_of(user),
            sites=tuple(sites),
            kinds=tuple(kinds),
            page=page,
            size=size,
        )
    )
