"""The scope of the running request: the only thing that the managers ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

#: treebeard's materialised path: the tree's root, above every site.
ROOT_PATH_LENGTH = 4


@dataclass(frozen=True)
class Scope:
    """What a request may see: pages below `paths` (each the path of a site's home page), with what
    lies above them, and media in `collections` (ids). `sites`: ids of those sites' profiles."""

    paths: tuple[str, ...] = ()
    collections: tuple[int, ...] = ()
    sites: tuple[int, ...] = ()

    @property
    def ancestors(self) -> tuple[str, ...]:
        """Paths of what lies above the sites: the tree's root, which belongs to nobody."""
        return tuple({path[:ROOT_PATH_LENGTH] for path in self.paths})


#: Inside this, nothing is found.
NOTHING = Scope()

_current: ContextVar[Scope | None] = ContextVar("tenancy_scope", default=None)


def current() -> Scope | None:
    """The scope that queries are kept inside; None where nothing is limited."""
    return _current.get()


def limit_to(scope: Scope | None) -> None:
    """Keep what follows inside a scope, until the enclosing `limited_to` ends."""
    _current.set(scope)


@contextmanager
def limited_to(scope: Scope | None) -> Iterator[None]:
    """Keep the queries of a block inside a scope (None: unlimited), then go back."""
    token = _current.set(scope)
    try:
        yield
    finally:
        _current.reset(token)


def kept_inside(scope: Scope | None, parts: Iterable[T]) -> Iterator[T]:
    """Each part of something that is made after its request has ended (an export), inside."""
    iterator = iter(parts)
    while True:
        with limited_to(scope):
            try:
                part = next(iterator)
            except StopIteration:
                return
        yield part
