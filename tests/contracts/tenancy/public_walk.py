"""Every page of every tenant, at its own host, as one person."""

from __future__ import annotations

from .addresses import Address
from .crawl import AJAX, Crawl

#: Pages that are not published, by the names that the world gives them.
UNPUBLISHED = frozenset({"draft", "scheduled", "workflow", "locked", "expiring", "section:about"})
LANGUAGE = "ar"
NOBODYS = "news/nobody-has-this/"


def walk(crawl: Crawl, address: Address) -> None:
    """Ask each site for each of its pages; what is not published is not there.

    `address`: the pattern that serves pages, under whose name faults are reported.
    """
    for tenant in crawl.world.tenants.values():
        for state, page in tenant.pages.items():
            tail = page.url_path.split("/", 2)[2]
            label = f"{state} of {tenant.code}"
            host = {"host": tenant.host}
            answer = crawl.look(address, label, f"/{LANGUAGE}/{tail}", headers=host)
            if state in UNPUBLISHED:
                made = crawl.look(address, label, f"/{LANGUAGE}/{NOBODYS}", headers=host)
                crawl.same(address, label, answer, made, [tail.strip("/"), NOBODYS.strip("/")])
        _sitewide(crawl, address, tenant.host)


def _sitewide(crawl: Crawl, address: Address, host: str) -> None:
    for path in ("/", "/en/", "/ar/search/?q=zanzibird", "/api/v3/pages/?version=draft"):
        crawl.look(address, f"{path} on {host}", path, headers={"host": host} | AJAX)
