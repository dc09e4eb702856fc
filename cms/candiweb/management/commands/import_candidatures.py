"""manage.py import_candidatures FILE.csv"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.progress import Progress

from cms.candiweb.services import ImportRefused, import_candidatures, read_candidatures


class Command(BaseCommand):
    help = "Announce and submit candidatures from a CSV file in UTF-8: all rows, or none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="its columns are in docs/howto/page-types-candiweb.md")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        try:
            rows = read_candidatures(path.read_bytes())
            with Progress(transient=True) as bar:
                task = bar.add_task("Candidatures", total=len(rows))
                made, kept = import_candidatures(
                    rows, progress=lambda done, total: bar.update(task, completed=done)
                )
        except OSError as error:
            raise CommandError(f"{path} can't be read: {error.strerror}.") from error
        except ImportRefused as error:
            raise CommandError(f"{path}: {error}") from error
        self.stdout.write(f"{made} candidatures made, {kept} as they were.")
