"""Two translators of two languages save one page at once: all their words are there, no error."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.own_process import outcome_of

from .parallel_drafts import LANGUAGES, SAVES, Outcome, run


def check(outcome: Outcome) -> None:
    assert not outcome.errors, outcome
    assert outcome.statuses == [200] * SAVES * len(LANGUAGES), outcome
    last = SAVES // 2
    for language in LANGUAGES:
        assert outcome.words[f"title_{language}"] == f"{language} {last}"
        assert outcome.words[f"seo_title_{language}"] == f"{language} {last}"
    assert outcome.words["title_fr"] == "Eau"


@pytest.mark.django_db
def test_on_sqlite_in_a_file(tmp_path: Path):
    check(Outcome(**outcome_of("tests.access.parallel_drafts", tmp_path)))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_on_postgresql():
    check(run())
