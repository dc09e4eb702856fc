"""Load documents from a CSV, MARC 21 or MARCXML file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

from cms.library.importing.csv_reader import COLUMNS
from cms.library.importing.loading import ImportResult, ImportTaken, import_documents
from cms.library.importing.records import ImportRefused
from cms.library.importing.report import write_report
from cms.library.importing.sources import SourceFormat

#: Problems that are shown; the report holds them all.
SHOWN = 20


class Command(BaseCommand):
    help = (
        "Load documents from a file; what is there already is brought up to date. Bad records are "
        "listed and the others loaded; the same command again goes on where one was cut off. "
        f"Columns of a CSV file: {', '.join(COLUMNS)}."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV (UTF-8), MARC 21 or MARCXML")
        parser.add_argument(
            "--format", choices=SourceFormat.values, default="", help="default: by the file's name"
        )
        parser.add_argument(
            "--all-or-nothing",
            action="store_true",
            help="load nothing if any record is bad or names an unknown subject",
        )
        parser.add_argument(
            "--create-subjects", action="store_true", help="make subjects that there are none of"
        )
        parser.add_argument(
            "--report",
            type=Path,
            help="where the list of problems goes; default: <file>.problems.csv",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            result = self._load(path, options)
        except OSError as error:
            raise CommandError(f"{path} can't be read: {error.strerror}.") from error
        except (ImportRefused, ImportTaken) as error:
            raise CommandError(str(error)) from error
        self._tell(result, options["report"] or Path(f"{path}.problems.csv"))

    def _load(self, path: Path, options: dict[str, Any]) -> ImportResult:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(),
            TimeElapsedColumn(),
        )
        console = Console(stderr=True, no_color=options["no_color"])
        with Progress(*columns, console=console) as progress:
            tasks: dict[str, Any] = {}

            def report(step: str, done: int, total: int) -> None:
                if step not in tasks:
                    tasks[step] = progress.add_task(step)
                progress.update(tasks[step], completed=done, total=total)

            return import_documents(
                path,
                format=options["format"],
                all_or_nothing=options["all_or_nothing"],
                create_subjects=options["create_subjects"],
                report=report,
            )

    def _tell(self, result: ImportResult, report: Path) -> None:
        if result.resumed_at:
            self.stdout.write(f"Went on behind record {result.resumed_at}.")
        self.stdout.write(
            f"{result.total} documents: {result.created} new, {result.updated} changed, "
            f"{result.unchanged} as they were."
        )
        if result.run is None or not (result.run.refused or result.run.left_out):
            return
        write_report(result.run, report)
        for problem in result.run.problems.all()[:SHOWN]:
            self.stderr.write(str(problem))
        self.stderr.write(
            f"{result.run.refused} records were refused, and {result.run.left_out} parts of "
            f"others were left out: {report} lists them."
        )
