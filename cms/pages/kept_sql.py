"""Queries whose SQL is written once a process: those that every request asks.

Django writes the SQL of a query anew each time, and for a query of many joins and conditions that
costs ten times what the database does. The SQL depends on the models alone, so it is kept; the
rows are read each time, so that what another process has changed holds from the next request on.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Expression, Field, QuerySet

from cms.tenancy.scope import limited_to

#: Kept of each query, for as many shapes.
SHAPES = 256


class Asked(Expression):
    """Stands in a kept query for a value of a field, which is given when the query is asked."""

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


class KeptQuery:
    """A query by its kept SQL: as decorator of the function that writes it.

        @KeptQuery
        def named(column):
            return Site.objects.filter(**{column: Asked("name", CharField())}).values("pk")

        named.rows("hostname", name="fra.localhost")  # → [{"pk": 3}]

    What the function is given is the query's shape (hashable): for each its SQL is kept, and for
    each kind of database. The SQL must depend on nothing else, such as the language of a request;
    it is written outside the walls around one, so it sees every tenant's rows.
    """

    def __init__(self, write: Callable[..., QuerySet[Any, Any]]) -> None:
        self._write = write
        self._written = lru_cache(maxsize=SHAPES)(self._write_sql)

    def rows(self, *shape: Hashable, **given: object) -> list[dict[str, Any]]:
        """What the database answers now, by the names given to `values()`. One query.

        Values are texts and whole numbers, given and answered as the database has them.
        """
        sql, parameters = self._written(connection.vendor, *shape)
        values = [given[one.name] if isinstance(one, Asked) else one for one in parameters]
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def _write_sql(self, _vendor: str, *shape: Hashable) -> tuple[str, tuple[Any, ...]]:
        with limited_to(None):
            sql, parameters = self._write(*shape).query.sql_with_params()
        return sql, tuple(parameters)
