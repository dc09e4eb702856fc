"""The migrated database of the tests, kept between runs: migrating costs each process 18 seconds.

SQLite only. What is kept is a copy of the database right after `migrate`, named by a digest of
every migration file and of the versions installed, so that any change of either migrates afresh.
Loaded through Django's own signal as soon as the test database is first opened.
"""

from __future__ import annotations

import hashlib
import inspect
import os
import sqlite3
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.backends.signals import connection_created

FOLDER = Path(settings.BASE_DIR) / ".pytest_cache" / "migrated"
KEPT_FILES = 3


def kept_file() -> Path:
    """Where a database migrated by today's files is kept."""
    digest = hashlib.sha256()
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        digest.update(config.label.encode())
        for file in sorted(Path(config.path, "migrations").glob("*.py")):
            digest.update(file.name.encode() + file.read_bytes())
        # Models decide which content types and permissions are made after migrating.
        for model in config.get_models():
            digest.update(f"{model._meta.label} {model._meta.permissions}".encode())
    for lock in sorted(Path(settings.BASE_DIR, "requirements").glob("*.txt")):
        digest.update(lock.read_bytes())
    digest.update(inspect.getsource(inspect.getmodule(kept_file)).encode())
    return FOLDER / f"{digest.hexdigest()[:24]}.sqlite3"


def load_when_opened(file: Path) -> None:
    """Have Django start from the kept database instead of migrating an empty one."""
    connection.settings_dict["TEST"]["MIGRATE"] = False

    def load(connection: Any, **_kwargs: Any) -> None:
        if "memory" not in str(connection.settings_dict["NAME"]):
            return  # not yet the test database
        connection_created.disconnect(load)
        with sqlite3.connect(file) as kept:
            kept.backup(connection.connection)

    connection_created.connect(load, weak=False)


def keep(file: Path) -> None:
    """Keep the database as it is now, whole or not at all, and forget those of older migrations."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(f".{os.getpid()}")
    with sqlite3.connect(part) as copy:
        connection.connection.backup(copy)
    copy.close()
    part.replace(file)
    newest_first = sorted(FOLDER.glob("*.sqlite3"), key=os.path.getmtime, reverse=True)
    for old in newest_first[KEPT_FILES:]:
        old.unlink(missing_ok=True)
