"""Build the index anew, beside the one that serves."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines.base import EngineError
from search.management.bars import bars
from search.rebuilding import rebuild
from search.services import engine

_INTERRUPTED = 130


class Command(BaseCommand):
    """Reads every object from the database into a new index and lets that one serve."""

    help = (
        "Builds a new search index from the database and swaps it in. The old index serves "
        "meanwhile, and changes made meanwhile are in both."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--skip-broken",
            action="store_true",
            help="leave out objects that can't be built, instead of giving up",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with bars(self.stdout) as progress:
                done = rebuild(engine(), progress=progress, skip_broken=options["skip_broken"])
        except EngineError as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt as error:
            raise CommandError(
                "Interrupted: the new index was given up. The one that was there still serves.",
                returncode=_INTERRUPTED,
            ) from error
        self.stdout.write(
            f"The new index serves: {done.objects} objects, {done.documents} documents, "
            f"{done.broken} left out as broken."
        )
