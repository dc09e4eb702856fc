"""manage.py suspend_person fra fra.editor --by secretariat [--resume]"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms.people.management.people_command import (
    add_site_and_actor,
    find_site,
    find_user,
    refusals_told,
)
from cms.people.services import resume, suspend


class Command(BaseCommand):
    help = "Suspend one of the people of a site there, or give them back what they held."

    def add_arguments(self, parser: CommandParser) -> None:
        add_site_and_actor(parser)
        parser.add_argument("person", metavar="NAME", help="user name")
        parser.add_argument("--resume", action="store_true", help="lift the suspension")

    def handle(self, *args: Any, **options: Any) -> None:
        act = resume if options["resume"] else suspend
        with refusals_told():
            person = act(
                find_user(options["person"]).pk,
                site=find_site(options["site"]),
                by=find_user(options["by"]),
            )
        state = "works on the site again" if options["resume"] else "is suspended on the site"
        self.stdout.write(f"{person.get_username()} {state}.")
