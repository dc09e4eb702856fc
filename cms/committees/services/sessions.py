"""A committee's site and its sessions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.access.services import provision_site
from cms.languages.fields import column
from cms.pages.models import SiteKind, SiteProfile

from ..indexing import session_changed
from ..models import Committee, CommitteeHomePage, CommitteeSession, SessionPage


class CommitteeHasNoSite(LookupError):
    """Raised when a session is opened for a committee without a home page."""

    def __init__(self, committee: Committee) -> None:
        super().__init__(
            f"{committee} ({committee.code}) has no site: provision_committee makes it."
        )


@transaction.atomic
def provision_committee(
    committee: Committee, *, home: CommitteeHomePage, hostname: str, port: int
) -> SiteProfile:
    """The committee's site with its home page, made on first call; idempotent.

    `home`: unsaved, titled in at least one language. Raises what `provision_site` raises.
    """
    home.committee = committee
    return provision_site(
        code=committee.code,
        kind=SiteKind.COMMITTEE,
        hostname=hostname,
        port=port,
        home=home,
        collection_name=str(committee),
    )


@transaction.atomic
def open_session(
    committee: Committee,
    number: int,
    *,
    titles: Mapping[str, str],
    is_current: bool = False,
    **fields: Any,
) -> SessionPage:
    """A session and its page below the committee's home, made on first call; idempotent by number.

    `titles`: {language code: title of the page}; `fields`: of the record, on first call only.
    Raises CommitteeHasNoSite.
    """
    home = CommitteeHomePage.objects.filter(committee=committee).first()
    if home is None:
        raise CommitteeHasNoSite(committee)
    session, _created = CommitteeSession.objects.get_or_create(
        committee=committee, number=number, defaults=fields
    )
    page = SessionPage.objects.filter(session=session).first()
    if page is None:
        page = SessionPage(
            session=session,
            source_language=home.source_language if home.source_language in titles else "",
            **{column("title", code): title for code, title in titles.items()},
        )
        page.first_published_at = page.last_published_at = timezone.now()
        home.add_child(instance=page)
        session_changed(session.pk)
    if is_current:
        make_current(session)
    return page


@transaction.atomic
def make_current(session: CommitteeSession) -> CommitteeSession:
    """The committee's home page shows this session; the one before keeps its address."""
    committee = Committee.objects.select_for_update().get(pk=session.committee_id)
    for other in committee.sessions.filter(is_current=True).exclude(pk=session.pk):
        _mark(other, is_current=False)
    _mark(session, is_current=True)
    return session


def _mark(session: CommitteeSession, *, is_current: bool) -> None:
    """The current session stands in the site's menu; the others are listed on its home page."""
    SessionPage.objects.filter(session=session).update(show_in_menus=is_current)
    session.is_current = is_current
    session.save(update_fields=["is_current"])
