"""Building the index anew while it serves and changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.utils import timezone

from search import rebuilding
from search.documents import Document
from search.engines.base import Engine, EngineBusy
from search.indexer import apply_pending
from search.models import IndexState, OutboxEntry
from search.outbox import waiting
from search.rebuilding import RebuildFailed, forget_dead_rebuild, is_rebuilding, rebuild
from search.services import search
from tests.search.conftest import Notes
from tests.search.factories import document, keys, query
from tests.search.test_indexer import change

pytestmark = pytest.mark.django_db


def test_a_rebuild_holds_what_the_database_holds(index: Engine, notes: Notes) -> None:
    index.upsert([document("note:gone", body="peace")])
    notes.texts = {f"n{number}": "peace" for number in range(450)}
    told: list[tuple[str, int]] = []
    done = rebuild(index, progress=lambda prefix, count: told.append((prefix, count)))
    assert (done.objects, done.documents, done.broken) == (450, 450, 0)
    assert told == [("note", 200), ("note", 200), ("note", 50)]
    assert search(query("peace")).total == 450
    assert index.rebuild_reason() == ""


def test_changes_during_a_rebuild_are_in_the_new_index_and_search_is_never_empty(
    index: Engine, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes.texts = {f"n{number}": "peace" for number in range(500)}
    rebuild(index)
    stage = 0

    def during(ids: Sequence[str]) -> list[Document]:
        nonlocal stage
        stage += 1
        made = list(Notes.documents(notes, ids))
        if stage == 2:
            monkeypatch.setattr(notes, "documents", lambda ids: Notes.documents(notes, ids))
            change(notes, n0="peace changed", n499="peace changed", fresh="peace new", n1=None)
            assert apply_pending(index).rows == 4
            assert search(query("peace")).total == 500
            change(notes, n2="peace waiting")
            monkeypatch.setattr(notes, "documents", during)
        return made

    monkeypatch.setattr(notes, "documents", during)
    rebuild(index)
    assert search(query("peace")).total == 500
    assert sorted(keys(search(query('"peace changed"')))) == ["note:n0", "note:n499"]
    assert search(query("new")).total == 1
    assert keys(search(query("waiting"))) == []
    assert [entry.key for entry in OutboxEntry.objects.all()] == ["note:n2"]
    apply_pending(index)
    assert keys(search(query("waiting"))) == ["note:n2"]
    assert not is_rebuilding()


def test_a_broken_object_stops_a_rebuild_and_the_old_index_serves(
    index: Engine, notes: Notes
) -> None:
    notes.texts = {"a": "peace", "b": "broken"}
    index.upsert([document("note:a", body="peace")])
    with pytest.raises(RebuildFailed, match=r"note:b can't be built .*--skip-broken"):
        rebuild(index)
    assert search(query("peace")).total == 1
    assert not is_rebuilding()


def test_a_broken_object_can_be_left_out_and_is_left_to_the_outbox(
    index: Engine, notes: Notes
) -> None:
    notes.texts = {"a": "peace", "b": "broken"}
    assert rebuild(index, skip_broken=True).broken == 1
    assert search(query("peace")).total == 1
    assert waiting().get().key == "note:b"


def test_a_rebuild_that_was_taken_for_dead_does_not_swap(
    index: Engine, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.upsert([document("note:a", body="peace")])
    notes.texts = {"b": "peace"}
    filled = rebuilding._fill

    def sleep_too_long(*args: object, **kwargs: object) -> object:
        done = filled(*args, **kwargs)  # type: ignore[arg-type]
        IndexState.objects.update(rebuild_seen=timezone.now() - timedelta(hours=1))
        change(notes, c="peace")
        apply_pending(index)
        assert OutboxEntry.objects.filter(applied__isnull=False).exists()
        assert forget_dead_rebuild(index)
        assert not OutboxEntry.objects.exists()
        return done

    monkeypatch.setattr(rebuilding, "_fill", sleep_too_long)
    with pytest.raises(EngineBusy, match="taken for dead"):
        rebuild(index)
    assert sorted(keys(search(query("peace")))) == ["note:a", "note:c"]


def test_a_rebuild_that_lives_is_left_alone(index: Engine) -> None:
    rebuilding._begin()
    assert not forget_dead_rebuild(index)
    assert is_rebuilding()
