"""Atom feeds (RFC 4287): the one way in which every room writes its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date

from cms.languages.lines import one_line

from .rendered import REVALIDATE


@dataclass(frozen=True, kw_only=True)
class FeedEntry:
    """One entry. `url`: whole; `identifier`: an IRI that never changes; `updated`: as readers would
    call it a change; `published`: when it appeared first; `categories`: words to filter by."""

    title: str
    url: str
    identifier: str
    updated: datetime | None
    published: datetime | None = None
    summary: str = ""
    categories: tuple[str, ...] = ()


def atom_feed(
    *,
    title: str,
    self_url: str,
    link: str,
    language: str,
    entries: Iterable[FeedEntry],
    subtitle: str = "",
) -> HttpResponse:
    """A feed. `self_url`: of the feed, whole; `link`: of the page that shows the same; `language`:
    a tag for `xml:lang`. Caches ask each time; the newest entry dates it."""
    feed = Atom1Feed(
        title=one_line(title),
        link=link,
        description=None,
        subtitle=one_line(subtitle) or None,
        language=language,
        feed_url=self_url,
        feed_guid=self_url,
    )
    for entry in entries:
        feed.add_item(
            title=one_line(entry.title),
            link=entry.url,
            description=one_line(entry.summary),
            unique_id=entry.identifier,
            pubdate=entry.published,
            updateddate=entry.updated or entry.published,
            categories=tuple(map(one_line, entry.categories)),
        )
    response = HttpResponse(content_type=feed.content_type)
    if feed.num_items():
        response.headers["Last-Modified"] = http_date(feed.latest_post_date().timestamp())
    feed.write(response, "utf-8")
    response.headers["Cache-Control"] = REVALIDATE
    return response
