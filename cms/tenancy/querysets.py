"""The walls as filters. Each takes a queryset and a scope and gives what is inside."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from .scope import Scope

#: Sorts after every character that treebeard puts into a path, so that a range is a subtree.
_LAST = "z"


def below(paths: tuple[str, ...], *, field: str = "path") -> Q:
    """Rows whose path is one of these or lies below. A range, not LIKE: it uses the index."""
    condition = Q(pk__in=())
    for path in paths:
        condition |= Q(**{f"{field}__gte": path, f"{field}__lte": path + _LAST})
    return condition


def pages_inside(queryset: QuerySet[Any], scope: Scope) -> QuerySet[Any]:
    """Pages of the scope's sites, and the tree's root above them."""
    return queryset.filter(below(scope.paths) | Q(path__in=scope.ancestors))


def media_inside(queryset: QuerySet[Any], scope: Scope) -> QuerySet[Any]:
    """Images or files of the scope's collections."""
    return queryset.filter(collection__in=scope.collections)
