"""Where the parameters of an address take their values from: a tenant's objects, or a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from cms.pages.models import Page

from .tenants import Tenant
from .world import World

#: Ids that nobody has.
MADE_UP = 987_654_321
MADE_UP_TEXT = "nobody-has-this-987654321"


class Nothing(LookupError):
    """Raised where a tenant has no object of the kind that an address asks for."""


@dataclass(frozen=True)
class Of:
    """An object of a model; `state`: the name of a tenant's page or medium (default: the first)."""

    model: type[models.Model]
    state: str = ""

    def value(self, world: World, code: str) -> Any:
        tenant = world.tenants.get(code)
        if tenant is not None and self.state:
            named = tenant.pages.get(self.state) or tenant.media.get(self.state)
            if named is not None:
                return named.pk
        for pk in world.objects(self.model, code):
            return pk
        raise Nothing(f"{code or 'shared'} has no {self.model._meta.label}")

    made_up: Any = MADE_UP


@dataclass(frozen=True)
class Made:
    """A text made from a tenant: an address of a page, a host name."""

    make: Callable[[Tenant], str]
    #: Whether everybody may know that it exists.
    public: bool = False
    made_up: str = MADE_UP_TEXT

    def value(self, world: World, code: str) -> str:
        if code not in world.tenants:
            raise Nothing(code)
        return self.make(world.tenants[code])


@dataclass(frozen=True)
class Fixed:
    """The same values whoever asks."""

    values: tuple[Any, ...]

    def __init__(self, *values: Any) -> None:
        object.__setattr__(self, "values", values)


Source = Of | Made | Fixed


def pages(state: str) -> Of:
    """A page in a state."""
    return Of(Page, state)


def owner_of(world: World, source: Source, codes: Iterable[str]) -> str:
    """The first of these tenants that has such an object. Raises Nothing."""
    for code in codes:
        try:
            source.value(world, code)  # type: ignore[union-attr]
        except Nothing:
            continue
        return code
    raise Nothing(f"none of {', '.join(codes)} has {source}")
