"""The names of States follow the records that hold them."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any

from django.db import transaction

from cms.languages.names import official_names_changed

from .loading import load_states


def follow_states(sender: Any, codes: Collection[str], **kwargs: Any) -> None:
    """Load the names of these States again once their change is in the database."""
    transaction.on_commit(partial(load_states, tuple(codes)))


def register() -> None:
    """Listen (from AppConfig.ready)."""
    official_names_changed.connect(follow_states, dispatch_uid="glossary-states")
