"""Every address that Django's resolver knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver, reverse

#: "<int:page_id>" in a route.
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """One pattern. `name`: "namespace:name", or the route where it has no name; `parameters`:
    names of what it captures (numbers for unnamed groups)."""

    name: str
    route: str
    parameters: tuple[str, ...]
    pattern: URLPattern

    def __str__(self) -> str:
        return self.name

    @property
    def namespace(self) -> str:
        return self.name.rpartition(":")[0]

    @property
    def surface(self) -> str:
        """ "admin", "api" or "public"."""
        for prefix, surface in (("admin/", "admin"), ("api/", "api")):
            if self.route.startswith(prefix):
                return surface
        return "public"

    @cached_property
    def view(self) -> Any:
        """The view's class, else its function."""
        callback = self.pattern.callback
        return getattr(callback, "view_class", callback)

    @cached_property
    def model(self) -> type[models.Model] | None:
        """The model that a generic view of Wagtail is about."""
        initial = getattr(self.pattern.callback, "view_initkwargs", {})
        found = initial.get("model") or getattr(self.view, "model", None)
        return found if isinstance(found, type) and issubclass(found, models.Model) else None

    @property
    def lists(self) -> bool:
        """Whether its view lists things, and so may be searched, filtered and exported."""
        return hasattr(self.view, "paginate_by") or hasattr(self.view, "per_page")

    def path(self, values: dict[str, Any]) -> str:
        """The address with its parameters filled. Raises NoReverseMatch."""
        if not self.pattern.name:
            return "/" + _PARAMETER.sub(lambda found: str(values[found[1]]), self.route)
        if "0" in values:
            return reverse(self.name, args=[values[key] for key in sorted(values)])
        return reverse(self.name, kwargs=values)


def all_addresses(urlconf: str | None = None) -> list[Address]:
    """Every pattern, in the resolver's order.

    A pattern without a name that stands before a named one of the same route answers in its place:
    the name leads there.
    """
    found = list(_walk(get_resolver(urlconf), (), "", ()))
    named = {address.route for address in found if address.pattern.name}
    return [address for address in found if address.pattern.name or address.route not in named]


def _walk(
    resolver: URLResolver, namespaces: tuple[str, ...], before: str, captured: tuple[str, ...]
) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        names = captured + _captured(entry)
        if isinstance(entry, URLPattern):
            name = ":".join((*namespaces, entry.name)) if entry.name else route
            yield Address(name, route, names, entry)
        else:
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from _walk(entry, inner, route, names)


def _captured(entry: URLPattern | URLResolver) -> tuple[str, ...]:
    regex = entry.pattern.regex
    if regex.groupindex:
        return tuple(regex.groupindex)
    return tuple(str(number) for number in range(regex.groups))
