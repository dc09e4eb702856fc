from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.languages.catalogues import problems


class Command(BaseCommand):
    help = "Fail if any entry of our six catalogues is missing, fuzzy, stale or would break."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        found = problems(settings.BASE_DIR, settings.LOCALE_PATHS[0])
        for problem in found[:50]:
            self.stderr.write(str(problem))
        if found:
            raise CommandError(
                f"{len(found)} entries to mend: run `manage.py make_catalogues`, then translate "
                "what is empty in locale/*/LC_MESSAGES/django.po."
            )
        self.stdout.write("Catalogues complete in six languages.")
