"""Facets: by what a search is narrowed, and counted.

A facet is a name and short values that mean nothing to the index: ``body`` with ``GA``, ``C.3``.
Four are known of every document: its site, kind, languages and year. Other apps declare theirs
from `AppConfig.ready`, with what people read, and put the values into `Document.facets`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

BUILT_IN = ("site", "kind", "language", "year")
"""What every document has, whether its builder names it or not."""

LONGEST_VALUE = 100

_NAME = re.compile(r"[a-z][a-z_]{0,30}")
_CONTROLS = re.compile("[\u0000-\u001f\u007f\ud800-\udfff]")


class InvalidFacet(ValueError):
    """A facet's name or value that no engine may take; the message says what to write."""


Labels = Callable[[Collection[str], str], Mapping[str, str]]
"""labels(values, language): what people read for these values. At most one query."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Facet:
    """A facet as people see it.

    `label`: its name, translated lazily. `labels`: names of values in a language, those of
    unknown values may be left out. `newest_first`: values are listed downwards by themselves
    (years), not by how often they occur. `position`: where it stands on the page, the lowest
    first.
    """

    name: str
    label: str | Promise
    labels: Labels
    newest_first: bool = False
    position: int = 50


_facets: dict[str, Facet] = {}


def register_facet(facet: Facet) -> None:
    """Let people narrow by `facet`."""
    checked({facet.name: ()})
    _facets[facet.name] = facet


def facets() -> dict[str, Facet]:
    """The registered facets by name, in the order of the page."""
    return {one.name: one for one in sorted(_facets.values(), key=lambda one: one.position)}


def checked(values: Mapping[str, Collection[str]]) -> None:
    """Raise `InvalidFacet` unless these are facets with values that an engine can keep."""
    for name, some in values.items():
        if not _NAME.fullmatch(name):
            raise InvalidFacet(f"{name!r} is no name of a facet: use small letters, as in 'body'.")
        if isinstance(some, str) or not all(isinstance(value, str) for value in some):
            raise InvalidFacet(f"The values of {name!r} are {some!r}; give several strings.")
        for value in some:
            if not value or len(value) > LONGEST_VALUE or _CONTROLS.search(value):
                raise InvalidFacet(
                    f"{value[:LONGEST_VALUE]!r} is no value of the facet {name!r}: 1 to "
                    f"{LONGEST_VALUE} characters, none of them a control character."
                )
