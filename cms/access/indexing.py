"""Pages in the shared index: one document a page and language, with who may read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import PageViewRestriction
from wagtail.rich_text import get_text_for_indexing
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from blocks.text import plain_text
from cms.languages import codes
from cms.languages.fields import column, translated_fields
from cms.languages.fingerprints import is_empty
from cms.pages.models import Page, SiteProfile
from cms.pages.sites import SITE_PATH_LENGTH
from search.documents import Document
from search.outbox import enqueue
from search.registry import register_builder

from .audiences import NOBODY, audiences_of_pages

PREFIX = "page"


def key_of(page_id: int) -> str:
    """The index's key of a page."""
    return f"{PREFIX}:{page_id}"


class PageBuilder:
    """Builds the documents of pages; a page that is not live, or nobody's to find, has none."""

    def all_ids(self) -> Iterable[str]:
        ids = (
            Page.objects.filter(live=True, depth__gte=2).order_by("pk").values_list("pk", flat=True)
        )
        return (str(pk) for pk in ids.iterator())

    def documents(self, ids: Sequence[str]) -> Iterable[Document]:
        pages = list(
            Page.objects.filter(pk__in=[int(pk) for pk in ids], live=True, depth__gte=2).specific()
        )
        audiences = audiences_of_pages(pages)
        sites = _site_codes(pages)
        for page in pages:
            site = sites.get(page.path[:SITE_PATH_LENGTH])
            if site and page.search_kind and audiences[page.pk] != NOBODY:
                yield from _documents_of(page, site, audiences[page.pk])


def _site_codes(pages: Sequence[Page]) -> dict[str, str]:
    paths = {page.path[:SITE_PATH_LENGTH] for page in pages}
    rows = SiteProfile.objects.filter(site__root_page__path__in=paths)
    return dict(rows.values_list("site__root_page__path", "code"))


def _documents_of(page: Page, site: str, audience: str) -> Iterable[Document]:
    for code in page.languages:
        with codes.override(code):
            url = page.get_url_parts()
        yield Document(
            key=key_of(page.pk),
            language=code,
            site=site,
            kind=page.search_kind,
            audience=audience,
            url=url[2] if url else "",
            title=getattr(page, column("title", code)),
            body=searchable_text(page, code),
            date=_moment(getattr(page, "search_date", None)) or page.first_published_at,
            symbol=str(getattr(page, "symbol", "") or ""),
            languages=page.languages,
            version=_version(page),
        )


def _moment(value: date | datetime | None) -> datetime | None:
    """A page's date as the index keeps it: a day without a time begins at midnight UTC."""
    if value is None or isinstance(value, datetime):
        return value
    return datetime.combine(value, time.min, tzinfo=UTC)


def searchable_text(page: Page, code: str) -> str:
    """The visible words of a page in one language, titles left out, plus what its records say."""
    parts = [
        get_text_for_indexing(value) if isinstance(value, str) else plain_text(value)
        for field in translated_fields(type(page))
        if field not in ("title", "seo_title")
        and not is_empty(value := getattr(page, column(field, code)))
    ]
    extra = getattr(page, "extra_search_text", None)
    if extra is not None:
        parts.append(extra(code))
    return "\n".join(part for part in parts if part)


def _version(page: Page) -> int:
    moment = page.last_published_at or page.latest_revision_created_at
    return int(moment.timestamp() * 1_000_000) if moment else 0


# --- what makes a page's documents change --------------------------------------------------------


def _page_changed(sender: type, instance: Page, **kwargs: Any) -> None:
    enqueue([key_of(instance.pk)])


def _subtree_changed(sender: type, instance: Page, **kwargs: Any) -> None:
    enqueue_below(instance.path)


def _page_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Page):
        enqueue([key_of(instance.pk)])


def _restriction_changed(sender: type, instance: PageViewRestriction, **kwargs: Any) -> None:
    enqueue_below(instance.page.path)


def enqueue_below(path: str) -> None:
    """Index a page and everything below it again."""
    ids = Page.objects.filter(path__startswith=path).values_list("pk", flat=True)
    enqueue([key_of(pk) for pk in ids])


def register() -> None:
    """Fill the registry and listen (from AppConfig.ready)."""
    register_builder(PREFIX, PageBuilder())
    for signal in (page_published, page_unpublished):
        signal.connect(_page_changed, dispatch_uid=f"search-{id(signal)}")
    for signal in (page_slug_changed, post_page_move):
        signal.connect(_subtree_changed, dispatch_uid=f"search-{id(signal)}")
    post_delete.connect(_page_deleted, dispatch_uid="search-page-deleted")
    post_save.connect(_restriction_changed, sender=PageViewRestriction)
    post_delete.connect(_restriction_changed, sender=PageViewRestriction)
    m2m_changed.connect(_restriction_changed, sender=PageViewRestriction.groups.through)
