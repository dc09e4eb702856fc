"""Two translators of two languages save one page at once: all their words are there, no error."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests import migrated_database

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
    if connection.vendor != "sqlite":
        pytest.skip("The other test is for this database.")
    database = tmp_path / "parallel.sqlite3"
    shutil.copy(migrated_database.kept_file(), database)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.access.parallel_drafts"],
        env=os.environ
        | {
            "DATABASE_URL": f"sqlite:///{database}",
            "DJANGO_SETTINGS_MODULE": "missions_site.settings.test",
        },
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    check(Outcome(**json.loads(done.stdout.splitlines()[-1])))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_on_postgresql():
    check(run())
