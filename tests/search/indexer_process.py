"""A process with the index and nothing else, to be killed by tests.

``indexer_process.py <folder> prepare <count> | touch <count> | once | rebuild | watch``: database
and index live in the folder; the notes are the rows of a table of the database. Building is slow
on purpose, and the file ``begun`` says that it has begun.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
PLACE = Path(sys.argv[1])
settings.configure(
    INSTALLED_APPS=["search"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": PLACE / "db.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    },
    SEARCH_URL=f"embedded://{PLACE}/index",
    USE_TZ=True,
)
django.setup()

from django.db import connection, transaction  # noqa: E402

from search import indexer, rebuilding  # noqa: E402
from search.documents import Document  # noqa: E402
from search.outbox import enqueue  # noqa: E402
from search.registry import register_builder  # noqa: E402


class Notes:
    """A slow builder over the table `note`."""

    def documents(self, ids: Sequence[str]) -> Iterable[Document]:
        (PLACE / "begun").touch()
        time.sleep(0.02)
        with connection.cursor() as cursor:
            marks = ", ".join(["%s"] * len(ids))
            cursor.execute(f"SELECT id, body FROM note WHERE id IN ({marks})", list(ids))
            rows = cursor.fetchall()
        for identity, body in rows:
            yield Document(
                key=f"note:{identity}",
                language="en",
                site="",
                kind="note",
                audience="public",
                url="",
                title="",
                body=body,
            )

    def all_ids(self) -> Iterable[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM note ORDER BY id")
            return [str(row[0]) for row in cursor.fetchall()]


def write(count: int, body: str) -> None:
    """Write notes and their outbox rows in one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        rows = [(number, body) for number in range(count)]
        cursor.executemany("INSERT OR REPLACE INTO note (id, body) VALUES (%s, %s)", rows)
        enqueue(f"note:{number}" for number in range(count))


def main(command: str, *arguments: str) -> None:
    """Run one command."""
    register_builder("note", Notes())
    indexer.BATCH = rebuilding.BATCH = 20
    indexer.apply_batch.__kwdefaults__["size"] = 20
    if command == "prepare":
        call_command("migrate", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT)")
        write(int(arguments[0]), "peace")
    elif command == "touch":
        write(int(arguments[0]), "peace touched")
    elif command == "rebuild":
        call_command("search_rebuild")
    else:
        call_command("search_index", f"--{command}")


if __name__ == "__main__":
    main(*sys.argv[2:])
