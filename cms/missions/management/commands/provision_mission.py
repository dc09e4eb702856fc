"""manage.py provision_mission FRA [SEN …] | --all"""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.progress import Progress

from cms.access.services import HostnameTaken, SiteCodeTaken
from cms.missions.models import Mission
from cms.missions.services import UnknownMission, provision_all, provision_mission


class Command(BaseCommand):
    help = "Make a mission's site: host, pages in six languages, roles, collection, workflow."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("codes", nargs="*", metavar="CODE", help="three letters: FRA")
        parser.add_argument("--all", action="store_true", help="every mission that has no site")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["codes"]) == options["all"]:
            raise CommandError("Name one mission or more (FRA), or give --all.")
        try:
            if options["all"]:
                self._provision_all()
            else:
                self._provision(options["codes"])
        except (UnknownMission, HostnameTaken, SiteCodeTaken) as error:
            raise CommandError(str(error)) from error

    def _provision(self, codes: list[str]) -> None:
        for code in codes:
            made = provision_mission(code)
            state = "made" if made.created else "was there already; its roles are in order"
            self.stdout.write(f"{made.mission.code}  {made.url}  {state}")

    def _provision_all(self) -> None:
        if not Mission.objects.exists():
            raise UnknownMission("", [])
        started = time.monotonic()
        with Progress(transient=True) as bar:
            task = bar.add_task("Sites", total=None)
            made, kept = provision_all(
                progress=lambda code, done, total: bar.update(
                    task, completed=done, total=total, description=f"Sites: {code}"
                )
            )
        seconds = time.monotonic() - started
        self.stdout.write(f"{made} sites made, {kept} were there already, in {seconds:.1f} s.")
