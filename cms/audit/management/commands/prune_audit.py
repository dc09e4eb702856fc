"""Drop what was recorded long ago: `manage.py prune_audit [--older-than DAYS]`."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cms.audit.services import prune


class Command(BaseCommand):
    help = "Drop what the audit record holds from before a number of days."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--older-than",
            type=int,
            default=settings.AUDIT_KEEP_DAYS,
            metavar="DAYS",
            help="keep this many days (default: AUDIT_KEEP_DAYS, %(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        days = options["older_than"]
        if days < 1:
            raise CommandError("Give a number of days of 1 or more.")
        dropped = prune(before=timezone.now() - timedelta(days=days))
        self.stdout.write(f"Dropped {dropped} rows older than {days} days.")
