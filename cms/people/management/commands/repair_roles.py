"""manage.py repair_roles: after the table of roles has changed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from rich.progress import track

from cms.access.models import SiteCollection
from cms.access.services import ensure_secretariat, ensure_site_roles


class Command(BaseCommand):
    help = "Bring every site's groups, grants and workflow into line with the table of roles."

    def handle(self, *args: Any, **options: Any) -> None:
        ensure_secretariat()
        owned = list(SiteCollection.objects.select_related("collection", "site__site__root_page"))
        for row in track(owned, description="Sites", transient=True):
            ensure_site_roles(row.site, collection=row.collection)
        self.stdout.write(f"The roles of {len(owned)} sites are in order.")
