from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cms.languages import codes
from cms.languages.catalogues import extract_messages, update_catalogue


class Command(BaseCommand):
    help = "Bring the catalogues of all six languages in line with the code and templates."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--locale-dir", type=Path, default=settings.LOCALE_PATHS[0])

    def handle(self, *args: Any, **options: Any) -> None:
        template = extract_messages(settings.BASE_DIR)
        for language in codes.LANGUAGES:
            empty = update_catalogue(options["locale_dir"], language, template)
            self.stdout.write(f"{language.code}: {empty} of {len(template)} entries without text")
