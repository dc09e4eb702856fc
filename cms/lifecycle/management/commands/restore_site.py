"""manage.py restore_site fra.zip [--code fr2] [--hostname fr2.example.org] [--suspended]"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.lifecycle.management.site_command import refusals_told, shown
from cms.lifecycle.services.archives import restore_from


class Command(BaseCommand):
    help = "Make a site from an archive, which is checked first: all of it is done, or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the archive")
        parser.add_argument("--code", default="", help="default: that of the archived site")
        parser.add_argument("--hostname", default="", help="default: <code>.<MISSIONS_DOMAIN>")
        parser.add_argument("--suspended", action="store_true", help="show it to nobody yet")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        started = time.monotonic()
        with refusals_told(), shown("Restoring") as progress:
            made = restore_from(
                path,
                code=options["code"],
                hostname=options["hostname"],
                suspended=options["suspended"],
                progress=progress,
            )
        seconds = time.monotonic() - started
        counts = ", ".join(f"{count} {name}" for name, count in made.counts.items())
        address = f"{made.profile.site.root_url}/"
        self.stdout.write(f"{made.profile.code}  {address}  {counts}; {seconds:.1f} s.")
        for note in made.notes:
            self.stdout.write(f"Note: {note}")
