"""What other rooms add, from `AppConfig.ready()`: routers, and forms of their records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from ninja import Router

#: (record, language of the reader) → JSON-like value.
RecordForm = Callable[[Any, str], Any]


class RegistryError(Exception):
    """A resource is registered twice; the message names both owners."""


@dataclass(frozen=True)
class Resource:
    """A router under a prefix ("/documents/"), and the room that registered it."""

    prefix: str
    load: Callable[[], Router]
    owner: str


_resources: dict[str, Resource] = {}
_record_forms: dict[type[models.Model], RecordForm] = {}


def register_router(prefix: str, load: Callable[[], Router], *, owner: str) -> None:
    """Serve a router under `/api/v3/<prefix>`.

    `prefix`: "/documents/"; `load`: gives the router when the addresses are made, so that it may
    import models; `owner`: the room's name. Registering again for the same owner replaces.
    Raises RegistryError where the prefix is another room's.
    """
    if not (prefix.startswith("/") and prefix.endswith("/") and len(prefix) > 2):
        raise RegistryError(f"{prefix!r} is no prefix: write it as in '/documents/'.")
    known = _resources.get(prefix)
    if known is not None and known.owner != owner:
        raise RegistryError(
            f"The prefix {prefix} belongs to {known.owner} already: give {owner} another one."
        )
    _resources[prefix] = Resource(prefix, load, owner)


def resources() -> list[Resource]:
    """What is registered, in the order of registration."""
    return list(_resources.values())


def register_record_form(model: type[models.Model], form: RecordForm) -> None:
    """Say how records of a model look where a page's `api_fields` name a relation to them."""
    _record_forms[model] = form


def record_form(model: type[models.Model]) -> RecordForm | None:
    """The registered form of a model's records, or None."""
    return _record_forms.get(model)
