from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cms.languages.catalogues import compile_catalogues


class Command(BaseCommand):
    help = "Compile the catalogues of all six languages (no gettext tools needed)."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        written = compile_catalogues(settings.LOCALE_PATHS[0])
        self.stdout.write(f"{len(written)} catalogues compiled")
