"""The walls as conditions of a query, which ask for the scope when the query is *run*.

Not when it is written: querysets are kept in forms, choosers and filters that are built once, in
the request of whoever comes first, and serve everybody after.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db.models import BooleanField
from django.db.models.expressions import Func

from .scope import Scope, current

#: Sorts after every character that treebeard puts into a path, so that a range is a subtree.
_LAST = "z"

Sql = tuple[str, list[Any]]


class _Condition(Func):
    """True without a scope; else what `inside` says of the one column that it is given."""

    output_field = BooleanField()
    conditional = True

    def as_sql(self, compiler: Any, connection: Any, **_context: Any) -> Sql:
        scope = current()
        if scope is None:
            raise FullResultSet
        columns = [compiler.compile(column) for column in self.get_source_expressions()]
        return self.inside(columns, scope)

    def inside(self, columns: list[Sql], scope: Scope) -> Sql:
        raise NotImplementedError


class PathInside(_Condition):
    """The path of a page of the scope's sites, or of the tree's root above them."""

    def inside(self, columns: list[Sql], scope: Scope) -> Sql:
        if not scope.paths:
            raise EmptyResultSet
        ((column, params),) = columns
        # Ranges, not LIKE: they use the index.
        parts = [f"{column} = %s" for _path in scope.ancestors]
        parts += [f"({column} >= %s AND {column} <= %s)" for _path in scope.paths]
        values: list[Any] = [value for path in scope.ancestors for value in (*params, path)]
        for path in scope.paths:
            values += [*params, path, *params, path + _LAST]
        return f"({' OR '.join(parts)})", values


class CollectionInside(_Condition):
    """The id of one of the scope's collections."""

    def inside(self, columns: list[Sql], scope: Scope) -> Sql:
        return _one_of(columns, scope.collections)


class SiteInside(_Condition):
    """The id of the profile of one of the scope's sites."""

    def inside(self, columns: list[Sql], scope: Scope) -> Sql:
        return _one_of(columns, scope.sites)


class Unlimited(_Condition):
    """Whether there is no scope."""

    def inside(self, columns: list[Sql], scope: Scope) -> Sql:
        raise EmptyResultSet


def _one_of(columns: list[Sql], wanted: tuple[int, ...]) -> Sql:
    if not wanted:
        raise EmptyResultSet
    ((column, params),) = columns
    places = ", ".join(["%s"] * len(wanted))
    return f"{column} IN ({places})", [*params, *wanted]
