"""manage.py delete_due_sites: what the worker does every hour."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.lifecycle.services import delete_due_sites


class Command(BaseCommand):
    help = "Delete the sites whose time of grace is over."

    def handle(self, *args: Any, **options: Any) -> None:
        deleted = delete_due_sites()
        self.stdout.write(f"Deleted: {', '.join(deleted) or 'none'}.")
