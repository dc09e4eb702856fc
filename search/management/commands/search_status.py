"""How the index is doing."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from search.services import engine
from search.status import index_status


class Command(BaseCommand):
    """Prints the state of the index and of the queue before it; ends with 1 if the index can't
    be asked."""

    help = (
        "Shows the state of the search index: engine and versions, size, objects by kind and "
        "language, what waits and for how long, what fails, how far a rebuild is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object, for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        status = index_status(engine())
        if options["json"]:
            self.stdout.write(json.dumps(status, ensure_ascii=False, indent=2))
        else:
            table = Table(show_header=False, box=None, pad_edge=False)
            for name, text in _rows(status):
                table.add_row(name, escape(text))
            Console(file=self.stdout, soft_wrap=True).print(table)  # type: ignore[arg-type]
        if status["problem"]:
            raise SystemExit(1)


def _rows(status: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    index, queue, rebuild = status["index"], status["queue"], status["rebuild"]
    if index:
        software = f" ({index['software']})" if index["software"] else ""
        yield "Engine", f"{index['engine']}{software}, {index['place']}"
        yield (
            "Index",
            f"{index['objects']} objects, {index['documents']} documents, "
            f"{index['bytes'] / 1_000_000:.1f} MB, version {index['version']}",
        )
        for name, counts in (("Kinds", index["kinds"]), ("Languages", index["languages"])):
            if counts:
                yield name, ", ".join(f"{value} {count}" for value, count in counts.items())
    else:
        yield "Index", status["problem"]
    yield (
        "Queue",
        f"{queue['waiting']} waiting, the oldest for {queue['lag_seconds']:.1f} s; "
        f"{queue['failing']} failing",
    )
    for failure in queue["failures"]:
        yield "", f"{failure['key']} (attempts: {failure['attempts']}): {failure['error']}"
    if rebuild:
        yield "Rebuild", f"{rebuild['objects']} objects treated, last seen {rebuild['seen']}"
    if index and index["rebuild_reason"]:
        yield "", f"{index['rebuild_reason']} Run manage.py search_rebuild."
