"""What the worker does by the clock, beside its jobs and the index."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from django.core.management import call_command
from django.db import close_old_connections, connections

logger = logging.getLogger(__name__)

#: Seconds between two looks at the clock.
PULSE = 5.0
MINUTE = 60.0
HOUR = 3600.0


@dataclass(frozen=True)
class Chore:
    """Something that is safe to do at any time and twice. `every`: seconds."""

    name: str
    run: Callable[[], object]
    every: float = HOUR


def house_chores() -> Sequence[Chore]:
    """The chores of every installation."""
    from cms.finding.letters import write_due_letters
    from cms.library.extraction.services import take_up_waiting
    from cms.library.importing.uploads import sweep_uploads
    from cms.lifecycle.services import delete_due_sites, sweep
    from cms.pages.publication import apply_due, publish_due
    from cms.translation.together.services import release_due

    return (
        Chore("release and withdraw languages", apply_due, every=MINUTE / 4),
        Chore("publish scheduled pages", publish_due, every=MINUTE / 4),
        Chore("release sets of pages", release_due, every=MINUTE / 4),
        # What has expired is taken down by Wagtail's own command.
        Chore("expire pages", partial(call_command, "publish_scheduled"), every=MINUTE),
        Chore("write letters about saved searches", write_due_letters, every=10 * MINUTE),
        Chore("delete due sites", delete_due_sites),
        Chore("sweep archives", sweep),
        Chore("take up texts that wait to be read", take_up_waiting),
        Chore("sweep uploads of imports", sweep_uploads),
    )


class Rota:
    """Which chore is due. Each is done once at the start, then by its clock."""

    def __init__(self, chores: Sequence[Chore]) -> None:
        self._chores = chores
        self._next: dict[str, float] = {}

    def run_due(self, now: float) -> list[str]:
        """Do what is due at `now` (seconds of any clock that goes forward); give the names. One
        that fails is logged and done again at its next time; the others are done all the same."""
        done = []
        for chore in self._chores:
            if now < self._next.get(chore.name, now):
                continue
            self._next[chore.name] = now + chore.every
            try:
                chore.run()
            except Exception:
                logger.exception("The chore “%s” failed; it is tried again later", chore.name)
            done.append(chore.name)
        return done


def keep(stop: threading.Event) -> None:
    """Do the house's chores until stopped."""
    rota = Rota(house_chores())
    try:
        while not stop.is_set():
            close_old_connections()
            rota.run_due(time.monotonic())
            stop.wait(PULSE)
    finally:
        connections.close_all()
