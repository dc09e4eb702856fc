"""What every test stands on. Fixtures of one area live in that area's own conftest."""

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests import databases, migrated_database
from tests.worlds import standing

#: Its few tests take a third of the suite's time.
LONGEST = "tests/contracts/tenancy/"

hypothesis_settings.register_profile(
    # Two cores that others use too: what matters is what is found, not how fast.
    "missions",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
hypothesis_settings.load_profile("missions")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--databases`: only what the database can decide (see tests/databases.py)."""
    parser.addoption("--databases", action="store_true", help=databases.__doc__.splitlines()[0])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With `--databases`, leave out what ends the same on every database. What takes longest comes
    first, or one process would be left with it while the others have nothing to do."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))
    if config.getoption("--databases"):
        left_out = [item for item in items if not databases.decides(item)]
        items[:] = [item for item in items if databases.decides(item)]
        config.hook.pytest_deselected(items=left_out)


def pytest_configure(config: pytest.Config) -> None:
    """Give each test process a Redis database of its own: emptying one must not empty another's."""
    worker = getattr(config, "workerinput", {}).get("workerid", "gw0")
    for cache in settings.CACHES.values():
        if cache["BACKEND"].endswith("RedisCache"):
            server, _, _ = str(cache["LOCATION"]).rpartition("/")
            cache["LOCATION"] = f"{server}/{int(worker.removeprefix('gw')) % 16}"


def pytest_collection_finish() -> None:
    """Leave what was imported and collected, millions of objects, out of every later collection.

    Walking them again and again was a quarter of the suite's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def pytest_unconfigure() -> None:
    """Remove the folder that the test settings made for media and index."""
    shutil.rmtree(Path(settings.MEDIA_ROOT).parent, ignore_errors=True)


@pytest.fixture(scope="session")
def _migrated_before(django_db_blocker: Any) -> migrated_database.Kept:
    """Where an earlier run has migrated a database by the same files, start from that one."""
    with django_db_blocker.unblock():
        return migrated_database.start()


@pytest.fixture(scope="session")
def django_db_setup(
    _migrated_before: migrated_database.Kept, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """pytest-django's own, a copy kept for the next run, and worlds that stand between tests."""
    with django_db_blocker.unblock():
        _migrated_before.keep()
    standing.blocker = django_db_blocker
    yield
    standing.end()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs PostgreSQL before any fixture touches another database; let the worlds stand
    that this test asks for (see tests/worlds.py)."""
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: make test-databases DATABASE_URL=postgres://…")
    standing.stand_for(item)


@pytest.fixture(autouse=True)
def _empty_caches() -> Iterator[None]:
    """A cache outlives the rolled-back transaction that filled it."""
    yield
    for cache in caches.all(initialized_only=True):
        cache.clear()
