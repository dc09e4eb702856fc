"""Draft proposals in the shared index, and what follows a change of any record of this room.

A draft proposal is found where its session's page is, by whoever may read that page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.access.audiences import NOBODY, audiences_of_pages
from cms.access.indexing import key_of as page_key
from cms.access.kinds import register_kind_label
from cms.languages import codes
from cms.languages.fields import column
from cms.languages.names import state_names
from cms.pages.models import Page, SiteProfile
from cms.pages.sites import SITE_PATH_LENGTH, touch_site_of
from search.documents import Document
from search.outbox import enqueue
from search.registry import register_builder

from .models import (
    AgendaItem,
    Committee,
    CommitteeHomePage,
    CommitteeSession,
    DraftProposal,
    Meeting,
    Officer,
    SessionPage,
    Sponsor,
    Statement,
)
from .models.fields import at_midnight

PREFIX = "draft"
KIND = "draft"


def key_of(draft_id: int) -> str:
    """The index's key of a draft proposal."""
    return f"{PREFIX}:{draft_id}"


class DraftBuilder:
    """Builds the documents of draft proposals whose session has a live page."""

    def all_ids(self) -> Iterable[str]:
        ids = DraftProposal.objects.order_by("pk").values_list("pk", flat=True)
        return (str(pk) for pk in ids.iterator())

    def documents(self, ids: Sequence[str]) -> Iterable[Document]:
        drafts = list(
            DraftProposal.objects.filter(pk__in=[int(pk) for pk in ids], session__page__live=True)
            .select_related("item", "session__page", "session__committee")
            .prefetch_related("sponsors")
        )
        pages = {draft.session.page.pk: draft.session.page for draft in drafts}
        audiences = audiences_of_pages(pages.values())
        sites = _site_codes(pages.values())
        states = [sponsor.state for draft in drafts for sponsor in draft.sponsors.all()]
        names = {code: state_names(states, code) for code in codes.CODES}
        for draft in drafts:
            # One instance a page, which remembers its site.
            page = pages[draft.session.page.pk]
            site, audience = sites.get(page.path[:SITE_PATH_LENGTH]), audiences[page.pk]
            if site and audience != NOBODY:
                yield from _documents_of(draft, page, site=site, audience=audience, names=names)


def _site_codes(pages: Iterable[Page]) -> dict[str, str]:
    paths = {page.path[:SITE_PATH_LENGTH] for page in pages}
    rows = SiteProfile.objects.filter(site__root_page__path__in=paths)
    return dict(rows.values_list("site__root_page__path", "code"))


def _documents_of(
    draft: DraftProposal,
    page: SessionPage,
    *,
    site: str,
    audience: str,
    names: dict[str, dict[str, str]],
) -> Iterable[Document]:
    written = tuple(code for code in codes.CODES if getattr(draft, column("title", code)))
    for code in written:
        with codes.override(code):
            url = page.get_url_parts()
            words = [draft.get_kind_display(), draft.get_state_display(), draft.symbol]
        words += [draft.result_symbol, getattr(draft, column("on_behalf_of", code)) or ""]
        if draft.item:
            words += [draft.item.number, getattr(draft.item, column("title", code)) or ""]
        words += [names[code][sponsor.state] for sponsor in draft.sponsors.all()]
        yield Document(
            key=key_of(draft.pk),
            language=code,
            site=site,
            kind=KIND,
            audience=audience,
            url=f"{url[2]}drafts/{draft.slug}/" if url else "",
            title=getattr(draft, column("title", code)),
            body=" · ".join(word for word in words if word),
            date=at_midnight(draft.acted_on or draft.tabled_on),
            symbol=draft.symbol,
            languages=written,
        )


# --- what follows a change -----------------------------------------------------------------------


def session_changed(session_id: int, *, draft_ids: Iterable[int] | None = None) -> None:
    """Refresh what shows a session: its page and its home, in the index and as rendered.

    `draft_ids`: the drafts to index again; None: all of the session. Call it in the transaction.
    """
    page = SessionPage.objects.filter(session=session_id).only("path").first()
    if page is None:
        return
    if draft_ids is None:
        draft_ids = DraftProposal.objects.filter(session=session_id).values_list("pk", flat=True)
    enqueue([page_key(page.pk), *(key_of(pk) for pk in draft_ids)])
    touch_site_of(page)


def _record_changed(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, DraftProposal):
        enqueue([key_of(instance.pk)])
        session_changed(instance.session_id, draft_ids=[])
    elif isinstance(instance, Sponsor):
        session = DraftProposal.objects.filter(pk=instance.draft_id).values_list("session_id")
        enqueue([key_of(instance.draft_id)])
        for (session_id,) in session:
            session_changed(session_id, draft_ids=[])
    elif isinstance(instance, CommitteeSession):
        session_changed(instance.pk)
    elif isinstance(instance, AgendaItem):
        drafts = DraftProposal.objects.filter(item=instance.pk).values_list("pk", flat=True)
        session_changed(instance.session_id, draft_ids=drafts)
    else:
        session_changed(instance.session_id, draft_ids=[])


def _committee_changed(sender: type[Model], instance: Committee, **kwargs: Any) -> None:
    for home in CommitteeHomePage.objects.filter(committee=instance.pk):
        enqueue([page_key(home.pk)])
        touch_site_of(home)


def _meeting_items_changed(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Meeting) and kwargs["action"].startswith("post_"):
        session_changed(instance.session_id, draft_ids=[])


def _drafts_below(path: str) -> list[str]:
    drafts = DraftProposal.objects.filter(session__page__path__startswith=path)
    return [key_of(pk) for pk in drafts.values_list("pk", flat=True)]


def _page_changed(sender: type[Model], instance: Page, **kwargs: Any) -> None:
    enqueue(_drafts_below(instance.path))


def _page_deleted(sender: type[Model], instance: SessionPage, **kwargs: Any) -> None:
    drafts = DraftProposal.objects.filter(session=instance.session_id)
    enqueue(key_of(pk) for pk in drafts.values_list("pk", flat=True))


def _restriction_changed(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, PageViewRestriction):
        enqueue(_drafts_below(instance.page.path))


def register() -> None:
    """Fill the registry and listen (from AppConfig.ready)."""
    register_builder(PREFIX, DraftBuilder())
    register_kind_label(KIND, DraftProposal._meta.verbose_name)
    connect = partial(_connect, (post_save, post_delete))
    connect(
        (CommitteeSession, Officer, AgendaItem, Meeting, DraftProposal, Sponsor, Statement),
        _record_changed,
    )
    connect((Committee,), _committee_changed)
    connect((PageViewRestriction,), _restriction_changed)
    m2m_changed.connect(_meeting_items_changed, sender=Meeting.items.through)
    m2m_changed.connect(_restriction_changed, sender=PageViewRestriction.groups.through)
    post_delete.connect(_page_deleted, sender=SessionPage)
    _connect(
        (page_published, page_unpublished, page_slug_changed, post_page_move),
        (SessionPage, CommitteeHomePage),
        _page_changed,
    )


def _connect(signals: Iterable[Any], senders: Iterable[type[Model]], receiver: Any) -> None:
    for signal in signals:
        for sender in senders:
            name = f"{receiver.__module__}.{receiver.__name__}.{sender.__name__}.{id(signal)}"
            signal.connect(receiver, sender=sender, dispatch_uid=name)
