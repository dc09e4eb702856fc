"""Twenty people change two sites' trees at the same moment; what they were told, and the tree.

Run as a program (`python -m tests.access.parallel_changes`) on the database that DATABASE_URL
names, it prints the outcome as JSON: threads need a database that they do not share a connection
to, which SQLite's in memory can't be.
"""

from __future__ import annotations

import json
import sys
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

THREADS = 20


@dataclass
class Outcome:
    """How many answers of each status, the tree's problems, and the pages made and expected."""

    statuses: dict[str, int] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    problems: list[list[Any]] = field(default_factory=list)
    accepted: int = 0
    made: int = 0
    slugs: int = 0


def run() -> Outcome:
    """Build two missions, let twenty threads create and move at once, look at the tree."""
    from django.core.signals import got_request_exception
    from django.db import connection

    from cms.missions.models import NewsPage
    from cms.pages.models import Page

    errors: list[str] = []

    def note(**_kwargs: Any) -> None:
        errors.append(repr(sys.exc_info()[1])[:300])

    jobs = _jobs()
    before = NewsPage.objects.count()
    got_request_exception.connect(note)
    try:
        statuses = _at_once(jobs)
    finally:
        got_request_exception.disconnect(note)
    connection.close()
    titled = NewsPage.objects.filter(title_fr__startswith="Ensemble")
    return Outcome(
        statuses={str(status): count for status, count in Counter(statuses).items()},
        errors=errors,
        problems=[list(map(str, found)) for found in Page.find_problems()],
        accepted=sum(status in (201, 302) for status in statuses[: THREADS // 2]),
        made=NewsPage.objects.count() - before,
        slugs=titled.values("url_path").distinct().count(),
    )


def _at_once(jobs: list[Callable[[], int]]) -> list[int]:
    from django.db import connections

    barrier = threading.Barrier(len(jobs))
    statuses = [0] * len(jobs)

    def work(number: int) -> None:
        try:
            barrier.wait()
            statuses[number] = jobs[number]()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


def _jobs() -> list[Callable[[], int]]:
    """Ten creations (in empty sections, by admin and API in turn), then ten moves."""
    from django.contrib.auth.models import User
    from wagtail.models import APIToken

    from cms.access.services import give_role
    from cms.missions.models import NewsIndexPage, NewsPage, StandardPage
    from tests.missions.factories import site_of

    creations: list[Callable[[], int]] = []
    moves: list[Callable[[], int]] = []
    for code, fields in (("FRA", {}), ("EGY", {"iso2": "EG"})):
        home = site_of(code, **fields)
        host = f"{code.lower()}.localhost"
        user = User.objects.create_user(f"{code}.publisher")
        give_role(user, "publisher", site=home.mission.profile)
        token = APIToken.create_token(user=user, name="parallel")[1]
        news = NewsIndexPage.objects.child_of(home).get()
        target = home.add_child(instance=StandardPage(title_fr="Ici", source_language="fr"))
        for number in range(THREADS // 4):
            page = StandardPage(title_fr=f"Page {number}", source_language="fr", live=False)
            home.add_child(instance=page)
            moves.append(_move(page.pk, target.pk, host=host, token=token))
            create = _create_in_admin if number % 2 else _create_by_api
            creations.append(create(news.pk, number, host=host, user=user, token=token))
    assert not NewsPage.objects.exists()
    return creations + moves


def _create_by_api(
    parent: int, number: int, *, host: str, user: Any, token: str
) -> Callable[[], int]:
    from django.test import Client

    body = {
        "meta": {"type": "missions.NewsPage", "parent_id": parent},
        "title_fr": f"Ensemble {number}",
        "title_ar": "معا",
        "date": "2026-11-22",
    }
    headers = {"host": host, "authorization": f"Bearer {token}"}
    client = Client(raise_request_exception=False)
    return lambda: (
        client.post(
            "/api/v3/pages/", body, content_type="application/json", headers=headers
        ).status_code
    )


def _create_in_admin(
    parent: int, number: int, *, host: str, user: Any, token: str
) -> Callable[[], int]:
    from django.test import Client

    from tests.missions.test_tenancy import form_data

    client = Client(raise_request_exception=False)
    client.force_login(user)
    data = form_data(title_fr=f"Ensemble {number}")
    path = f"/admin/pages/add/missions/newspage/{parent}/"
    return lambda: client.post(path, data, headers={"host": host}).status_code


def _move(page: int, target: int, *, host: str, token: str) -> Callable[[], int]:
    from django.test import Client

    client = Client(raise_request_exception=False)
    headers = {"host": host, "authorization": f"Bearer {token}"}
    return lambda: (
        client.post(
            f"/api/v3/pages/{page}/actions/move/",
            {"destination_id": target},
            content_type="application/json",
            headers=headers,
        ).status_code
    )


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(asdict(run())))
