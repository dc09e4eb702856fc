"""manage.py invite_person fra lea@example.org editor translator:ar --by secretariat"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms.languages import codes
from cms.people.management.people_command import (
    add_site_and_actor,
    find_site,
    find_user,
    refusals_told,
    role_choice,
)
from cms.people.services import invite


class Command(BaseCommand):
    help = "Invite somebody by e-mail to hold roles on a site."

    def add_arguments(self, parser: CommandParser) -> None:
        add_site_and_actor(parser)
        parser.add_argument("email")
        parser.add_argument("roles", nargs="+", metavar="ROLE", help="editor, translator:ar, …")
        parser.add_argument("--language", default="en", choices=codes.CODES, help="of the letter")

    def handle(self, *args: Any, **options: Any) -> None:
        with refusals_told():
            invitation = invite(
                options["email"],
                [role_choice(words) for words in options["roles"]],
                site=find_site(options["site"]),
                by=find_user(options["by"]),
                language=options["language"],
            )
        self.stdout.write(f"The invitation to {invitation.email} is on its way.")
