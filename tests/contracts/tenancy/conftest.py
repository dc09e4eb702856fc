"""The canary world, and the crawl's summary at the end of the run.

`CRAWL_REPORT=<file>` writes what was tried and found as JSON.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from search.indexer import apply_pending
from search.services import engine
from tests import worlds

from . import journal
from .world import World, build


@worlds.world(is_shared=True)
def world() -> Iterator[World]:
    """The canary world with its search index: each request that a test makes is rolled back."""
    folder = tempfile.mkdtemp()
    with override_settings(SEARCH_URL=f"embedded://{folder}/index"):
        made = build()
        apply_pending(engine())
        yield made
        engine().close()
    shutil.rmtree(folder)


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """A crawl is refused thousands of times: Django's warnings about it would fill the screen."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(before)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how many addresses, callers and methods were tried, and how many leaks there were."""
    reports = [
        report
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, [])
        if report.when == "call"
    ]
    crawls = [
        json.loads(value)
        for report in reports
        for name, value in report.user_properties
        if name == journal.PROPERTY
    ]
    if not crawls:
        return
    terminalreporter.section("canary crawl")
    for line in journal.summary(crawls):
        terminalreporter.line(line)
    if path := os.environ.get("CRAWL_REPORT"):
        journal.write(crawls, Path(path))
