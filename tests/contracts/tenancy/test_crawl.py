"""Nobody sees or changes what is somebody else's: every address, as every kind of person."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.thorough import in_full

from . import journal
from .addresses import Address, all_addresses
from .changing import Changes
from .crawl import Crawl
from .public_walk import walk
from .table import Unfillable, combinations, source_of
from .world import World

NOT_ON_POSTGRESQL = pytest.mark.skipif(
    connection.vendor == "postgresql",
    reason="answers are compared byte for byte, and PostgreSQL's sequences do not roll back: "
    "ids that a request makes differ. The crawl runs on SQLite.",
)

pytestmark = [NOT_ON_POSTGRESQL, pytest.mark.django_db]

CALLERS = in_full(
    (
        *("anonymous", "delegate", "translator", "editor", "publisher", "mission_administrator"),
        *("two_hats", "committee_secretary", "elections_desk"),
    ),
    every_day=("anonymous", "mission_administrator"),  # who may do nothing, and who may most
)
#: Each part is a test of its own, so that two processes can share a caller.
PARTS = {
    "pages of the admin": lambda address: address.namespace == "wagtailadmin_pages",
    "the rest of the admin": lambda address: (
        address.surface == "admin" and address.namespace != "wagtailadmin_pages"
    ),
    "the API and the public sites": lambda address: address.surface != "admin",
}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("caller", CALLERS)
def test_nothing_of_others_is_seen_or_changed(world: World, caller, part, record_property):
    crawl = Crawl(world, world.callers[caller])
    changes = Changes(crawl)
    for address in filter(PARTS[part], all_addresses()):
        crawl.visit(address)
        changes.visit(address)
        if address.name == "page":
            walk(crawl, address)
    record_property(journal.PROPERTY, journal.as_property(caller, crawl.report))
    assert not crawl.report.leaks, "\n" + journal.told(crawl.report.leaks)


def test_the_crawler_knows_how_to_fill_every_address():
    unfillable = [reason for address in all_addresses() for reason in _reasons(address)]
    assert not unfillable, "\n" + "\n".join(unfillable)


def _reasons(address: Address) -> list[str]:
    try:
        for together in combinations(address):
            for parameter in address.parameters:
                if parameter not in together:
                    source_of(address, parameter)
    except Unfillable as unfillable:
        return [str(unfillable)]
    return []
