"""The demo's Member State portal: home with notices, guide; for permanent missions only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.access.audiences import restrict_to_portal
from cms.access.services import provision_site
from cms.pages.models import SiteKind, SiteProfile
from cms.portal.guide.models import GuidePage
from cms.portal.home.models import Importance, Notice, PortalHomePage

from .reading import body_in_six, in_six, read
from .translations import follow_an_earlier_wording

CODE = "portal"
PORT = 8000
_IMPORTANCE = {"info": Importance.NORMAL, "important": Importance.IMPORTANT}


@transaction.atomic
def load(report: Callable[[str, int, int], None]) -> None:
    """Make the portal whole or not at all; one that is there is only restricted again."""
    profile = SiteProfile.objects.filter(code=CODE).select_related("site__root_page").first()
    if profile is None:
        data, guides = read("portal.json"), read("portal_guide.json")["pages"]
        profile = provision_site(
            code=CODE,
            kind=SiteKind.PORTAL,
            hostname="portal.localhost",
            port=PORT,
            home=_home(data),
            collection_name="Member State portal",
        )
        # Before anything stands below the home: no moment in which the public could read it.
        restrict_to_portal(profile.site.root_page)
        home = profile.site.root_page.specific
        _add_notices(home, data["home"]["notices"])
        _add_guide(home, data["guide"], guides)
    restrict_to_portal(profile.site.root_page)
    report(CODE, 1, 1)


def _home(data: Mapping[str, Any]) -> PortalHomePage:
    welcome = {code: f"<p>{text}</p>" for code, text in data["home"]["intro"].items()}
    return PortalHomePage(
        slug=CODE,
        source_language=data["source_language"],
        **in_six("title", data["home"]["title"]),
        **in_six("welcome", welcome),
    )


def _add_notices(home: PortalHomePage, rows: list[dict[str, Any]]) -> None:
    today = timezone.localdate()
    home.notices = [
        Notice(
            sort_order=order,
            # A demo that is started before a notice's day shows the notice all the same.
            date=min(date.fromisoformat(row["date"]), today),
            expires=date.fromisoformat(row["until"]) if row["until"] else None,
            importance=_IMPORTANCE[row["level"]],
            **in_six("title", row["title"]),
            **in_six("text", row["text"]),
        )
        for order, row in enumerate(rows)
    ]
    home.save_revision().publish()


def _add_guide(home: PortalHomePage, first: Mapping[str, Any], below: list[dict[str, Any]]) -> None:
    guide = home.add_child(instance=_guide_page(first, home.source_language))
    guide.save_revision().publish()
    for row in below:
        page = guide.add_child(instance=_guide_page(row, home.source_language))
        page.save_revision().publish()
        follow_an_earlier_wording(page, row["outdated"])


def _guide_page(row: Mapping[str, Any], source_language: str) -> GuidePage:
    return GuidePage(
        slug=row["slug"],
        source_language=source_language,
        show_in_menus=True,
        **in_six("title", row["title"]),
        **in_six("summary", row.get("summary", {})),
        **body_in_six(row["body"]),
    )
