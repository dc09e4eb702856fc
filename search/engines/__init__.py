"""Search engines behind one port.

`base` is the port; each engine is one file or package, and the only one that imports its library.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from search.engines.base import Engine, InvalidSearchURL

SCHEMES = {
    "embedded": "search.engines.embedded:from_url",
    "elasticsearch+http": "search.engines.elasticsearch:from_url",
    "elasticsearch+https": "search.engines.elasticsearch:from_url",
}
"""The scheme of SEARCH_URL, and the function that makes the engine; imported when it is used."""


def engine_from_url(url: str) -> Engine:
    """A new engine for an address such as ``embedded:///var/lib/missions/index``.

    Nothing is opened or created yet. Raises `InvalidSearchURL`, which names what to write.
    """
    if not isinstance(url, str) or not url.strip():
        raise InvalidSearchURL(
            "SEARCH_URL is not set. Write embedded:// and the absolute path of a directory, "
            "for example embedded:///var/lib/missions/index."
        )
    scheme, found, _ = url.partition("://")
    if not found or scheme not in SCHEMES:
        # No more of it is repeated: there may be a password in it.
        raise InvalidSearchURL(
            f"SEARCH_URL begins with {scheme.partition(':')[0]!r}, which is no search engine known "
            f"here. Use one of: {', '.join(f'{known}://' for known in SCHEMES)}."
        )
    module, _, name = SCHEMES[scheme].partition(":")
    make = cast("Callable[[str], Engine]", getattr(import_module(module), name))
    return make(url)
