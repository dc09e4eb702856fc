"""manage.py import_missions [FILE.csv]"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.progress import Progress

from cms.missions.services import ImportRefused, import_missions, read_csv, reference_rows


class Command(BaseCommand):
    help = (
        "Load missions from a CSV file in UTF-8 (all rows, or, if one is wrong, none); "
        "without a file, the list of the 193 Member States and two observer States."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", nargs="?", help="its columns are in docs/howto/page-types-missions.md"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"]) if options["file"] else None
        try:
            rows = read_csv(_content(path)) if path else reference_rows()
            with Progress(transient=True) as bar:
                task = bar.add_task("Missions", total=len(rows))
                result = import_missions(
                    rows, progress=lambda done, total: bar.update(task, completed=done)
                )
        except ImportRefused as error:
            raise CommandError(f"{path}: {error}" if path else str(error)) from error
        self.stdout.write(
            f"{result.created} missions made, {result.updated} changed, "
            f"{result.unchanged} as they were."
        )


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} can't be read: {error.strerror}.") from error
