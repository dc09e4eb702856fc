"""Comparing the index with the database."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterable, Sequence
from io import StringIO

import pytest
from django.core.management import CommandError, call_command, load_command_class
from pytest_django import Settings

from search import registry
from search.documents import Document, IndexedObject, Tombstone
from search.engines.base import Engine, IndexMissing
from search.holdings import Held, held_of
from search.indexer import apply_pending
from search.outbox import waiting
from search.reconciling import Drift, Kind, drifts
from search.services import search
from tests.search.conftest import Notes
from tests.search.factories import document, query
from tests.search.test_indexer import change

pytestmark = pytest.mark.django_db


def reconcile(*arguments: str) -> tuple[str, str, int]:
    """What the command says, what it complains of, and how it ends."""
    out = StringIO()
    try:
        call_command("search_reconcile", *arguments, stdout=out, stderr=StringIO())
    except CommandError as error:
        return out.getvalue(), str(error), error.returncode
    return out.getvalue(), "", 0


def overwrite(index: Engine, *documents: Document, gone: Iterable[str] = ()) -> None:
    """Change the index behind the database's back."""
    version = index.version() + 1
    with index.writing() as writing:
        writing.apply(
            upserts=documents, tombstones=[Tombstone(key=key, version=version) for key in gone]
        )


@pytest.fixture
def whole(index: Engine, notes: Notes) -> Engine:
    """An index that holds what the notes say."""
    change(notes, **{f"n{number}": f"peace {number}" for number in range(250)})
    apply_pending(index)
    return index


@pytest.fixture
def drifted(whole: Engine, notes: Notes) -> Engine:
    """The same with one object of each kind of drift."""
    version = whole.version() + 1
    overwrite(
        whole,
        document("note:n1", body="war", version=version),
        document("note:n2", body="peace 2", audience="portal", version=version),
        document("note:n3", "fr", body="peace 3", version=version),
        document("note:zzz", body="peace", version=version),
        document("note:aaa", body="peace", version=version),
        gone=["note:n4"],
    )
    notes.texts["n5"] = "broken"
    return whole


def test_an_index_that_follows_has_no_drift(whole: Engine) -> None:
    assert reconcile() == ("No drift: 250 objects compared.\n", "", 0)
    assert not waiting().exists()


def test_every_kind_of_drift_is_named_by_its_key(drifted: Engine) -> None:
    assert set(drifts(drifted)) == {
        Drift(Kind.STALE, "note:n1"),
        Drift(Kind.AUDIENCE, "note:n2", "portal instead of public"),
        Drift(Kind.STALE, "note:n3", "in fr instead of en"),
        Drift(Kind.EXTRA, "note:zzz"),
        Drift(Kind.EXTRA, "note:aaa"),
        Drift(Kind.MISSING, "note:n4"),
        Drift(Kind.BROKEN, "note:n5", "ZeroDivisionError: can't be built"),
    }


def test_drift_is_repaired_through_the_outbox_and_the_command_ends_with_one(
    drifted: Engine, notes: Notes
) -> None:
    said, complaint, code = reconcile()
    assert "missing: 1 should be found and is not in the index\n  note:n4\n" in said
    assert "audience: 1 in the index for other readers" in said
    assert "note:n2 (portal instead of public)" in said
    assert (complaint, code) == (
        "7 of 250 objects differed; enqueued them to be repaired.",
        1,
    )
    apply_pending(drifted)
    # What is broken is tried again by the outbox, which shows its error.
    assert reconcile() == ("No drift: 250 objects compared.\n", "", 0)
    assert search(query("peace", size=1)).total == 249
    assert waiting().get().key == "note:n5"


def test_report_only_changes_nothing(drifted: Engine) -> None:
    for _ in range(2):
        _, complaint, code = reconcile("--report-only")
        assert (complaint, code) == ("7 of 250 objects differed; repaired nothing.", 1)
    assert not waiting().exists()


def test_machines_get_json(drifted: Engine) -> None:
    said, _, code = reconcile("--json", "--list", "1")
    told = json.loads(said)
    assert (told["compared"], told["enqueued"], code) == (250, 7, 1)
    assert {kind: one["count"] for kind, one in told["drift"].items()} == {
        "missing": 1, "extra": 2, "stale": 2, "audience": 1, "broken": 1,
    }  # fmt: skip
    assert told["drift"]["missing"]["objects"] == [{"key": "note:n4", "detail": ""}]
    assert len(told["drift"]["extra"]["objects"]) == 1


def test_what_waits_in_the_outbox_is_late_and_no_drift(whole: Engine, notes: Notes) -> None:
    change(notes, n1="war", n2=None, fresh="peace", n3="broken")
    assert reconcile()[2] == 0
    apply_pending(whole)
    assert reconcile()[2] == 0


def test_what_is_written_while_it_is_looked_at_is_no_drift(
    whole: Engine, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = notes.documents

    def documents(ids: Sequence[str]) -> Iterable[Document]:
        made = list(build(ids))
        if "n1" in ids and notes.texts["n1"] == "peace 1":
            change(notes, n1="war")
            with monkeypatch.context() as patched:
                patched.setattr(notes, "documents", build)
                apply_pending(whole)
        return made

    overwrite(whole, document("note:n1", body="elsewhere", version=whole.version() + 1))
    monkeypatch.setattr(notes, "documents", documents)
    assert list(drifts(whole)) == []


def test_a_missing_index_can_not_be_compared(index: Engine, notes: Notes) -> None:
    with pytest.raises(IndexMissing):
        list(drifts(index))
    _, complaint, code = reconcile()
    assert "search_rebuild" in complaint
    assert code == 2


def test_objects_of_an_app_that_is_gone_are_taken_away(
    whole: Engine, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_builders", {})
    said, _, code = reconcile("--list", "2")
    assert "broken: 250" in said
    assert "and 248 more" in said
    assert code == 1
    apply_pending(whole)
    assert whole.count() == 0


class AsItShouldBe:
    """Stands for an engine that holds all notes, and for their builder, without keeping any."""

    def __init__(self, count: int) -> None:
        self.count = count

    def documents(self, ids: Sequence[str]) -> Iterable[Document]:
        return (document(f"note:{identity}", body="peace" * 50) for identity in ids)

    def all_ids(self) -> Iterable[str]:
        return map(str, range(self.count))

    def inventory(self) -> Iterable[Held]:
        for one in self.documents(self.all_ids()):  # type: ignore[arg-type]
            yield held_of(IndexedObject(key=one.key, version=1, documents=(one,)))


def test_memory_does_not_grow_with_the_number_of_objects(monkeypatch: pytest.MonkeyPatch) -> None:
    peaks = []
    for count in (400, 400, 1_600):
        both = AsItShouldBe(count)
        monkeypatch.setattr(registry, "_builders", {"note": both})
        tracemalloc.start()
        assert list(drifts(both)) == []  # type: ignore[arg-type]
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] < peaks[1] * 1.5


def test_a_wrong_address_of_the_index_is_no_drift(settings: Settings) -> None:
    settings.SEARCH_URL = "nowhere"
    _, complaint, code = reconcile()
    assert ("no search engine" in complaint, code) == (True, 2)
    # No check may come before and end with 1, which means drift.
    assert not load_command_class("search", "search_reconcile").requires_system_checks
