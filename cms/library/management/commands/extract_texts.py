"""Read the text of the files that wait for it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from rich.console import Console
from rich.progress import track

from cms.library.extraction.services import run_extraction
from cms.library.models import DocumentFile, Extraction


class Command(BaseCommand):
    help = (
        "Read the text of the files that wait for it: those whose job was lost, or all after "
        "files were brought in by other ways."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--failed", action="store_true", help="try those again that failed (not the refused)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["failed"]:
            DocumentFile.objects.filter(extraction=Extraction.FAILED).update(
                extraction=Extraction.WAITING, fault=""
            )
        waiting = DocumentFile.objects.filter(extraction=Extraction.WAITING)
        ids = list(waiting.order_by("uploaded_at", "pk").values_list("pk", flat=True))
        console = Console(stderr=True, no_color=options["no_color"])
        told = dict.fromkeys(Extraction.values, 0)
        for pk in track(ids, description="reading", console=console, disable=not ids):
            file = run_extraction(pk)
            if file is not None:
                told[file.extraction] += 1
                if file.fault:
                    self.stderr.write(f"{file}: {file.extraction_error}")
        self.stdout.write(
            f"{told[Extraction.DONE]} read, {told[Extraction.FAILED]} failed, "
            f"{told[Extraction.REFUSED]} refused."
        )
