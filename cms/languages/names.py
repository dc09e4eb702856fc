"""Names of States and of regional groups in six languages, for rooms that know only their codes.

The room that keeps them registers a provider from its `AppConfig.ready()`; rooms beside it
(committees, elections) ask here. Without a provider, or for a code that it does not know, the
code itself is the name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from . import codes

#: (codes, our language code) → {code: name}, for the codes that the provider knows; a name that
#: the language lacks is given in the best one there is. At most one query a call.
Names = Callable[[Collection[str], str], Mapping[str, str]]

_providers: dict[str, Names] = {}
_STATES, _GROUPS = "States", "regional groups"


class ProviderTaken(ValueError):
    """Raised when a second room registers the same names."""

    def __init__(self, what: str, known: Names) -> None:
        super().__init__(f"The names of {what} come from {known!r} already: unregister it first.")


def register_state_names(provider: Names) -> Names:
    """Let `provider` name the States by ISO code ("FRA"). Raises ProviderTaken."""
    return _register(_STATES, provider)


def register_group_names(provider: Names) -> Names:
    """Let `provider` name the regional groups by code ("WEOG"). Raises ProviderTaken."""
    return _register(_GROUPS, provider)


def unregister_state_names() -> Names | None:
    """Take the provider away and give it back, so that it can be registered again (tests do)."""
    return _providers.pop(_STATES, None)


def unregister_group_names() -> Names | None:
    """Take the provider away and give it back, so that it can be registered again (tests do)."""
    return _providers.pop(_GROUPS, None)


def state_names(wanted: Collection[str], language: str) -> dict[str, str]:
    """{ISO code: short name in the language} for every code asked for, in their order.

    One call of the provider, however many codes. Raises UnknownLanguage.
    """
    return _names(_STATES, wanted, language)


def state_name(code: str, language: str) -> str:
    """The short name of one State, or its code. For several, ask `state_names` once."""
    return state_names([code], language).get(code, code)


def group_names(wanted: Collection[str], language: str) -> dict[str, str]:
    """{code: name in the language} of regional groups, as `state_names`."""
    return _names(_GROUPS, wanted, language)


def _register(what: str, provider: Names) -> Names:
    known = _providers.setdefault(what, provider)
    if known is not provider:
        raise ProviderTaken(what, known)
    return provider


def _names(what: str, wanted: Collection[str], language: str) -> dict[str, str]:
    codes.get(language)
    unique = list(dict.fromkeys(code for code in wanted if code))
    provider = _providers.get(what)
    known = provider(unique, language) if provider and unique else {}
    return {code: known.get(code) or code for code in unique}
