"""What every test stands on. Fixtures of one area live in that area's own conftest."""

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests import migrated_database

hypothesis_settings.register_profile(
    # Two cores that others use too: what matters is what is found, not how fast.
    "missions",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
hypothesis_settings.load_profile("missions")


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
def _migrated_before() -> None:
    """Where an earlier run has migrated a database by the same files, start from that one."""
    file = migrated_database.kept_file() if connection.vendor == "sqlite" else None
    if file is not None and file.exists():
        migrated_database.load_when_opened(file)


@pytest.fixture(scope="session")
def django_db_setup(
    _migrated_before: None, django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> None:
    """pytest-django's own, and a copy kept for the next run."""
    if connection.vendor != "sqlite":
        return
    file = migrated_database.kept_file()
    if not file.exists():
        with django_db_blocker.unblock():
            connection.ensure_connection()
            migrated_database.keep(file)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs PostgreSQL before any fixture touches another database."""
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: make test-suite DATABASE_URL=postgres://…")


@pytest.fixture(autouse=True)
def _empty_caches() -> Iterator[None]:
    """A cache outlives the rolled-back transaction that filled it."""
    yield
    for cache in caches.all(initialized_only=True):
        cache.clear()
