from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.languages import codes
from cms.languages.catalogues import po_path, problems, waiting


class Command(BaseCommand):
    help = "Fail if any entry of our six catalogues is missing, fuzzy, stale or would break."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--waiting",
            nargs="*",
            choices=codes.CODES,
            metavar="LANGUAGE",
            help="Instead, count the entries that wait for a native speaker; with languages "
            "(ar zh fr …), list theirs.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["waiting"] is not None:
            self._tell_waiting(options["waiting"])
            return
        found = problems(settings.BASE_DIR, settings.LOCALE_PATHS[0])
        for problem in found[:50]:
            self.stderr.write(str(problem))
        if found:
            raise CommandError(
                f"{len(found)} entries to mend: run `manage.py make_catalogues`, then translate "
                "what is empty in locale/*/LC_MESSAGES/django.po."
            )
        self.stdout.write("Catalogues complete in six languages.")

    def _tell_waiting(self, listed: list[str]) -> None:
        """One line a language, with its file; below it the entries where they are asked for."""
        for language in codes.LANGUAGES:
            entries = waiting(settings.LOCALE_PATHS[0], language)
            path = po_path(settings.LOCALE_PATHS[0], language).relative_to(settings.BASE_DIR)
            self.stdout.write(f"{language.code}  {len(entries):4}  {path}")
            if language.code in listed:
                for entry in entries:
                    self.stdout.write(f"    {entry!r}")
