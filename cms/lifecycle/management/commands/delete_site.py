"""manage.py delete_site fra --confirm fra [--days 30 | --now] | --cancel"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms.lifecycle.management.site_command import refusals_told
from cms.lifecycle.selectors import find_site
from cms.lifecycle.services import cancel_deletion, delete_site, schedule_deletion
from cms.lifecycle.services.deletion import GRACE_DAYS
from cms.pages.models import SiteProfile


class Command(BaseCommand):
    help = "Schedule the deletion of a mission's site, cancel it, or carry it out."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="code of the site: fra")
        parser.add_argument("--confirm", default="", help="the code once more")
        parser.add_argument("--days", type=int, default=GRACE_DAYS, help="of grace (30)")
        when = parser.add_mutually_exclusive_group()
        when.add_argument("--now", action="store_true", help="for good, without waiting")
        when.add_argument("--cancel", action="store_true", help="keep the site after all")

    def handle(self, *args: Any, **options: Any) -> None:
        with refusals_told():
            self._handle(find_site(options["code"]), **options)

    def _handle(self, profile: SiteProfile, **options: Any) -> None:
        if options["cancel"]:
            cancel_deletion(profile, by=None)
            self.stdout.write("The site is kept.")
            return
        deletion = schedule_deletion(
            profile, confirm=options["confirm"], by=None, days=max(options["days"], 0)
        )
        if not options["now"]:
            self.stdout.write(f"Suspended; deleted on {deletion.due_at:%Y-%m-%d %H:%M} UTC.")
            return
        archive = delete_site(profile, confirm=options["confirm"], by=None)
        self.stdout.write(f"Deleted. Its archive: {archive.path}")
