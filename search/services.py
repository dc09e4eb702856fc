"""Searching, as everybody does it: one call, one answer, whatever the engine's state."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import lru_cache

from django.conf import settings

from search.engines import engine_from_url
from search.engines.base import Engine, EngineError
from search.outbox import overdue
from search.queries import Query
from search.results import Results, Suggestion

logger = logging.getLogger(__name__)


def engine() -> Engine:
    """The engine that settings name, one for this process."""
    return _engine(getattr(settings, "SEARCH_URL", ""))


def search(query: Query) -> Results:
    """What the query finds, without what changed a while ago and the index does not know yet: an
    index that was away must not show what was made private meanwhile.

    Where the index can't be asked, the results say so (`available` is false) instead of raising:
    a page that shows a search is shown in any case, and nothing is leaked.
    """
    try:
        results = engine().search(query)
    except EngineError as error:
        logger.error("Search is not available: %s", error)
        return Results(hits=(), total=0, page=query.page, size=query.size, available=False)
    late = overdue([hit.key for hit in results.hits])
    if not late:
        return results
    kept = tuple(hit for hit in results.hits if hit.key not in late)
    return replace(results, hits=kept, total=results.total - len(results.hits) + len(kept))


def complete(query: Query) -> tuple[Suggestion, ...]:
    """Titles that go on as the query's text was begun; none where the index can't be asked."""
    try:
        found = engine().complete(query)
    except EngineError as error:
        logger.error("Search is not available: %s", error)
        return ()
    late = overdue([suggestion.key for suggestion in found])
    return tuple(suggestion for suggestion in found if suggestion.key not in late)


@lru_cache(maxsize=4)
def _engine(url: str) -> Engine:
    return engine_from_url(url)
