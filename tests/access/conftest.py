"""A small world, built once a module; each test rolls back what it changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from search.indexer import apply_pending
from search.services import engine

from .small_world import SmallWorld, build


@pytest.fixture(scope="module")
def small_world(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SmallWorld]:
    """Six sites with people of every role, and their search index."""
    index = tmp_path_factory.mktemp("small") / "index"
    with (
        django_db_blocker.unblock(),
        override_settings(SEARCH_URL=f"embedded://{index}"),
        transaction.atomic(),
    ):
        made = build()
        apply_pending(engine())
        yield made
        transaction.set_rollback(True)
