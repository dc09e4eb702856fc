"""The Elasticsearch engine: the contract of all engines, and what is its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engines.base import Engine
from tests.contracts.search_engine import SearchEngineContract
from tests.search.elasticsearch_server import engine_of_tests, needs_elasticsearch, wipe

pytestmark = needs_elasticsearch


@pytest.fixture(autouse=True)
def _wiped() -> Iterator[None]:
    wipe()
    yield
    wipe()


class TestElasticsearchEngine(SearchEngineContract):
    """The contract, on a real server."""

    def make_engine(self, place: Path) -> Engine:
        return engine_of_tests()
