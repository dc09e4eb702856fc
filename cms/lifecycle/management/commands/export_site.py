"""manage.py export_site fra [FILE]"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.lifecycle.management.site_command import refusals_told, shown
from cms.lifecycle.selectors import find_site
from cms.lifecycle.services.archives import export_patiently, sha256_of


class Command(BaseCommand):
    help = "Archive a mission's site whole: one ZIP file (docs/howto/archive.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="code of the site: fra")
        parser.add_argument("file", nargs="?", help="default: <code>.zip in this folder")

    def handle(self, *args: Any, **options: Any) -> None:
        target = Path(options["file"] or f"{options['code'].lower()}.zip").resolve()
        if target.exists():
            raise CommandError(f"{target} exists already: name another file, or remove it.")
        started = time.monotonic()
        with refusals_told(), shown("Archiving") as progress:
            made = export_patiently(find_site(options["code"]), target, progress=progress)
        seconds = time.monotonic() - started
        counts = ", ".join(f"{count} {name}" for name, count in made.counts.items())
        size = target.stat().st_size / 1e6
        self.stdout.write(f"{target}: {counts}; {size:.1f} MB in {seconds:.1f} s.")
        self.stdout.write(f"SHA-256 {sha256_of(target)}")
        for one in made.left_out:
            self.stdout.write(f"Left out: {one.where}: {one.what}")
