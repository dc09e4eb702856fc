"""Versions of documents: each batch has a higher one than any before it."""

from django.db import transaction

from search.models import IndexState


def draw_version(*, above: int = 0) -> int:
    """A version higher than any that was drawn, and than `above`.

    Above what the index holds: it may have outlived the database that counted for it.
    """
    with transaction.atomic():
        state, _ = IndexState.objects.select_for_update().get_or_create(pk=IndexState.SINGLE)
        state.version = max(state.version, above) + 1
        state.save(update_fields=["version"])
    return state.version
