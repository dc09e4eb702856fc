"""manage.py refresh_page_languages: after an upgrade, or after a database was changed by hand."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.progress import track

from cms.pages.models import Page, SiteProfile
from cms.pages.refreshing import refresh_languages


class Command(BaseCommand):
    help = "Compute anew what is known of each language of each page: state, words to go, release."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--site", default="", help="the code of a site; all sites without it")

    def handle(self, *args: Any, **options: Any) -> None:
        # Wagtail's own welcome page has no language.
        pages = Page.objects.filter(depth__gt=1).exclude(source_language="")
        if code := options["site"]:
            site = SiteProfile.objects.select_related("site__root_page").filter(code=code).first()
            if site is None:
                raise CommandError(f"No site has the code {code}.")
            pages = pages.filter(path__startswith=site.site.root_page.path)
        ids = list(pages.order_by("path").values_list("pk", flat=True))
        for pk in track(ids, description="Pages", transient=True, disable=not self._is_watched()):
            page = Page.objects.filter(pk=pk).first()
            if page is not None:  # not deleted meanwhile
                refresh_languages(page)
        self.stdout.write(f"The languages of {len(ids)} pages are in order.")

    def _is_watched(self) -> bool:
        return bool(self.stdout.isatty())
