"""Load documents from a CSV file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from cms.library.csv_rows import COLUMNS, ImportRefused
from cms.library.services import import_documents


class Command(BaseCommand):
    help = (
        "Load documents from a CSV file, all of it or nothing; what is there already is brought "
        f"up to date. Columns: {', '.join(COLUMNS)}."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV file (UTF-8, with a header line)")

    def handle(self, *args: Any, **options: Any) -> None:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        console = Console(stderr=True, no_color=options["no_color"])
        try:
            with Progress(*columns, console=console) as progress:
                tasks = {
                    step: progress.add_task(step, total=None) for step in ("reading", "writing")
                }
                result = import_documents(
                    options["file"],
                    report=lambda step, done, total: progress.update(
                        tasks[step], completed=done, total=total or None
                    ),
                )
        except OSError as error:
            raise CommandError(f"{options['file']} can't be read: {error.strerror}.") from error
        except ImportRefused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{result.total} documents: {result.created} new, {result.updated} changed, "
            f"{result.unchanged} as they were."
        )
