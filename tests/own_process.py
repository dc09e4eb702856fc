"""Programs of the tests that run as processes of their own, on a migrated database in a file.

Threads and processes need a database that they do not share a connection to, which SQLite's in
memory can't be.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from tests import migrated_database


def database_in(folder: Path) -> Path:
    """A copy of the migrated database. Skips the test on another database."""
    if connection.vendor != "sqlite":
        pytest.skip("It copies a database in a file.")
    return Path(shutil.copy(migrated_database.kept_file(), folder / "copy.sqlite3"))


def start(module: str, *arguments: str, database: Path, **extra: str) -> subprocess.Popen[str]:
    """`python -m module …` on this database, with `extra` in its environment."""
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", module, *arguments],
        env=os.environ
        | {
            "DATABASE_URL": f"sqlite:///{database}",
            "DJANGO_SETTINGS_MODULE": "missions_site.settings.test",
        }
        | extra,
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def outcome_of(module: str, folder: Path) -> dict[str, Any]:
    """What the program tells as JSON in its last line; it must end well."""
    process = start(module, database=database_in(folder))
    told, errors = process.communicate()
    assert process.returncode == 0, errors[-3000:]
    return dict(json.loads(told.splitlines()[-1]))
