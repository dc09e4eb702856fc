"""What every search engine must tell of what it holds, so that it can be compared with the
database. The third part of `SearchEngineContract`, which inherits it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from search.documents import Document, Tombstone, objects_of
from search.engines.base import Engine, IndexMissing
from search.holdings import held_of
from tests.search.factories import document, keys, query, translated

BODIES = {
    "ar": "السلام", "zh": "和平", "en": "peace", "fr": "paix", "ru": "мир", "es": "paz",
}  # fmt: skip


def told(engine: Engine) -> set[str]:
    """The keys of the inventory, each once."""
    found = [one.key for one in engine.inventory()]
    assert len(found) == len(set(found))
    return set(found)


def full(**fields: object) -> list[Document]:
    """An object in six languages with everything that a document may say."""
    return translated(
        "doc:1",
        BODIES,
        **{
            "date": datetime(2024, 2, 29, 12, 30, tzinfo=UTC),
            "symbol": "A/1",
            "keywords": (("fr", "désarmement"), ("en", "disarmament")),
            "facets": {"subject": ("b", "a"), "body": ("GA",)},
            **fields,
        },
    )


class HoldingsContract:
    """Inventory, single objects, and counts by facet."""

    def test_the_inventory_tells_of_each_object_once_whoever_may_read_it(
        self, engine: Engine
    ) -> None:
        engine.upsert([*full(version=3), document("page:1", "zh", audience="portal", version=3)])
        engine.delete(["page:2"], version=3)
        held = {one.key: one for one in engine.inventory()}
        assert held.keys() == {"doc:1", "page:1"}
        assert held["doc:1"].languages == tuple(sorted(BODIES))
        assert held["page:1"].languages == ("zh",)
        assert (held["doc:1"].audience, held["page:1"].audience) == ("public", "portal")
        assert {one.version for one in held.values()} == {3}

    def test_what_is_held_is_what_was_written(self, engine: Engine) -> None:
        given = [*full(), *translated("page:1", {"en": "a\ud800b", "ar": "\x00"}, title="İ")]
        engine.upsert(given)
        expected = {key: held_of(item) for key, item in objects_of(given).items()}
        assert {one.key: one for one in engine.inventory()} == expected
        assert engine.held([*expected, "page:9", "doc:1"]) == expected
        assert engine.held([]) == {}

    @pytest.mark.parametrize(
        "changed",
        [
            {"title": "Another"},
            {"audience": "portal"},
            {"url": "/elsewhere/"},
            {"date": None},
            {"symbol": "A/2"},
            {"order": "A/0002"},
            {"keywords": ()},
            {"facets": {"subject": ("a",), "body": ("GA",)}},
            {"site": "jpn"},
        ],
        ids=lambda changed: next(iter(changed)),
    )
    def test_any_change_of_contents_is_another_digest(
        self, engine: Engine, changed: dict[str, object]
    ) -> None:
        engine.upsert(full(version=1))
        before = engine.held(["doc:1"])["doc:1"]
        engine.upsert(full(version=2, **changed))
        after = engine.held(["doc:1"])["doc:1"]
        assert before.digest != after.digest
        assert (before.version, after.version) == (1, 2)

    def test_the_same_contents_have_the_same_digest_in_whichever_order_they_came(
        self, engine: Engine
    ) -> None:
        engine.upsert(full(version=1))
        before = engine.held(["doc:1"])["doc:1"].digest
        facets = {"body": ("GA",), "subject": ("a", "b")}
        given = [replace(one, version=2, facets=facets) for one in reversed(full())]
        engine.upsert(given)
        assert engine.held(["doc:1"])["doc:1"].digest == before

    def test_what_is_gone_is_not_held_and_what_came_back_is(self, engine: Engine) -> None:
        engine.upsert([document("page:1", body="peace"), document("page:2", body="peace")])
        engine.delete(["page:1"], version=2)
        assert told(engine) == {"page:2"}
        assert engine.held(["page:1"]) == {}
        engine.upsert([document("page:1", version=3)])
        assert told(engine) == {"page:1", "page:2"}

    def test_the_inventory_goes_on_while_others_write(
        self, engine: Engine, other_process: Engine
    ) -> None:
        engine.upsert([document(f"page:{number}") for number in range(30)])
        inventory = engine.inventory()
        seen = {next(inventory).key}
        other_process.upsert([document(f"page:{number}", version=2) for number in range(30, 60)])
        other_process.delete(["page:1", "page:2"], version=2)
        seen |= {one.key for one in inventory}
        assert seen >= {f"page:{number}" for number in range(3, 30)}
        assert len(told(engine)) == 58

    def test_a_rebuilt_index_tells_what_it_holds(self, engine: Engine) -> None:
        engine.upsert([document("page:1"), document("page:2")])
        with engine.rebuilding() as fresh:
            fresh.add([document("page:3", version=0), document("page:4", version=0)])
            assert told(engine) == {"page:1", "page:2"}
            with fresh.swapping() as writing:
                writing.apply(tombstones=[Tombstone(key="page:4", version=5)])
        assert told(engine) == {"page:3"}

    def test_a_missing_index_holds_nothing_and_says_how_to_make_one(self, engine: Engine) -> None:
        with pytest.raises(IndexMissing, match="search_rebuild"):
            list(engine.inventory())
        with pytest.raises(IndexMissing, match="search_rebuild"):
            engine.held(["page:1"])

    def test_objects_are_counted_by_the_values_of_a_facet_whoever_may_read_them(
        self, engine: Engine
    ) -> None:
        engine.upsert(
            [
                *full(kind="document"),
                document("page:1", "fr", kind="news", audience="portal"),
                document("page:2", "fr", kind="news"),
            ]
        )
        engine.delete(["page:2"], version=2)
        assert engine.tally("kind") == {"document": 1, "news": 1}
        assert engine.tally("language") == {**dict.fromkeys(BODIES, 1), "fr": 2}
        assert engine.tally("subject") == {"a": 1, "b": 1}
        assert engine.tally("unheard") == {}

    def test_a_deletion_that_overtakes_an_update_is_final_whichever_batch_they_come_in(
        self, engine: Engine
    ) -> None:
        late = document("page:1", body="peace", version=4)
        engine.upsert([document("page:1", body="peace", version=3)])
        with engine.writing() as writing:
            writing.apply(upserts=[late], tombstones=[Tombstone(key="page:1", version=5)])
        engine.upsert([late])
        assert keys(engine.search(query("peace"))) == []
        assert told(engine) == set()
