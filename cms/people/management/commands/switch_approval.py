"""manage.py switch_approval fra on --by secretariat"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms.people.approval import switch_approval
from cms.people.management.people_command import (
    add_site_and_actor,
    find_site,
    find_user,
    refusals_told,
)


class Command(BaseCommand):
    help = "Let the pages of a mission need approval, or let its editors publish."

    def add_arguments(self, parser: CommandParser) -> None:
        add_site_and_actor(parser)
        parser.add_argument("state", choices=("on", "off"))

    def handle(self, *args: Any, **options: Any) -> None:
        with refusals_told():
            switch_approval(
                find_site(options["site"]),
                on=options["state"] == "on",
                by=find_user(options["by"]),
            )
        self.stdout.write(f"The approval of pages is {options['state']}.")
