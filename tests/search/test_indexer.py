"""The outbox and its indexer."""

from __future__ import annotations

import logging
import threading
import time
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from search.documents import Tombstone
from search.engines.base import Engine
from search.indexer import BATCH, apply_batch, apply_pending, watch
from search.models import IndexState, OutboxEntry
from search.outbox import due, enqueue, waiting
from search.services import search
from tests.search.conftest import Notes
from tests.search.factories import document, keys, query

pytestmark = pytest.mark.django_db


def change(notes: Notes, **texts: str | None) -> None:
    """Change notes and enqueue them, as a service would."""
    for identity, text in texts.items():
        notes.texts.pop(identity, None)
        if text is not None:
            notes.texts[identity] = text
    with transaction.atomic():
        enqueue(f"note:{identity}" for identity in texts)


def test_a_change_is_found_once_it_is_applied(index: Engine, notes: Notes) -> None:
    change(notes, a="peace")
    assert not search(query("peace")).available
    apply_pending(index)
    assert keys(search(query("peace"))) == ["note:a"]
    assert not waiting().exists()


def test_an_object_without_documents_is_taken_away(index: Engine, notes: Notes) -> None:
    change(notes, a="peace", b="peace")
    apply_pending(index)
    change(notes, a=None)
    applied = apply_pending(index)
    assert (applied.written, applied.removed) == (0, 1)
    assert keys(search(query("peace"))) == ["note:b"]


def test_a_change_that_is_rolled_back_leaves_no_row(index: Engine, notes: Notes) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012
        enqueue(["note:a"])
        raise ZeroDivisionError
    assert not waiting().exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_enqueueing_outside_a_transaction_is_said(caplog: pytest.LogCaptureFixture) -> None:
    with transaction.atomic():
        enqueue(["note:a"])
    assert not caplog.records
    enqueue(["note:b"])
    assert "outside a transaction (note:b" in caplog.text
    assert waiting().count() == 2


def test_many_changes_of_one_object_are_one_row_each_and_read_once_a_batch(
    index: Engine, notes: Notes
) -> None:
    for _ in range(5):
        change(notes, a="peace")
    assert waiting().count() == 5
    apply_pending(index)
    assert notes.asked == ["a"]


def test_enqueueing_many_keys_is_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        enqueue(f"page:{number}" for number in range(150))


def test_queries_of_a_batch_do_not_grow_with_its_size(index: Engine, notes: Notes) -> None:
    counts = []
    for size in (1, 5, BATCH):
        change(notes, **{f"n{number}": "peace" for number in range(size)})
        with CaptureQueriesContext(connection) as queries:
            assert apply_batch(index).written == size
        counts.append(len(queries))
    # Rows whose deletion other apps listen to are deleted a hundred at a time.
    assert counts[2] <= counts[1] + BATCH // 100
    assert max(counts) <= 15


def test_rows_are_applied_in_order_and_in_batches(index: Engine, notes: Notes) -> None:
    change(notes, **{f"n{number:03}": "peace" for number in range(BATCH + 5)})
    assert apply_batch(index).rows == BATCH
    assert [entry.key for entry in waiting()] == [f"note:n{number}" for number in range(200, 205)]
    assert apply_pending(index).rows == 5


def test_each_batch_has_a_higher_version_than_the_index(index: Engine, notes: Notes) -> None:
    index.upsert([document("note:z", version=1_000)])
    change(notes, a="peace")
    apply_pending(index)
    first = index.version()
    change(notes, a="peace again")
    apply_pending(index)
    assert 1_000 < first < index.version()
    assert search(query("again")).total == 1


