"""An index that fell behind shows nothing of what changed meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from search.engines.base import Engine
from search.indexer import apply_pending
from search.models import OutboxEntry
from search.outbox import LATE, enqueue
from search.services import complete, search
from tests.search.conftest import Notes
from tests.search.factories import keys, query

pytestmark = pytest.mark.django_db


def changed(key: str, *, ago: timedelta) -> None:
    with transaction.atomic():
        enqueue([key])
    OutboxEntry.objects.filter(key=key).update(created=timezone.now() - ago)


def test_what_changed_long_ago_is_not_shown_until_the_index_knows(
    index: Engine, notes: Notes
) -> None:
    notes.texts = {"1": "peace", "2": "peace"}
    for number in ("1", "2"):
        changed(f"note:{number}", ago=timedelta())
    apply_pending(index)
    assert search(query("peace")).total == 2
    changed("note:1", ago=LATE * 2)
    behind = search(query("peace"))
    assert (keys(behind), behind.total) == (["note:2"], 1)
    assert [one.key for one in complete(query("unti"))] == ["note:2"]
    apply_pending(index)
    assert search(query("peace")).total == 2
    assert len(complete(query("unti"))) == 2


def test_what_changed_a_moment_ago_is_shown_as_it_was(index: Engine, notes: Notes) -> None:
    notes.texts = {"1": "peace"}
    changed("note:1", ago=timedelta())
    apply_pending(index)
    changed("note:1", ago=LATE / 5)
    assert keys(search(query("peace"))) == ["note:1"]
