"""Versions of documents: each batch has a higher one than any before it."""

from django.db import transaction

from search.engines.base import Engine
from search.models import IndexState


def draw_version(engine: Engine) -> int:
    """A version higher than any that was drawn or that the index holds.

    The index is asked too: it may have outlived the database that counted for it.
    """
    held = engine.version()
    with transaction.atomic():
        state, _ = IndexState.objects.select_for_update().get_or_create(pk=IndexState.SINGLE)
        state.version = max(state.version, held) + 1
        state.save(update_fields=["version"])
    return state.version
