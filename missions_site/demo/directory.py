"""The demo's main host: the directory of all missions."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from cms.access.services import provision_site
from cms.languages.fields import column
from cms.missions.models import DirectoryPage
from cms.pages.models import SiteKind, SiteProfile

DATA = Path(__file__).parent / "data" / "directory.json"
CODE = "directory"
PORT = 8000


@transaction.atomic
def load(report: Callable[[str, int, int], None]) -> None:
    """Make the directory's site, in the place of what Wagtail's first migration made."""
    if not SiteProfile.objects.filter(code=CODE).exists():
        data = json.loads(DATA.read_text(encoding="utf-8"))
        home = data["home"]
        columns = {
            **{column("title", code): name for code, name in data["site_name"].items()},
            **{column("heading", code): text for code, text in home["title"].items()},
            **{column("intro", code): f"<p>{text}</p>" for code, text in home["intro"].items()},
            **{column("body", code): json.dumps(blocks) for code, blocks in home["body"].items()},
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
