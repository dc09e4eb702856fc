"""Take a person's second factor away, for whoever has the machine: the last administrator's
telephone may be lost too."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.signin.names import find_account
from cms.signin.second_factor import reset_second_factor


class Command(BaseCommand):
    help = "Take away a person's authenticator app and recovery codes, and end their sessions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="user name or e-mail address")

    def handle(self, *args: Any, **options: Any) -> None:
        person = find_account(options["name"])
        if person is None:
            raise CommandError("No account, or more than one, has this name: give the user name.")
        reset_second_factor(person, by=None)
        self.stdout.write(f"{person.get_username()} signs in with the password alone now.")
