"""Applying the outbox to the index: in order, in batches, at least once, nothing lost.

A batch takes the engine's exclusive right to write, reads its rows, draws a version, reads the
objects, applies them in one durable step, and only then lets go of the rows. Killed at any point,
it leaves the rows behind and they are applied again, which changes nothing. Because rows and
objects are read under that right, what is written is never older than what is there; the version,
drawn before the objects are read, lets an engine without such a right refuse what is late.

An object whose builder fails is taken out of the index until it can be built: nobody knows any
more who may read it. Its row stays, with the error, and is tried again later and later.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from threading import Event

from django.db import connection, transaction
from django.utils import timezone

from search.building import DATABASE_AWAY, build, write
from search.engines.base import Engine, EngineBusy, EngineError
from search.models import OutboxEntry
from search.outbox import due
from search.rebuilding import forget_dead_rebuild, is_rebuilding, rebuild
from search.versions import draw_version

logger = logging.getLogger(__name__)

BATCH = 200
POLL_SECONDS = 0.1
LONGEST_WAIT = timedelta(hours=1)
_LONGEST_PAUSE = 30.0
_LONGEST_TURN = 1.0
_CHECK_EVERY = 60.0


@dataclass(frozen=True, slots=True)
class Applied:
    """How many rows were taken, and what became of their objects."""

    rows: int = 0
    written: int = 0
    removed: int = 0
    broken: int = 0

    def __add__(self, other: Applied) -> Applied:
        return Applied(
            self.rows + other.rows,
            self.written + other.written,
            self.removed + other.removed,
            self.broken + other.broken,
        )


def apply_pending(engine: Engine, *, stop: Event | None = None) -> Applied:
    """Apply what waits until nothing is due (or `stop` is set). Raises `EngineError`."""
    total = Applied()
    while due().exists() and not (stop and stop.is_set()):
        total += apply_batch(engine)
    return total


def apply_batch(engine: Engine, *, size: int = BATCH) -> Applied:
    """Apply the first `size` rows."""
    with engine.writing() as writing:
        entries = list(due()[:size])
        if not entries:
            return Applied()
        version = draw_version(above=engine.version())
        built = build(entry.key for entry in entries)
        write(writing, built, version=version)
        _settle(entries, built.broken)
    for key, error in built.broken.items():
        logger.error("%s can't be indexed and is not found until it can: %s", key, error)
    return Applied(len(entries), len(built.documents), len(built.absent), len(built.broken))


def watch(engine: Engine, stop: Event) -> None:
    """Follow the outbox until `stop` is set.

    Idle, it asks one short question of the database ten times a second. Builds the index where
    there is none or it is outdated. An engine or database that is away is waited for; a second
    indexer waits for its turn, and takes over when the first has ended.
    """
    pause = POLL_SECONDS
    told = ""
    idle = _CHECK_EVERY
    with engine.holding():
        while not stop.is_set():
            try:
                if idle >= _CHECK_EVERY:
                    _tend(engine)
                    idle = 0.0
                applied = apply_pending(engine, stop=stop)
            except (EngineError, *DATABASE_AWAY) as error:
                if str(error) != told:
                    logger.warning("The index waits: %s", error)
                told = str(error)
                connection.close()
                busy = isinstance(error, EngineBusy)
                pause = min(pause * 2, _LONGEST_TURN if busy else _LONGEST_PAUSE)
            else:
                if applied.rows:
                    logger.info(
                        "Index: %d written, %d taken away, %d broken (%d changes).",
                        applied.written,
                        applied.removed,
                        applied.broken,
                        applied.rows,
                    )
                pause = POLL_SECONDS
                told = ""
            stop.wait(pause)
            idle += pause


def _tend(engine: Engine) -> None:
    """What is looked after once in a while: an unfit index, a rebuild that died."""
    forget_dead_rebuild(engine)
    if reason := engine.rebuild_reason():
        logger.info("%s Building it.", reason)
        done = rebuild(engine, skip_broken=True)
        logger.info("The index is built: %d objects, %d broken.", done.objects, done.broken)


def _settle(entries: Iterable[OutboxEntry], broken: dict[str, str]) -> None:
    """Let go of the rows that were applied; the others wait longer each time."""
    done = [entry.pk for entry in entries if entry.key not in broken]
    with transaction.atomic():
        rows = OutboxEntry.objects.filter(pk__in=done)
        if is_rebuilding():
            rows.update(applied=timezone.now())
        else:
            rows.delete()
        for entry in entries:
            if entry.key in broken:
                wait = min(timedelta(seconds=2 ** min(entry.attempts, 20)), LONGEST_WAIT)
                OutboxEntry.objects.filter(pk=entry.pk).update(
                    attempts=entry.attempts + 1,
                    not_before=timezone.now() + wait,
                    error=broken[entry.key][:2000],
                )
