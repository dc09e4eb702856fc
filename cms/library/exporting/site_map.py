"""The documents in the map of the main host, where each has its canonical page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.http import HttpRequest

from cms.access.audiences import PUBLIC
from cms.languages import codes
from cms.languages.fields import column

from ..models import Document
from ..selectors import SITE, documents_for

SECTION = "documents"


class DocumentMap(Sitemap):
    """Every language of every public document, each naming the others.

    Each is listed in up to six languages, and a map may hold 50,000 addresses and 50 MB.
    """

    limit = 2000

    def __init__(self, root_url: str) -> None:
        self.root_url = root_url

    def items(self) -> QuerySet[Document]:
        titles = [column("title", code) for code in codes.CODES]
        shown = documents_for({PUBLIC}).rewrite(False).order_by("pk")
        return shown.only("key", "changed_at", *titles)

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: Any = None) -> list[Any]:
        del site, protocol  # the site answers under its own address
        return [
            entry
            for document in self.paginator.page(page).object_list
            for entry in self._entries_of(document)
        ]

    def _entries_of(self, document: Document) -> Iterable[dict[str, Any]]:
        addresses = {code: self.root_url + document.address_in(code) for code in document.languages}
        alternates = [{"lang_code": code, "location": url} for code, url in addresses.items()]
        for url in addresses.values():
            yield {
                "location": url,
                "lastmod": document.changed_at,
                "alternates": alternates if len(alternates) > 1 else [],
            }


def documents_map(request: HttpRequest) -> DocumentMap | None:
    """The map of the documents, on the host that is theirs, once there are any."""
    profile = request.site_profile
    if profile.code != SITE or not documents_for({PUBLIC}).exists():
        return None
    return DocumentMap(profile.site.root_url)
