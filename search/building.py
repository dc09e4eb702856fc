"""Asking the builders for documents, so that one broken object does not stop the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db import InterfaceError, OperationalError

from search.documents import Document, InvalidDocument, Tombstone, objects_of
from search.engines.base import Writing
from search.registry import BuilderError, builder_for

DATABASE_AWAY = (InterfaceError, OperationalError)
"""The database can't be asked just now: nobody's fault, so everything waits."""


@dataclass(slots=True)
class Built:
    """What builders made of some keys: each key is in exactly one of the three."""

    documents: dict[str, list[Document]] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)
    broken: dict[str, str] = field(default_factory=dict)

    @property
    def all_documents(self) -> Iterable[Document]:
        """The documents of all objects."""
        return (document for group in self.documents.values() for document in group)


def build(keys: Iterable[str]) -> Built:
    """Documents of these objects as the database has them now.

    An error of a builder is put down to the object that caused it. Raises only where the
    database can't be reached.
    """
    by_prefix: dict[str, list[str]] = {}
    for key in dict.fromkeys(keys):
        prefix, _, identity = key.partition(":")
        by_prefix.setdefault(prefix, []).append(identity)
    built = Built()
    for prefix, ids in by_prefix.items():
        _build_some(prefix, ids, into=built)
    return built


def write(writing: Writing, built: Built, *, version: int) -> None:
    """Apply what was built in one durable step; absent and broken objects are taken away."""
    writing.apply(
        upserts=[replace(document, version=version) for document in built.all_documents],
        tombstones=[Tombstone(key=key, version=version) for key in (*built.absent, *built.broken)],
    )


def _build_some(prefix: str, ids: Sequence[str], *, into: Built) -> None:
    keys = [f"{prefix}:{identity}" for identity in ids]
    try:
        groups = _ask(prefix, ids)
    except DATABASE_AWAY:
        raise
    except Exception as error:  # noqa: BLE001  (other apps' code: recorded, shown, tried again)
        if len(ids) == 1:
            into.broken[keys[0]] = f"{type(error).__name__}: {error}"
            return
        for identity in ids:
            _build_some(prefix, [identity], into=into)
        return
    for key in keys:
        if key in groups:
            into.documents[key] = groups[key]
        else:
            into.absent.append(key)


def _ask(prefix: str, ids: Sequence[str]) -> dict[str, list[Document]]:
    builder = builder_for(prefix)
    expected = {f"{prefix}:{identity}" for identity in ids}
    groups: dict[str, list[Document]] = {}
    for document in builder.documents(ids):
        if not isinstance(document, Document):
            raise InvalidDocument(f"{prefix}: the builder gave {type(document)}, not a Document.")
        groups.setdefault(document.key, []).append(document)
    if not groups.keys() <= expected:
        raise BuilderError(
            f"{type(builder).__qualname__} was asked for {sorted(expected)[:3]}… and gave "
            f"{sorted(groups.keys() - expected)[:3]}: it may only give what it was asked for."
        )
    for group in groups.values():
        objects_of(group)
    return groups
