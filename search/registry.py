"""How other apps' objects become documents.

Each app registers a builder for its prefix of keys from `AppConfig.ready`. The index asks the
builder for documents when an object changed, and for all ids when the index is built anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, runtime_checkable

from search.documents import Document


class BuilderError(Exception):
    """A builder is missing, doubled, or does not do what it must; the message names it."""


@runtime_checkable
class Builder(Protocol):
    """Makes the documents of one kind of object."""

    def documents(self, ids: Sequence[str]) -> Iterable[Document]:
        """The documents of these objects as the database has them now, in every language.

        Some 200 ids at most. An id without documents (deleted, unpublished, not for finding) is
        taken out of the index.
        """
        ...

    def all_ids(self) -> Iterable[str]:
        """The ids of all objects that may have documents."""
        ...


_builders: dict[str, Builder] = {}


def register_builder(prefix: str, builder: Builder) -> None:
    """Let `builder` make the documents of all keys ``prefix:…``.

    Registering another builder of the same class again replaces it (reloading in development);
    a prefix that belongs to another class raises `BuilderError`.
    """
    if not prefix or ":" in prefix:
        raise BuilderError(f"{prefix!r} is no prefix: use a short word without a colon.")
    known = _builders.get(prefix)
    if known is not None and type(known) is not type(builder):
        raise BuilderError(
            f"The prefix {prefix!r} belongs to {type(known).__qualname__} already; "
            f"give {type(builder).__qualname__} another one."
        )
    _builders[prefix] = builder


def builders() -> dict[str, Builder]:
    """The registered builders by prefix, in the order of registration."""
    return dict(_builders)


def builder_for(prefix: str) -> Builder:
    """The builder of a prefix; `BuilderError` where there is none."""
    try:
        return _builders[prefix]
    except KeyError:
        raise BuilderError(
            f"No search builder is registered for {prefix!r}. Call search.registry."
            "register_builder in AppConfig.ready of the app that owns these objects."
        ) from None
