"""Load subjects from a thesaurus in CSV."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console

from cms.library.importing.records import ImportRefused
from cms.library.importing.subjects import import_subjects_file


class Command(BaseCommand):
    help = (
        "Load subjects from a thesaurus in CSV, all of it or nothing: code, name_ar … name_es, "
        "labels_ar … labels_es, broader, related, uri (several values separated by “|”)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV file (UTF-8, with a header line)")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with Console(stderr=True, no_color=options["no_color"]).status("Loading subjects"):
                result = import_subjects_file(path)
        except OSError as error:
            raise CommandError(f"{path} can't be read: {error.strerror}.") from error
        except ImportRefused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{result.created} subjects new, {result.updated} changed, {result.unchanged} as they "
            f"were; {result.unknown} links lead to no subject."
        )
