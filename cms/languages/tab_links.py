"""Links in the editor's language tabs to what higher layers do with that language of an object.

Filled from `AppConfig.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.http import HttpRequest
from django.utils.functional import Promise


@dataclass(frozen=True)
class TabLink:
    """A link, with the words on it."""

    url: str
    label: str | Promise


#: (a stored object, language code, request) → a link; None where there is nothing to do.
Provider = Callable[[models.Model, str, HttpRequest], TabLink | None]

_providers: list[Provider] = []


def register_tab_link(provider: Provider) -> None:
    """Add a provider, once."""
    if provider not in _providers:
        _providers.append(provider)


def tab_links(instance: models.Model, code: str, request: HttpRequest) -> list[TabLink]:
    """The links of one language's tab; none for an object that is not stored yet."""
    if not instance.pk:
        return []
    found = [provider(instance, code, request) for provider in _providers]
    return [link for link in found if link is not None]
