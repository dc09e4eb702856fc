"""Whose row is it? Whoever's building made it; and which rows has a request changed?

Nothing here knows what a row means: a row belongs to the tenant during whose building it appeared,
so that a table which another room adds tomorrow is watched as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, models

#: What any request may write: its own session, and the note that a token was used.
FREE_TABLES = frozenset(
    {"django_session", "signin_session", "django_content_type", "django_migrations"}
)
FREE_COLUMNS = frozenset(
    {"last_login", "last_used_at", "last_seen_at", "version", "file_size", "file_hash"}
)
#: Full-text tables, derived from others and without columns of their own.
DERIVED = frozenset(
    {"wagtailsearch.SQLiteFTSIndexEntry"}
)  #: The search index, its queue of changes and Wagtail's own: shadows of other rows.
DERIVED_APPS = frozenset({"search", "wagtailsearch", "django_tasks_database"})
#: Rows made from others' published pages by whoever reads them first.
DERIVED_TABLES = frozenset({"media_rendition", "wagtailembeds_embed"})

Rows = dict[Any, dict[str, Any]]


def managed_models() -> dict[str, type[models.Model]]:
    """{table: model}, the tables between two models included."""
    return {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and model._meta.label not in DERIVED
        and model._meta.app_label not in DERIVED_APPS
    }


def rows_of(table: str, model: type[models.Model]) -> Rows:
    """{primary key: {column: value}} as the database has it, past every manager."""
    name = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {name}")
        columns = [column[0] for column in cursor.description]
        key = columns.index(model._meta.pk.column)
        return {
            row[key]: dict(zip(columns, row, strict=True))
            for row in ([_plain(value) for value in row] for row in cursor.fetchall())
        }


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, dict | list | memoryview) else value


@dataclass
class Ownership:
    """`owner[table][pk]`: the code of the tenant whose building made the row ("" for shared)."""

    tables: dict[str, type[models.Model]] = field(default_factory=managed_models)
    owner: dict[str, dict[Any, str]] = field(default_factory=dict)
    baseline: dict[str, Rows] = field(default_factory=dict)

    @contextmanager
    def building(self, code: str) -> Iterator[None]:
        """All rows that appear meanwhile belong to `code`."""
        yield
        for table, model in self.tables.items():
            owned = self.owner.setdefault(table, {})
            for pk in _keys(table, model):
                owned.setdefault(pk, code)

    def freeze(self) -> None:
        """Remember every row as it is now; each request is rolled back to this."""
        self.baseline = {
            table: rows_of(table, model)
            for table, model in self.tables.items()
            if table not in FREE_TABLES
        }

    def of(self, model: type[models.Model], code: str) -> list[Any]:
        """Primary keys of a model's rows that belong to a tenant, oldest first."""
        owned = self.owner.get(model._meta.db_table, {})
        return sorted(pk for pk, whose in owned.items() if whose == code)

    def changes(self, tables: set[str], *, own: set[str]) -> list[str]:
        """What has happened since `freeze` to rows that are not `own`, one line each."""
        found: list[str] = []
        for table in sorted(tables & self.baseline.keys()):
            found += self._changes_in(table, own)
        return found

    def _changes_in(self, table: str, own: set[str]) -> list[str]:
        model = self.tables[table]
        before, after = self.baseline[table], rows_of(table, model)
        owner = self.owner.get(table, {})
        found = []
        for pk, row in before.items():
            whose = owner.get(pk, "")
            if whose in own or not whose:
                continue
            if pk not in after:
                found.append(f"deleted {table} {pk} of {whose}")
            elif changed := _differing(row, after[pk]):
                found.append(f"changed {table} {pk} of {whose}: {', '.join(changed)}")
        for pk in after.keys() - before.keys() if table not in DERIVED_TABLES else ():
            found += self._strangers(model, table, after[pk], own)
        for pk in after.keys() & before.keys():
            if owner.get(pk, "") in own and after[pk] != before[pk]:
                found += [
                    line
                    for line in self._strangers(model, table, after[pk], own)
                    if line not in self._strangers(model, table, before[pk], own)
                ]
        return found

    def _strangers(
        self, model: type[models.Model], table: str, row: Mapping[str, Any], own: set[str]
    ) -> list[str]:
        """Rows of others that this row points to."""
        found = []
        for column in model._meta.concrete_fields:
            if column.related_model is None or column.primary_key:
                continue
            target = column.related_model._meta.concrete_model._meta.db_table
            whose = self.owner.get(target, {}).get(row.get(column.column), "")
            if whose and whose not in own:
                found.append(f"{table}.{column.name} now points to {target} of {whose}")
        return found


def _keys(table: str, model: type[models.Model]) -> list[Any]:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {quote(model._meta.pk.column)} FROM {quote(table)}")
        return [row[0] for row in cursor.fetchall()]


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [
        column
        for column, value in before.items()
        if after.get(column) != value and column not in FREE_COLUMNS
    ]
