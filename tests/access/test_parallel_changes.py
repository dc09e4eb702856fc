"""Twenty parallel creations and moves leave a valid tree and nobody with a 500."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.own_process import outcome_of

from .parallel_changes import THREADS, Outcome, run


def check(outcome: Outcome) -> None:
    assert not any(int(status) >= 500 or int(status) == 0 for status in outcome.statuses), outcome
    assert not any(outcome.problems), outcome
    assert sum(outcome.statuses.values()) == THREADS
    assert outcome.made == outcome.accepted == THREADS // 2, outcome
    assert outcome.slugs == outcome.made, "two pages have one address"


@pytest.mark.django_db
def test_on_sqlite_in_a_file(tmp_path: Path):
    check(Outcome(**outcome_of("tests.access.parallel_changes", tmp_path)))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_on_postgresql():
    check(run())
