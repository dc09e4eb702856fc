"""No view of the admin asks the database more questions because there are more missions."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch

from cms.access.models import RoleGroup
from cms.access.services import provision_site
from cms.missions.models import HomePage, Mission
from cms.missions.services import import_missions, reference_rows
from cms.pages.models import SiteKind, SiteProfile
from tests.thorough import in_full

from .addresses import Address, all_addresses
from .crawl import FAIL_ON_PURPOSE, OWN, Crawl
from .sources import Nothing
from .tenants import make_person
from .words import Words
from .world import World

pytestmark = pytest.mark.django_db

FEW, MANY = in_full((20, 200), every_day=(20, 40))
CALLERS = in_full(("editor", "secretariat"), every_day=("secretariat",))
#: So many views must have opened, or counting would prove nothing.
LEAST_SHOWN = 150


def grow_to(missions: int) -> None:
    """Sites with people until there are so many missions."""
    have = SiteProfile.objects.filter(kind=SiteKind.MISSION).count()
    waiting = Mission.objects.filter(profile=None).order_by("code")[: missions - have]
    for mission in waiting:
        code = mission.site_code
        home = HomePage(
            title_ar=mission.title_ar, title_en=mission.title_en, source_language="en", slug=code
        )
        profile = provision_site(
            code=code,
            kind=SiteKind.MISSION,
            hostname=f"{code}.localhost",
            port=80,
            home=home,
            collection_name=mission.code,
        )
        Mission.objects.filter(pk=mission.pk).update(profile=profile)
        group = RoleGroup.objects.get(site=profile, role="editor").group
        make_person(f"{code}-editor", Words(code)).groups.add(group)
    still = missions - SiteProfile.objects.filter(kind=SiteKind.MISSION).count()
    for number in range(still):  # there are fewer States than that
        provision_site(
            code=f"more-{number}",
            kind=SiteKind.MISSION,
            hostname=f"more-{number}.localhost",
            port=80,
            home=HomePage(title_en=f"More {number}", source_language="en"),
            collection_name=f"More {number}",
        )
    # In one transaction nobody else counts the rows, and plans for empty tables take seconds.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def own_paths(crawl: Crawl) -> dict[str, str]:
    """{path: name} of every view of the admin on the caller's own objects."""
    paths: dict[str, str] = {}
    for address in all_addresses():
        if address.surface == "admin" and address.name not in FAIL_ON_PURPOSE:
            paths |= dict.fromkeys(_paths_of(crawl, address), address.name)
    return paths


def _paths_of(crawl: Crawl, address: Address) -> list[str]:
    found = []
    for sources in crawl.fillings(address):
        try:
            path = crawl._path(address, crawl.filled(sources, dict.fromkeys(sources, OWN)))
        except (Nothing, NoReverseMatch):
            continue
        found += [path] if path else []
    return found[:1]


def asked(crawl: Crawl, path: str) -> tuple[int, int]:
    """(status, number of queries) of a view."""
    host = crawl.world.tenants[crawl.own[0]].host
    cookies = crawl.client.cookies.copy()
    connection.queries_log.clear()  # it holds 9,000; in a full one nothing more is counted
    with transaction.atomic():
        with CaptureQueriesContext(connection) as captured:
            response = crawl.client.generic("GET", path, headers={"host": host})
        transaction.set_rollback(True)
    crawl.client.cookies = cookies  # one of the views signs the caller out
    return response.status_code, len(captured)


def test_queries_do_not_grow_with_the_number_of_missions(world: World):
    crawls = {name: Crawl(world, world.callers[name]) for name in CALLERS}
    paths = {name: own_paths(crawl) for name, crawl in crawls.items()}
    import_missions(reference_rows())
    counts = []
    for size in (FEW, MANY):
        grow_to(size)
        assert SiteProfile.objects.filter(kind=SiteKind.MISSION).count() == size
        for crawl in crawls.values():
            asked(crawl, "/admin/")  # fills what is remembered between requests
        counts.append(
            {(name, path): asked(crawls[name], path) for name in CALLERS for path in paths[name]}
        )
    few, many = counts
    shown = [key for key, (status, _queries) in many.items() if status == 200]
    assert len(shown) > LEAST_SHOWN
    assert all(many[key][1] for key in shown)
    grown = [
        f"{paths[name][path]} for {name} ({path}): {queries} queries at {FEW} missions, "
        f"{many[name, path][1]} at {MANY}"
        for (name, path), (_status, queries) in few.items()
        if many[name, path][1] > queries
    ]
    assert not grown, "\n" + "\n".join(grown)
