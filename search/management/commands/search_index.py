"""Let the index follow the database."""

from __future__ import annotations

import signal
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines.base import EngineError
from search.indexer import apply_pending, watch
from search.services import engine


class Command(BaseCommand):
    """``search_index --watch`` runs until it is stopped; ``--once`` applies what waits."""

    help = "Applies the changes that wait in the outbox to the search index."

    def add_arguments(self, parser: ArgumentParser) -> None:
        how = parser.add_mutually_exclusive_group(required=True)
        how.add_argument(
            "--watch",
            action="store_true",
            help="go on until SIGTERM or Ctrl-C; builds the index where there is none",
        )
        how.add_argument("--once", action="store_true", help="apply what waits, and end")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with _until_told_to_stop() as stop:
                if options["watch"]:
                    watch(engine(), stop)
                    return
                applied = apply_pending(engine(), stop=stop)
        except EngineError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{applied.rows} changes: {applied.written} objects written, "
            f"{applied.removed} taken away, {applied.broken} broken."
        )


@contextmanager
def _until_told_to_stop() -> Iterator[Event]:
    """An event that SIGTERM and Ctrl-C set, so that the batch at hand is finished first."""
    stop = Event()

    def tell(number: int, frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, tell) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
