"""Sites for tests that need no more of a site than that it is there."""

from cms.access.services import provision_site
from cms.missions.models import HomePage
from cms.pages.models import Page, SiteKind


def make_site(code, kind=SiteKind.MISSION, *, page=None, **titles):
    """A site on <code>.localhost:8000. `title_fr="…"`: its home's, the first in its own source;
    `page`: the type of its home."""
    titles = titles or {"title_en": code.upper()}
    page = page or (HomePage if kind == SiteKind.MISSION else Page)
    return provision_site(
        code=code,
        kind=kind,
        hostname=f"{code}.localhost",
        port=8000,
        home=page(source_language=next(iter(titles))[-2:], slug=code, **titles),
        collection_name=code.upper(),
    )
