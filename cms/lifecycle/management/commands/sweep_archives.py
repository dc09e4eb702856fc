"""manage.py sweep_archives: what the worker does every hour."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.lifecycle.services import sweep


class Command(BaseCommand):
    help = "Remove expired archives and what killed processes left behind."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{sweep()} removed.")
