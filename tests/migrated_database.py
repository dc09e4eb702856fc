"""The migrated database of the tests, kept between runs: migrating costs each process 18 seconds.

What is kept is a copy of the database right after `migrate`, named by a digest of every migration
file and of the versions installed, so that any change of either migrates afresh. On SQLite it is a
file, loaded through Django's own signal as soon as the test database is first opened; on PostgreSQL
a database beside the others, the template of all that come after it.
"""

from __future__ import annotations

import hashlib
import inspect
import os
import sqlite3
from pathlib import Path
from typing import Any, Protocol

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.backends.signals import connection_created
from psycopg import sql

FOLDER = Path(settings.BASE_DIR) / ".pytest_cache" / "migrated"
KEPT_FILES = 3
TEMPLATES = "missions_migrated_"
#: Any number that nothing else on the server locks.
LOCK = 2008_05_03


class Kept(Protocol):
    """A kept database, or the place for one."""

    def keep(self) -> None:
        """Called when the test database is migrated: keep a copy, unless there is one."""


def start() -> Kept:
    """Called before Django makes the test database: have it start from the kept one, if any."""
    return _Template() if connection.vendor == "postgresql" else _File()


def kept_file() -> Path:
    """SQLite's kept database, to copy for a process of its own; made by the first test."""
    return FOLDER / f"{_digest()}.sqlite3"


def _digest() -> str:
    """Names all that a migrated database depends on."""
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
    digest.update(inspect.getsource(inspect.getmodule(_digest)).encode())
    return digest.hexdigest()[:24]


class _File:
    """SQLite's copy, in a file."""

    def __init__(self) -> None:
        self.file = kept_file()
        if self.file.exists():
            _load_when_opened(self.file)

    def keep(self) -> None:
        """Keep the database whole or not at all, and forget those of older migrations."""
        if self.file.exists():
            return
        connection.ensure_connection()
        FOLDER.mkdir(parents=True, exist_ok=True)
        part = self.file.with_suffix(f".{os.getpid()}")
        with sqlite3.connect(part) as copy:
            connection.connection.backup(copy)
        copy.close()
        part.replace(self.file)
        newest_first = sorted(FOLDER.glob("*.sqlite3"), key=os.path.getmtime, reverse=True)
        for old in newest_first[KEPT_FILES:]:
            old.unlink(missing_ok=True)


def _load_when_opened(file: Path) -> None:
    """Have Django start from the kept database instead of migrating an empty one."""
    connection.settings_dict["TEST"]["MIGRATE"] = False

    def load(connection: Any, **_kwargs: Any) -> None:
        if "memory" not in str(connection.settings_dict["NAME"]):
            return  # not yet the test database
        connection_created.disconnect(load)
        with sqlite3.connect(file) as kept:
            kept.backup(connection.connection)

    connection_created.connect(load, weak=False)


class _Template:
    """PostgreSQL's copy, a database on the same server.

    One test process migrates while the others wait for the lock, which ends with the connection.
    """

    def __init__(self) -> None:
        self.name = TEMPLATES + _digest()
        self.server = psycopg.connect(**connection.get_connection_params(), autocommit=True)
        self.server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        self.exists = self.name in self._names()
        if self.exists:
            connection.settings_dict["TEST"] |= {"MIGRATE": False, "TEMPLATE": self.name}

    def keep(self) -> None:
        """Copy the test database, forget those of older migrations, and let the others go on."""
        if not self.exists:
            for old in self._names():
                self.server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
            connection.close()  # nothing may be connected to what is copied
            copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(self.name), sql.Identifier(connection.settings_dict["NAME"])
            )
            self.server.execute(copy)
        self.server.close()

    def _names(self) -> list[str]:
        names = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        return [name for (name,) in self.server.execute(names, [TEMPLATES])]
