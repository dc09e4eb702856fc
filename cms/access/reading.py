"""Search as a given reader: the only way in which the sites and the API search.

The audiences are always those of the reader; nobody else's can be asked for. All other fields are
those of `search.queries.Query`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from search import services
from search.queries import Query
from search.results import Hit, Results, Suggestion

from .answers import Answer, straight_answer
from .audiences import Reader, audiences_of


def search_as(user: Reader, text: str, *, language: str, **narrowed: Any) -> Results:
    """What a reader may find. `language`: the reader's; the rest as in `Query`.

    Raises `search.queries.InvalidQuery` for what a caller put together wrongly, `InvalidCursor`
    for a cursor of another search.
    """
    return services.search(
        Query(text=text, language=language, audiences=audiences_of(user), **narrowed)
    )


def complete_as(
    user: Reader, text: str, *, language: str, **narrowed: Any
) -> tuple[Suggestion, ...]:
    """Titles that a reader may have begun to type; none where the index can't be asked."""
    return services.complete(
        Query(text=text, language=language, audiences=audiences_of(user), **narrowed)
    )


def answer_as(user: Reader, text: str, *, language: str) -> Answer | None:
    """What a text names among what a reader may read, or None."""
    return straight_answer(text, language=language, audiences=audiences_of(user))


def related_as(
    user: Reader,
    *,
    keys: Collection[str],
    text: str,
    language: str,
    kinds: tuple[str, ...] = (),
    sharing: Mapping[str, Collection[str]] | None = None,
    size: int = 5,
) -> tuple[Hit, ...]:
    """What is like an object: first what shares a value of these facets with it and half of the
    words of `text`, then what has the words alone. `keys`: its own key in the index, and those of
    other objects that are not wanted."""
    shared = {name: tuple(values) for name, values in (sharing or {}).items() if values}
    found: dict[str, Hit] = {}
    for filters in ([shared] if shared else []) + [{}]:
        if len(found) < size:
            results = search_as(
                user,
                text,
                language=language,
                filters=filters,
                kinds=kinds,
                without=(*keys, *found),
                spelling=False,
                size=size - len(found),
            )
            found |= {hit.key: hit for hit in results.hits}
    return tuple(found.values())
