"""manage.py resume_site fra"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms.lifecycle.management.site_command import refusals_told
from cms.lifecycle.selectors import find_site
from cms.lifecycle.services import resume_site


class Command(BaseCommand):
    help = "Show a suspended site again as it was."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="code of the site: fra")

    def handle(self, *args: Any, **options: Any) -> None:
        with refusals_told():
            new = resume_site(find_site(options["code"]), by=None)
        self.stdout.write("Resumed." if new else "It was not suspended.")
