"""manage.py suspend_site fra [--reason TEXT]"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms.lifecycle.management.site_command import refusals_told
from cms.lifecycle.selectors import find_site
from cms.lifecycle.services import suspend_site


class Command(BaseCommand):
    help = "Show a mission's site to nobody and shut its people out; nothing is lost."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="code of the site: fra")
        parser.add_argument("--reason", default="", help="kept in the log")

    def handle(self, *args: Any, **options: Any) -> None:
        with refusals_told():
            new = suspend_site(find_site(options["code"]), by=None, reason=options["reason"])
        self.stdout.write("Suspended." if new else "It was suspended already.")
