"""The demo's main host: the directory of all missions."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from cms.access.services import provision_site
from cms.languages.fields import column
from cms.missions.models import DirectoryPage
from cms.pages.models import SiteKind, SiteProfile

from .reading import body_in_six, read

CODE = "directory"
PORT = 8000


@transaction.atomic
def load(report: Callable[[str, int, int], None]) -> None:
    """Make the directory's site, in the place of what Wagtail's first migration made."""
    if not SiteProfile.objects.filter(code=CODE).exists():
        data = read("directory.json")
        home = data["home"]
        columns = {
            **{column("title", code): name for code, name in data["site_name"].items()},
            **{column("heading", code): text for code, text in home["title"].items()},
            **{column("intro", code): f"<p>{text}</p>" for code, text in home["intro"].items()},
            **body_in_six(home["body"]),
        }
        provision_site(
            code=CODE,
            kind=SiteKind.DIRECTORY,
            hostname="localhost",
            port=PORT,
            home=DirectoryPage(slug=CODE, source_language=data["source_language"], **columns),
            collection_name="Directory",
        )
    report(CODE, 1, 1)
