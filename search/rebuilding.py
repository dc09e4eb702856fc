"""Building a new index while the old one serves and goes on changing.

1. The rebuild is noted in the database: from then on the indexer keeps the rows that it applies.
2. All objects are read and put into a new index, beside the one that serves.
3. Other writers are shut out; the objects of the kept rows are read again and applied to the
   new index; it takes the old one's place in one step. The rows are let go.

Every change is thus in the new index: made before 1 it is read in 2, applied before 3 it is in a
kept row, later it is a row that still waits. Killed anywhere, the old index goes on serving.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from search.building import build, write
from search.engines.base import Engine, EngineBusy, EngineError, Rebuilding, Writing
from search.models import IndexState, OutboxEntry
from search.outbox import enqueue
from search.registry import builders
from search.versions import draw_version

BATCH = 200
DEAD_AFTER = timedelta(minutes=10)


class RebuildFailed(EngineError):
    """The new index was given up; the old one still serves. The message says why."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many objects and documents the new index has, and how many could not be built."""

    objects: int
    documents: int
    broken: int


Progress = Callable[[str, int], None]
"""Called with a builder's prefix and how many of its objects were just treated."""


def rebuild(
    engine: Engine, *, progress: Progress | None = None, skip_broken: bool = False
) -> Rebuilt:
    """Build a new index from the database and let it serve.

    A broken object stops the rebuild (`RebuildFailed` names it), or with `skip_broken` is left
    out and left to the outbox. `EngineBusy` when a rebuild is running already.
    """
    with engine.rebuilding() as fresh:
        token = _begin()
        try:
            done = _fill(fresh, token, progress=progress, skip_broken=skip_broken)
            with fresh.swapping() as writing:
                _still_ours(token)
                _replay(writing)
        finally:
            _end(token)
    return done


def is_rebuilding() -> bool:
    """Whether a rebuild needs the rows that are applied meanwhile."""
    return IndexState.objects.filter(rebuild__isnull=False).exists()


def forget_dead_rebuild(engine: Engine) -> bool:
    """Let go of the rows kept for a rebuild that was killed; whether there was one.

    Under the right to write: a rebuild that was only asleep finds out before it swaps.
    """
    dead = IndexState.objects.filter(rebuild_seen__lt=timezone.now() - DEAD_AFTER)
    if not dead.exists():
        return False
    with engine.writing():
        for state in dead:
            if state.rebuild:
                _end(state.rebuild)
    return True


def _fill(
    fresh: Rebuilding, token: UUID, *, progress: Progress | None, skip_broken: bool
) -> Rebuilt:
    treated = objects = documents = 0
    broken: list[str] = []
    for prefix, builder in builders().items():
        for ids in _batches(builder.all_ids()):
            built = build(f"{prefix}:{identity}" for identity in ids)
            if built.broken and not skip_broken:
                key, error = next(iter(built.broken.items()))
                raise RebuildFailed(
                    f"{key} can't be built ({error}). Mend it, or leave such objects out with "
                    "--skip-broken. The old index still serves."
                )
            # Version 0: whatever the outbox brought meanwhile is newer.
            made = [replace(document, version=0) for document in built.all_documents]
            fresh.add(made)
            objects += len(built.documents)
            documents += len(made)
            broken += built.broken
            treated += len(ids)
            _seen(token, treated=treated)
            if progress:
                progress(prefix, len(ids))
    with transaction.atomic():
        enqueue(broken)  # The outbox tries them again, and shows their errors.
    return Rebuilt(objects=objects, documents=documents, broken=len(broken))


def _replay(writing: Writing) -> None:
    """Apply to the new index what the indexer applied to the old one since the rebuild began."""
    kept = OutboxEntry.objects.filter(applied__isnull=False)
    keys = kept.order_by("key").values_list("key", flat=True).distinct()
    for some in _batches(keys):
        version = draw_version()
        write(writing, build(some), version=version)


def _begin() -> UUID:
    """Note the rebuild; one that died before is forgotten, with the rows kept for it."""
    token = uuid4()
    IndexState.objects.update_or_create(
        pk=IndexState.SINGLE,
        defaults={"rebuild": token, "rebuild_seen": timezone.now(), "rebuild_objects": 0},
    )
    return token


def _seen(token: UUID, *, treated: int) -> None:
    IndexState.objects.filter(rebuild=token).update(
        rebuild_seen=timezone.now(), rebuild_objects=treated
    )


def _still_ours(token: UUID) -> None:
    if not IndexState.objects.filter(rebuild=token).exists():
        raise EngineBusy(
            "This rebuild was taken for dead, or another one began; the old index still serves. "
            "Run search_rebuild again."
        )


def _end(token: UUID) -> None:
    ended = IndexState.objects.filter(rebuild=token).update(rebuild=None, rebuild_seen=None)
    if ended:
        OutboxEntry.objects.filter(applied__isnull=False).delete()


def _batches(values: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(values)
    while some := list(islice(rest, BATCH)):
        yield some
