"""manage.py translation_export fra --to ar [--page 12 …] [--format po] [--file fra.xlf]"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.languages import codes
from cms.languages.exchange.documents import NothingToExport
from cms.languages.exchange.formats import FORMATS
from cms.pages.models import Page, SiteProfile
from cms.translation.exchange.command import shown
from cms.translation.exchange.outgoing import TooManyPages, export_pages


class Command(BaseCommand):
    help = (
        "Write the drafts of a site's pages into a translation file "
        "(docs/howto/translate-offline.md)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="code of the site: fra")
        parser.add_argument("--to", required=True, choices=codes.CODES, help="into which language")
        parser.add_argument(
            "--from", dest="source", choices=codes.CODES, help="default: the site's"
        )
        parser.add_argument("--page", type=int, action="append", help="only these; may be repeated")
        parser.add_argument("--format", choices=list(FORMATS), default="xliff")
        parser.add_argument("--only-open", action="store_true", help="leave out what is up to date")
        parser.add_argument("--file", help="default: a name of its own in this folder")

    def handle(self, *args: Any, **options: Any) -> None:
        pages = self._pages(options["code"], options["page"])
        source = options["source"] or pages[0].source_language
        try:
            with shown("Exporting") as progress:
                made = export_pages(
                    pages,
                    source=source,
                    target=options["to"],
                    format=options["format"],
                    only_open=options["only_open"],
                    progress=progress,
                )
        except (NothingToExport, TooManyPages, ValueError) as error:
            raise CommandError(str(error)) from error
        path = Path(options["file"] or made.name).resolve()
        if path.exists():
            raise CommandError(f"{path} exists already: name another file, or remove it.")
        path.write_bytes(made.content)
        self.stdout.write(f"{path}: {len(made.pages)} pages, {len(made.content) / 1000:.1f} kB.")
        for page in made.left_out:
            self.stdout.write(f"Left out: {page.pk} {page.get_admin_display_title()}")

    def _pages(self, code: str, wanted: list[int] | None) -> list[Page]:
        profile = SiteProfile.objects.filter(code=code.lower()).first()
        if profile is None:
            raise CommandError(f"There is no site {code}.")
        pages = Page.objects.filter(
            path__startswith=profile.site.root_page.path, alias_of__isnull=True
        )
        if wanted:
            pages = pages.filter(pk__in=wanted)
        found = list(pages.order_by("path"))
        if not found or (wanted and len(found) != len(set(wanted))):
            raise CommandError(f"Not all of these pages are on the site {code}.")
        return found
