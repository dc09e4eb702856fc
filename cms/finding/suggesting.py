"""What may have been begun: titles and symbols, those first whose symbol was being typed."""

from __future__ import annotations

from collections.abc import Sequence

from cms.access.audiences import Reader
from cms.access.reading import complete_as
from search.analysis import compact
from search.results import Suggestion

_LOOKED_AT = 4
"""How many times more are asked for than are shown: "A/RES/6" also begins words of titles, and
what has that symbol must not be lost behind them."""


def suggestions_as(
    user: Reader, text: str, *, language: str, sites: Sequence[str] = (), size: int
) -> tuple[Suggestion, ...]:
    """At most `size` things that the reader may read and may have begun to type."""
    if not text:
        return ()
    found = complete_as(user, text, language=language, sites=sites, size=size * _LOOKED_AT)
    begun = compact(text)
    if begun:
        found = tuple(sorted(found, key=lambda one: not compact(one.symbol).startswith(begun)))
    return found[:size]


def suggestions_from(
    user: Reader, text: str, *, language: str, site: str, size: int
) -> tuple[Suggestion, ...]:
    """The same, of one site first; then of all, since a document's symbol leads to it from
    anywhere."""
    found = suggestions_as(user, text, language=language, sites=(site,), size=size)
    if len(found) < size:
        known = {one.key for one in found}
        everywhere = suggestions_as(user, text, language=language, size=size)
        found += tuple(one for one in everywhere if one.key not in known)
    return found[:size]
