"""The platform's own worker beside a process that publishes: pages come, and go, by themselves."""

from __future__ import annotations

import pytest
from django.db import connection

from benchmarks.publish_to_found import measure
from tests import migrated_database


def test_a_page_is_found_soon_after_publishing_and_gone_soon_after_it_was_made_private(
    django_db_setup: None,
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("two processes of the platform share SQLite's file here")
    # Waits a minute for each, and fails then: on a quiet machine all take well under a second.
    kept = migrated_database.kept_file()
    seen = measure(pages=3, migrated=kept)
    print(seen)
    assert seen["pages"] == 3
    assert seen["private"] > 0
