"""What many tests begin with, built once while tests that ask for it follow each other.

    @world
    def fra():
        return make_site("fra")

    @world
    def water(fra):
        return add_page(fra, title="Eau")

are fixtures like any others: each test gets what they return, as a copy of its own, and a database
that holds what they wrote and nothing that another test did. But they are built in savepoints
outside the test's transaction, one upon the other in the order in which they are defined, and stay
for the next test that asks for the same; a test that does not ask for them never meets them. The
first test of a process, the first that asks for a fixture of a session and those with transactions
of their own build theirs like any fixture.

A world asks for no fixtures but worlds, and leaves nothing outside the database that its end does
not take away: a generator yields its value and cleans up. It is no company for a fixture of a
module or a session that keeps a transaction open.
"""

from __future__ import annotations

import copy
import functools
import inspect
import itertools
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection, transaction

from tests import databases

#: Scopes of fixtures that other tests will have too.
LASTING = frozenset({"module", "package", "session"})

_numbers = itertools.count()


@dataclass(frozen=True, eq=False)
class World:
    """A kept fixture: its place among all, what it stands on, and how it is made."""

    name: str
    number: int
    below: tuple[str, ...]
    made: Callable[..., AbstractContextManager[Any]]
    is_shared: bool


def world(build: Callable[..., Any] | None = None, *, is_shared: bool = False) -> Any:
    """A fixture with what `build` returns or yields. `is_shared`: all tests get the same object,
    which none may change."""
    if build is None:
        return functools.partial(world, is_shared=is_shared)
    made = contextmanager(build if inspect.isgeneratorfunction(build) else _yielding(build))
    below = tuple(inspect.signature(build).parameters)
    found = World(build.__name__, next(_numbers), below, made, is_shared)

    def fixture(**given: Any) -> Iterator[Any]:
        del given["db"]
        if found.name in standing.values:
            yield _held(standing.values[found.name])
        else:
            with made(**given) as value:
                yield value

    fixture.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in ("db", *below)]
    )
    fixture.__doc__ = build.__doc__
    fixture.world = found  # type: ignore[attr-defined]
    return pytest.fixture(name=found.name)(fixture)


def _yielding(build: Callable[..., Any]) -> Callable[..., Iterator[Any]]:
    def yields(**given: Any) -> Iterator[Any]:
        yield build(**given)

    return yields


@dataclass(frozen=True)
class _Shared:
    """A value that is not copied."""

    value: Any

    def __deepcopy__(self, _memo: Any) -> _Shared:
        return self


def _held(value: Any) -> Any:
    return value.value if isinstance(value, _Shared) else value


@dataclass
class _Level:
    world: World
    #: What all levels up to this one returned, as this one's building left it: never handed out.
    values: dict[str, Any]
    undo: ExitStack


class Standing:
    """The worlds that stand in this process's database, the first at the bottom.

    `values`: what they gave to the test that runs.
    """

    def __init__(self) -> None:
        self.levels: list[_Level] = []
        self.values: dict[str, Any] = {}
        self.blocker: Any = None

    def stand_for(self, item: pytest.Item) -> None:
        """Before a test is set up: let stand what it asks for, and nothing else."""
        if self.blocker is None:
            return  # there is no database yet
        wanted = _wanted_by(item)
        same = 0
        for level, one in zip(self.levels, wanted, strict=False):
            if level.world is not one:
                break
            same += 1
        with self.blocker.unblock():
            self._take_down(same)
            for one in wanted[same:]:
                self._build(one)
        self.values = copy.deepcopy(self.levels[-1].values) if self.levels else {}

    def end(self) -> None:
        """When the database goes."""
        with self.blocker.unblock():
            self._take_down(0)
        self.blocker = None

    def _build(self, one: World) -> None:
        if not self.levels and connection.in_atomic_block:
            raise RuntimeError(
                f"The world {one.name!r} can't stand in the transaction of another fixture, which "
                "ends before it: ask for one of them in this module, or make both worlds."
            )
        values = copy.deepcopy(self.levels[-1].values) if self.levels else {}
        if missing := set(one.below) - set(values):
            raise RuntimeError(f"The world {one.name!r} asks for what is no world: {missing}")
        with ExitStack() as undo:
            undo.callback(_empty_caches)
            undo.enter_context(_rolled_back())
            made = undo.enter_context(one.made(**{name: _held(values[name]) for name in one.below}))
            values[one.name] = _Shared(made) if one.is_shared else made
            _empty_caches()
            self.levels.append(_Level(one, values, undo.pop_all()))

    def _take_down(self, to: int) -> None:
        while len(self.levels) > to:
            self.levels.pop().undo.close()


@contextmanager
def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _empty_caches() -> None:
    for cache in caches.all(initialized_only=True):
        cache.clear()


def _wanted_by(item: pytest.Item) -> list[World]:
    if databases.has_transactions_of_its_own(item):
        return []
    known = getattr(getattr(item, "_fixtureinfo", None), "name2fixturedefs", {})
    defined = [known[name][-1] for name in getattr(item, "fixturenames", ()) if name in known]
    if any(one.scope in LASTING and one.cached_result is None for one in defined):
        return []  # what is set up for more than this test must find nothing of it
    worlds = [one.func.world for one in defined if hasattr(one.func, "world")]
    return sorted(worlds, key=lambda found: found.number)


standing = Standing()
