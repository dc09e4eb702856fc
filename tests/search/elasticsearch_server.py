"""The Elasticsearch of the tests: that of ELASTICSEARCH_URL, each process with its own prefix.

``ELASTICSEARCH_URL=elasticsearch+http://127.0.0.1:9200/test make test-elasticsearch``; in the
gate it is set by `.ci/services`.
"""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from typing import Any

import pytest

from search.engines import engine_from_url
from search.engines.base import Engine

URL = os.environ.get("ELASTICSEARCH_URL", "")

_WORKER = os.environ.get("PYTEST_XDIST_WORKER", f"p{os.getpid()}")

needs_elasticsearch = [
    pytest.mark.elasticsearch,
    pytest.mark.skipif(
        not URL and not os.environ.get("CI"),
        reason="no Elasticsearch: set ELASTICSEARCH_URL=elasticsearch+http://host:port/prefix",
    ),
]
"""Marks of a test that needs the server: skipped where there is none, but in CI a failure."""


def address(name: str = "tests") -> str:
    """The address of this test process's indexes of a name."""
    assert URL, "ELASTICSEARCH_URL is not set, and CI must not go without Elasticsearch"
    return f"{URL}-{name}-{_WORKER}?patience=20"


def engine_of_tests(name: str = "tests") -> Engine:
    """An engine on them."""
    return engine_from_url(address(name))


def ask(path: str, *, method: str = "GET", body: Any = None) -> Any:
    """Ask the server directly, beside the engine; {} for what it does not have."""
    base = URL.removeprefix("elasticsearch+").rpartition("/")[0]
    request = urllib.request.Request(
        f"{base}/{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return {}
        raise


def prefix(name: str = "tests") -> str:
    """What the names of these indexes begin with."""
    return f"{URL.rpartition('/')[2]}-{name}-{_WORKER}"


def wipe(name: str = "tests") -> None:
    """Take away the indexes that a test made. Leases and template stay: making them takes long."""
    names = ",".join(ask(f"{prefix(name)}.index-*/_settings/index.uuid"))
    if names:
        ask(names, method="DELETE")
