"""The names of States in six languages, for rooms that know a State by its ISO code only.

The room that keeps the States registers a provider from its `AppConfig.ready()`; rooms beside it
(committees, elections) ask here. Without a provider, or for a code that it does not know, the
code itself is the name.

The same room registers the official names as they are, language by language (`official_names`),
and says when they change (`official_names_changed`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.dispatch import Signal

from . import codes

#: (ISO codes, our language code) → {code: short name}, for the codes that the provider knows; a
#: name that the language lacks is given in the best one there is. At most one query a call.
Names = Callable[[Collection[str], str], Mapping[str, str]]

_providers: list[Names] = []


class ProviderTaken(ValueError):
    """Raised when a second room registers the names of States."""

    def __init__(self, known: Names) -> None:
        super().__init__(f"The names of States come from {known!r} already: unregister it first.")


def register_state_names(provider: Names) -> Names:
    """Let `provider` name the States by ISO code ("FRA"). Raises ProviderTaken."""
    if _providers and _providers[0] is not provider:
        raise ProviderTaken(_providers[0])
    _providers[:] = [provider]
    return provider


def unregister_state_names() -> Names | None:
    """Take the provider away and give it back, so that it can be registered again (tests do)."""
    return _providers.pop() if _providers else None


def state_names(wanted: Collection[str], language: str) -> dict[str, str]:
    """{ISO code: short name in the language} for every code asked for, in their order.

    One call of the provider, however many codes. Raises UnknownLanguage.
    """
    codes.get(language)
    unique = list(dict.fromkeys(code for code in wanted if code))
    known = _providers[0](unique, language) if _providers and unique else {}
    return {code: known.get(code) or code for code in unique}


def state_name(code: str, language: str) -> str:
    """The short name of one State, or its code. For several, ask `state_names` once."""
    return state_names([code], language).get(code, code)


# --- official names ------------------------------------------------------------------------------


@dataclass(frozen=True)
class OfficialName:
    """A State's short and full names, {code: name}; languages that have none are missing."""

    code: str
    short: Mapping[str, str]
    full: Mapping[str, str]


#: ISO codes (None: all) → the official names of those States. One query a call.
OfficialNames = Callable[[Collection[str] | None], Iterable[OfficialName]]

#: Sent with `codes` (of States) where a State was added, renamed or removed.
official_names_changed = Signal()

_official: list[OfficialNames] = []


def register_official_names(provider: OfficialNames) -> OfficialNames:
    """Let `provider` give the official names. A second one takes the place of the first."""
    _official[:] = [provider]
    return provider


def official_names(wanted: Collection[str] | None = None) -> list[OfficialName]:
    """The official names of the States asked for (None: all); [] where no room keeps them."""
    return list(_official[0](wanted)) if _official else []
