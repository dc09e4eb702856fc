"""What other modules offer for a language of a page, as links above its pieces.

Registered from `AppConfig.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.contrib.auth.models import User

from cms.pages.models import Page


class Offer(NamedTuple):
    """A link. `label`: in the active language."""

    url: str
    label: str


#: (page, source language, target language, user) → what is offered, or None.
Maker = Callable[[Page, str, str, User], Offer | None]

_makers: list[Maker] = []


def register_offer(maker: Maker) -> None:
    """Add a maker, once."""
    if maker not in _makers:
        _makers.append(maker)


def offers_for(page: Page, source: str, target: str, user: object) -> list[Offer]:
    """What is offered to a user."""
    if not isinstance(user, User):
        return []
    made = (maker(page, source, target, user) for maker in _makers)
    return [offer for offer in made if offer is not None]