def test_a_broken_object_is_not_found_and_does_not_stop_the_others(
    index: Engine, notes: Notes, caplog: pytest.LogCaptureFixture
) -> None:
    change(notes, a="peace", b="peace", c="peace")
    apply_pending(index)
    change(notes, a="war", b="broken", c="war")
    applied = apply_pending(index)
    assert (applied.written, applied.broken) == (2, 1)
    assert search(query("war")).total == 2
    assert search(query("peace")).total == 0
    assert "note:b can't be indexed" in caplog.text
    row = waiting().get()
    assert (row.key, row.attempts) == ("note:b", 1)
    assert row.error == "ZeroDivisionError: can't be built"
    assert not due().exists()


def test_a_mended_object_is_found_after_its_wait(index: Engine, notes: Notes) -> None:
    change(notes, a="broken")
    for attempt in range(3):
        apply_pending(index)
        assert waiting().get().attempts == attempt + 1
        waiting().update(not_before=timezone.now() - timedelta(seconds=1))
    notes.texts["a"] = "peace"
    apply_pending(index)
    assert search(query("peace")).total == 1
    assert not OutboxEntry.objects.exists()


def test_a_key_without_a_builder_names_the_remedy(index: Engine, notes: Notes) -> None:
    enqueue(["orphan:1"])
    assert apply_pending(index).broken == 1
    assert "register_builder" in waiting().get().error


def test_a_builder_that_gives_what_it_was_not_asked_for_is_refused(
    index: Engine, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notes, "documents", lambda ids: [document("note:other", body="peace")])
    change(notes, a="peace")
    assert apply_pending(index).broken == 1
    assert "may only give what it was asked for" in waiting().get().error
    assert search(query("peace")).total == 0


def test_a_database_that_is_away_blames_nobody(
    index: Engine, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(notes, a="peace")

    def away(ids: object) -> None:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(notes, "documents", away)
    with pytest.raises(OperationalError):
        apply_pending(index)
    assert waiting().get().attempts == 0
    assert index.count() == 0


def test_a_crash_after_the_commit_only_repeats_the_work(
    index: Engine, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(notes, a="peace", b="peace")
    with monkeypatch.context() as patched:
        patched.setattr("search.indexer._settle", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            apply_pending(index)
    assert waiting().count() == 2
    apply_pending(index)
    assert search(query("peace")).total == 2
    assert not waiting().exists()


def test_a_later_deletion_is_not_undone_by_an_earlier_update(index: Engine, notes: Notes) -> None:
    change(notes, a="peace")
    apply_pending(index)
    late = document("note:a", body="peace", version=index.version())
    change(notes, a=None)
    apply_pending(index)
    index.upsert([late])
    assert search(query("peace")).total == 0


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_watching_finds_a_change_well_under_two_seconds_and_stops(
    index: Engine, notes: Notes, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    index.upsert([document("note:left", body="peace")])
    stop = threading.Event()
    lag = 99.0

    def publish() -> None:
        nonlocal lag
        try:
            deadline = time.monotonic() + 5
            while index.rebuild_reason() and time.monotonic() < deadline:
                time.sleep(0.05)
            change(notes, a="peace")
            begun = time.monotonic()
            while search(query("peace")).total != 1 and time.monotonic() < deadline:
                time.sleep(0.02)
            lag = time.monotonic() - begun
        finally:
            stop.set()
            transaction.get_connection().close()

    other = threading.Thread(target=publish)
    other.start()
    watch(index, stop)
    other.join()
    assert lag < 1.5
    assert keys(search(query("peace"))) == ["note:a"], "the index was built anew at the start"
    assert "The index is built: 0 objects" in caplog.text


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_watching_waits_for_an_engine_that_is_away(
    index: Engine, notes: Notes, caplog: pytest.LogCaptureFixture
) -> None:
    stop = threading.Event()
    with index.rebuilding():
        threading.Timer(0.5, stop.set).start()
        watch(index, stop)
    assert "The index waits: Another process holds" in caplog.text


def test_the_state_is_one_row(index: Engine, notes: Notes) -> None:
    for text in ("a", "b"):
        change(notes, a=text)
        apply_pending(index)
    assert IndexState.objects.count() == 1
    assert Tombstone(key="note:a").version == 0
