"""The walls as lookups, which ask for the scope when a query is *run*.

Not when it is written: querysets are kept in forms, choosers and filters that are built once, in
the request of whoever comes first, and serve everybody after. Lookups on a field, not expressions
of our own, because Wagtail's search reads a queryset's conditions and understands those only.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db.models import BooleanField, CharField, ForeignKey, Lookup
from django.db.models.expressions import Func

from .scope import Scope, current

#: Sorts after every character that treebeard puts into a path, so that a range is a subtree.
_LAST = "z"

Sql = tuple[str, tuple[Any, ...]]


class _Inside(Lookup):
    """`field__lookup=True`: all rows without a scope, else those inside it."""

    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Sql:
        scope = current()
        if scope is None:
            raise FullResultSet
        column, params = self.process_lhs(compiler, connection)
        return self.inside(column, tuple(params), scope)

    def inside(self, column: str, params: tuple[Any, ...], scope: Scope) -> Sql:
        raise NotImplementedError


@CharField.register_lookup
class PathInside(_Inside):
    """The path of a page of the scope's sites, or of the tree's root above them."""

    lookup_name = "path_inside"

    def inside(self, column: str, params: tuple[Any, ...], scope: Scope) -> Sql:
        if not scope.paths:
            raise EmptyResultSet
        # Ranges, not LIKE: they use the index.
        parts = [f"{column} = %s" for _path in scope.ancestors]
        parts += [f"({column} >= %s AND {column} <= %s)" for _path in scope.paths]
        values: list[Any] = [value for path in scope.ancestors for value in (*params, path)]
        for path in scope.paths:
            values += [*params, path, *params, path + _LAST]
        return f"({' OR '.join(parts)})", tuple(values)


@ForeignKey.register_lookup
class CollectionInside(_Inside):
    """The id of one of the scope's collections."""

    lookup_name = "collection_inside"

    def inside(self, column: str, params: tuple[Any, ...], scope: Scope) -> Sql:
        if not scope.collections:
            raise EmptyResultSet
        places = ", ".join(["%s"] * len(scope.collections))
        return f"{column} IN ({places})", (*params, *scope.collections)


class Unlimited(Func):
    """Whether there is no scope."""

    output_field = BooleanField()
    conditional = True

    def as_sql(self, *_args: Any, **_context: Any) -> Sql:
        if current() is None:
            raise FullResultSet
        raise EmptyResultSet
