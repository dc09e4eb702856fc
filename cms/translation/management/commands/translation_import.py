"""manage.py translation_import fra-eau-fr-ar.xlf --user marie [--look]"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.languages.exchange.documents import MAX_BYTES
from cms.translation.exchange.command import shown, user_named
from cms.translation.exchange.incoming import Report, import_file, preview_file
from cms.translation.exchange.planning import FileRefused


class Command(BaseCommand):
    help = "Take a translation file in, as a user who may write the pages; all of it, or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="XLIFF 2 or PO, as it was exported")
        parser.add_argument("--user", required=True, help="who brings it; what they may, it may")
        parser.add_argument("--look", action="store_true", help="say what would come; save nothing")
        parser.add_argument(
            "--take",
            action="append",
            default=[],
            help="take a reported text, by the mark behind it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        user = user_named(options["user"])
        try:
            if options["look"]:
                report = preview_file(data, user=user)
            else:
                with shown("Importing") as progress:
                    report = import_file(data, user=user, chosen=options["take"], progress=progress)
        except FileRefused as refused:
            told = "\n".join(f"  {problem}" for problem in refused.problems)
            raise CommandError(f"Nothing was taken from {path.name}:\n{told}") from refused
        self._tell(report, is_look=options["look"])

    def _tell(self, report: Report, *, is_look: bool) -> None:
        for page in report.pages:
            verb = "would be taken" if is_look else "taken"
            self.stdout.write(f"{page.plan.document.original}: {len(page.taken)} texts {verb}.")
        for line in report.reported:
            mark = f"  --take '{line.token}'" if line.may_be_asked_for else ""
            reason = f" {line.problem}" if line.problem else ""
            self.stdout.write(
                f"Line {line.unit.line}: {line.label}: {line.outcome.label}.{reason}{mark}"
            )
