"""How long after its publication a page is found, and after its closing no longer, with the worker
that the platform runs.

`measure()` makes a folder with a database and an index of its own, starts ``run_worker`` on it, and
publishes pages from another process, one after the other; `python -m benchmarks.publish_to_found`
prints what it gives.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from missions_site.settings.environment import environment_with

ROOT = Path(__file__).resolve().parent.parent
_LONGEST = 60.0


class NotFollowed(Exception):
    """The index did not follow within a minute."""


def measure(
    *, pages: int = 40, migrated: Path | None = None, search_url: str = ""
) -> dict[str, Any]:
    """Seconds from the end of publishing to the first search that finds the page.

    ``{"pages", "p50", "p95", "worst", "private": seconds until a page that was made private is
    not found}``. `migrated` is a SQLite file to begin with, which spares migrating; `search_url`
    another engine than the embedded one, with no index there.
    """
    with tempfile.TemporaryDirectory(prefix="publish-to-found-") as name:
        folder = Path(name)
        environment = environment_with(
            DATA_DIR=name,
            DATABASE_URL=f"sqlite:///{folder}/missions.sqlite3",
            SEARCH_URL=search_url or f"embedded://{folder}/index",
            DJANGO_SETTINGS_MODULE="missions_site.settings.dev",
        )
        manage = [sys.executable, str(ROOT / "manage.py")]
        if migrated:
            shutil.copyfile(migrated, folder / "missions.sqlite3")
        else:
            command = [*manage, "migrate", "--verbosity", "0"]
            subprocess.run(command, env=environment, cwd=ROOT, check=True)
        log = folder / "worker.log"
        with log.open("wb") as out:
            worker = subprocess.Popen(
                [*manage, "run_worker"], env=environment, cwd=ROOT, stdout=out, stderr=out
            )
        try:
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.publish_to_found", "--publish", str(pages)],
                env=environment,
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=False,
            )
        finally:
            worker.terminate()
            worker.wait(timeout=30)
        if done.returncode:
            raise NotFollowed(f"{done.stderr[-2000:]}\n{log.read_text()[-2000:]}")
        seen: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return seen


def _publish(pages: int) -> dict[str, Any]:
    """Publish pages beside a running worker and look for each."""
    import django

    django.setup()
    from wagtail.models import PageViewRestriction

    from cms.access.services import provision_site
    from cms.missions.models import HomePage, StandardPage
    from cms.pages.models import SiteKind
    from search.services import engine

    _until(lambda: not engine().rebuild_reason())
    home = HomePage(source_language="fr", slug="fra", title_fr="France", title_en="France")
    provision_site(
        code="fra",
        kind=SiteKind.MISSION,
        hostname="fra.localhost",
        port=8000,
        home=home,
        collection_name="FRA",
    )
    rng = random.Random(8)
    lags = []
    for number in range(pages):
        page = StandardPage(slug=f"p{number}", source_language="fr", title_fr=f"Zeta {number}q")
        home.add_child(instance=page)
        page.save_revision().publish()
        lags.append(_until(lambda number=number: _total(f"{number}q") == 1))
        time.sleep(rng.uniform(0, 0.3))  # not in step with the worker's looks
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    private = _until(lambda: _total(f"{pages - 1}q") == 0)
    lags.sort()
    return {
        "pages": pages,
        "p50": round(lags[len(lags) // 2], 3),
        "p95": round(lags[min(len(lags) - 1, int(len(lags) * 0.95))], 3),
        "worst": round(lags[-1], 3),
        "private": round(private, 3),
    }


def _total(text: str) -> int:
    from search.queries import Query
    from search.services import search

    found = search(Query(text=f'"{text}"', language="fr", spelling=False, size=1))
    return found.total if found.available else -1


def _until(true: Any) -> float:
    """Seconds until that is true."""
    begun = time.perf_counter()
    while not true():
        if time.perf_counter() - begun > _LONGEST:
            raise NotFollowed(f"The index did not follow within {_LONGEST:g} s.")
        time.sleep(0.005)
    return time.perf_counter() - begun


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--publish", type=int, default=0, help="(inner) publish so many pages")
    options = parser.parse_args()
    print(json.dumps(_publish(options.publish) if options.publish else measure()))
