"""How the index is doing."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines.base import EngineError
from search.services import engine
from search.status import index_status


class Command(BaseCommand):
    """Prints the state of the index and of the queue before it."""

    help = "Shows the state of the search index: size, versions, what waits, what fails."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object, for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            status = index_status(engine())
        except EngineError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(status, ensure_ascii=False, indent=2))
            return
        index, queue = status["index"], status["queue"]
        self.stdout.write(f"Engine     {index['engine']}, {index['place']}")
        self.stdout.write(
            f"Index      {index['objects']} objects, {index['documents']} documents, "
            f"{index['bytes'] / 1_000_000:.1f} MB, version {index['version']}"
        )
        self.stdout.write(
            f"Queue      {queue['waiting']} waiting, the oldest for {queue['lag_seconds']:.1f} s; "
            f"{queue['failing']} failing"
        )
        for failure in queue["failures"]:
            self.stdout.write(
                f"  {failure['key']} (attempts: {failure['attempts']}): {failure['error']}"
            )
        if status["rebuilding_since"]:
            self.stdout.write(f"Rebuild    running, last seen {status['rebuilding_since']}")
        if index["rebuild_reason"]:
            self.stdout.write(f"{index['rebuild_reason']} Run manage.py search_rebuild.")
