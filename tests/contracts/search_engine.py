"""What every search engine must do. An engine's tests subclass `SearchEngineContract`.

The subclass says how to make an engine and a second one on the same index, as another process
would have it. What an engine can't do is marked as an explained expected failure there.
"""

from __future__ import annotations

import re
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.analysis import terms
from search.documents import InvalidDocument, Tombstone
from search.engines.base import Engine, EngineBusy, IndexMissing
from search.interpretation import Clause, interpret
from search.results import DEEPEST
from tests.contracts.search_finding import FindingContract
from tests.contracts.search_grammar import GrammarContract
from tests.contracts.search_holdings import HoldingsContract
from tests.search.factories import document, keys, marks, query, shown, translated

PEACE = {
    "ar": "تعزيز السلام والأمن الدوليين",
    "zh": "加强国际和平与安全",
    "en": "Strengthening international peace and security",
    "fr": "Renforcement de la paix et de la sécurité internationales",
    "ru": "Укрепление международного мира и безопасности",
    "es": "Fortalecimiento de la paz y la seguridad internacionales",
}
WORD_FOR_PEACE = {
    "ar": "السلام", "zh": "和平", "en": "peace", "fr": "paix", "ru": "мир", "es": "paz",
}  # fmt: skip

HOSTILE = [
    '"', '""', '"unbalanced', "(", ")", "a:b", "NOT", "AND OR NOT", "key:page", "title:[a TO z]",
    "*", "?", "~", "^4", "\\", "/", "//", "%00", "\x00", "\x00peace\x00", "\ud800", "pe\udcfface",
    "+", "-", "--", "&&", "||", "!", "{}", "[]", "/.*/", "\u202epeace", "\u0640", "\u0301", "«»",
    "“”", "'", "’", "a/b/c/d/e/f/g/h/i/j/k/l/1", "S/", "/S", "\n\t\r", "🕊", "ﷺ", "𠀀", "ß", "İ",
]  # fmt: skip


VOCABULARY = ["2030", "peace", "paix", "мир", "和平", "السلام", "UNESCO", "nation", "naciones"]


def matches(clause: Clause, bodies: dict[str, str]) -> bool:
    """Whether half of the clause's words are in the text of its language."""
    there = set(terms(bodies.get(clause.language, ""), clause.language))
    return len(there.intersection(clause.words)) >= clause.required


class SearchEngineContract(FindingContract, GrammarContract, HoldingsContract, ABC):
    """The promises of `search.engines.base`, as tests."""

    @abstractmethod
    def make_engine(self, place: Path) -> Engine:
        """An engine whose index is kept under `place`; the same place, the same index."""

    @pytest.fixture
    def engine(self, tmp_path: Path) -> Iterator[Engine]:
        engine = self.make_engine(tmp_path)
        yield engine
        engine.close()

    @pytest.fixture
    def other_process(self, tmp_path: Path) -> Iterator[Engine]:
        """Another engine on the same index."""
        engine = self.make_engine(tmp_path)
        yield engine
        engine.close()

    # Objects and languages

    @pytest.mark.parametrize("language", PEACE)
    def test_a_document_is_found_in_its_language_and_shown_with_marks(
        self, engine: Engine, language: str
    ) -> None:
        engine.upsert(translated("page:1", {language: PEACE[language]}, title="1"))
        engine.upsert([document("page:2", language, body="2")])
        results = engine.search(query(WORD_FOR_PEACE[language], language))
        assert keys(results) == ["page:1"]
        assert results.total == 1
        assert results.hits[0].language == language
        assert len(marks(results.hits[0].passage)) == 1
        assert shown(results.hits[0].passage).replace("[", "").replace("]", "") == PEACE[language]

    def test_an_object_in_six_languages_is_one_hit_and_counts_once(self, engine: Engine) -> None:
        engine.upsert(translated("page:1", PEACE, title="2030"))
        results = engine.search(query("2030", "fr"))
        assert [(hit.key, hit.language) for hit in results.hits] == [("page:1", "fr")]
        assert results.total == 1
        assert results.hits[0].languages == tuple(PEACE)
        assert engine.count() == 1

    @pytest.mark.parametrize("reader", PEACE)
    def test_the_readers_language_is_shown_where_it_matches(
        self, engine: Engine, reader: str
    ) -> None:
        engine.upsert(translated("page:1", PEACE, title="UNESCO"))
        assert engine.search(query("unesco", reader)).hits[0].language == reader

    def test_a_match_in_another_language_is_found_and_shown_in_that_language(
        self, engine: Engine
    ) -> None:
        engine.upsert(translated("page:1", PEACE))
        hit = engine.search(query("Renforcement paix", "ar")).hits[0]
        assert hit.language == "fr"
        assert marks(hit.passage) == ["Renforcement", "paix"]

    def test_the_readers_language_comes_before_an_equal_text_in_another(
        self, engine: Engine
    ) -> None:
        for number, language in enumerate(PEACE):
            engine.upsert([document(f"page:{number}", language, title="Agenda", body="2030 A")])
        for number, language in enumerate(PEACE):
            results = engine.search(query("2030", language))
            assert keys(results)[0] == f"page:{number}"
            assert results.total == len(PEACE)

    def test_languages_limit_the_texts_that_are_looked_at(self, engine: Engine) -> None:
        engine.upsert(translated("page:1", PEACE))
        assert engine.search(query("paix", "en", languages=("fr",))).total == 1
        assert engine.search(query("paix", "en", languages=("en", "ru"))).total == 0

    def test_totals_count_objects_on_every_page_however_many_languages_match(
        self, engine: Engine
    ) -> None:
        for number in range(25):
            languages = list(PEACE)[: 1 + number % 6]
            engine.upsert(
                translated(f"page:{number}", {code: PEACE[code] for code in languages}, title="7")
            )
        seen: list[str] = []
        for page in (1, 2, 3):
            results = engine.search(query("7", "ru", page=page, size=10))
            assert results.total == 25
            seen += keys(results)
        assert len(seen) == len(set(seen)) == 25

    def test_a_page_beyond_the_last_is_empty_and_keeps_the_total(self, engine: Engine) -> None:
        engine.upsert([document(body="peace")])
        for page in (2, DEEPEST, 10**9):
            results = engine.search(query("peace", page=page))
            assert (results.hits, results.total) == ((), 1)

    # Writing

    def test_an_object_is_replaced_in_all_its_languages(self, engine: Engine) -> None:
        engine.upsert(translated("page:1", PEACE, version=1))
        engine.upsert(translated("page:1", {"fr": "Le désarmement"}, version=2))
        assert engine.search(query("peace")).total == 0
        assert engine.search(query("désarmement", "fr")).total == 1
        assert engine.count() == 1

    def test_writing_the_same_twice_changes_nothing(self, engine: Engine) -> None:
        for _ in range(3):
            engine.upsert(translated("page:1", PEACE))
        assert engine.search(query("peace")).total == engine.count() == 1

    def test_a_deleted_object_is_gone_in_all_languages(self, engine: Engine) -> None:
        engine.upsert([*translated("page:1", PEACE), *translated("page:2", PEACE)])
        engine.delete(["page:1"])
        for language, word in WORD_FOR_PEACE.items():
            assert keys(engine.search(query(word, language))) == ["page:2"]
        assert engine.count() == 1

    def test_an_older_document_does_not_replace_a_newer_one(self, engine: Engine) -> None:
        engine.upsert([document(body="newer", version=5)])
        engine.upsert([document(body="older", version=4)])
        assert engine.search(query("newer")).total == 1
        assert engine.search(query("older")).total == 0

    def test_update_after_delete_delivered_in_reverse_stays_deleted(self, engine: Engine) -> None:
        with engine.writing() as writing:
            writing.apply(tombstones=[Tombstone(key="page:1", version=5)])
            writing.apply(upserts=[document(body="peace", version=4)])
        assert engine.search(query("peace")).total == engine.count() == 0

    def test_an_object_that_comes_back_after_its_deletion_is_found(self, engine: Engine) -> None:
        with engine.writing() as writing:
            writing.apply(tombstones=[Tombstone(key="page:1", version=5)])
            writing.apply(upserts=[document(body="peace", version=6)])
        assert engine.search(query("peace")).total == engine.count() == 1

    def test_an_older_deletion_does_not_take_away_a_newer_document(self, engine: Engine) -> None:
        with engine.writing() as writing:
            writing.apply(upserts=[document(body="peace", version=6)])
            writing.apply(tombstones=[Tombstone(key="page:1", version=5)])
        assert engine.search(query("peace")).total == 1

    def test_the_highest_version_is_known_tombstones_included(self, engine: Engine) -> None:
        assert engine.version() == 0
        engine.upsert([document(version=7)])
        assert engine.version() == 7
        with engine.writing() as writing:
            writing.apply(tombstones=[Tombstone(key="page:9", version=11)])
        assert engine.version() == 11

    def test_languages_of_an_object_that_disagree_on_audience_are_refused_whole(
        self, engine: Engine
    ) -> None:
        engine.upsert([document("page:1", body="before")])
        mixed = [
            document("page:1", "en", body="after", version=2),
            document("page:1", "fr", body="après", audience="portal", version=2),
        ]
        with pytest.raises(InvalidDocument, match="page:1: its languages differ in audience"):
            engine.upsert(mixed)
        assert engine.search(query("before")).total == 1

    def test_text_that_no_engine_can_encode_is_indexed_all_the_same(self, engine: Engine) -> None:
        engine.upsert(
            [document(title="pea\ud800ce", body="a\x00b \udfff peace", symbol="A/\ud800")]
        )
        assert engine.search(query("peace")).total == 1

    # Several processes

    def test_a_second_process_sees_what_was_applied_without_being_told(
        self, engine: Engine, other_process: Engine
    ) -> None:
        engine.upsert([document("page:1", body="peace")])
        assert other_process.search(query("peace")).total == 1
        engine.upsert([document("page:2", body="peace")])
        assert other_process.search(query("peace")).total == 2
        engine.delete(["page:1"])
        assert other_process.search(query("peace")).total == 1

    def test_a_second_writer_is_told_that_the_engine_is_busy(
        self, engine: Engine, other_process: Engine
    ) -> None:
        with engine.writing(), pytest.raises(EngineBusy), other_process.writing(timeout=0.05):
            pass
        other_process.upsert([document(body="peace")])
        assert engine.search(query("peace")).total == 1

    def test_an_error_while_writing_keeps_nothing_and_lets_the_next_writer_in(
        self, engine: Engine, other_process: Engine
    ) -> None:
        with pytest.raises(ZeroDivisionError), engine.writing():
            raise ZeroDivisionError
        other_process.upsert([document(body="peace")])
        assert engine.count() == 1

    def test_threads_search_while_another_writes(self, engine: Engine) -> None:
        engine.upsert([document("page:0", body="peace")])
        errors: list[BaseException] = []
        done = threading.Event()

        def look() -> None:
            try:
                while not done.is_set():
                    results = engine.search(query("peace"))
                    assert results.total >= 1
                    assert len(results.hits) == min(results.total, 10)
            except BaseException as error:  # noqa: BLE001  (handed to the main thread)
                errors.append(error)

        threads = [threading.Thread(target=look) for _ in range(3)]
        for thread in threads:
            thread.start()
        for number in range(1, 15):
            engine.upsert([document(f"page:{number}", body="peace")])
        done.set()
        for thread in threads:
            thread.join()
        assert not errors
        assert engine.search(query("peace")).total == 15

    def test_a_missing_index_says_how_to_make_one(self, engine: Engine) -> None:
        with pytest.raises(IndexMissing, match="search_rebuild"):
            engine.search(query("peace"))
        assert engine.status().objects == 0
        assert "no index" in engine.rebuild_reason()

    def test_the_program_that_searches_is_named_with_its_version(self, engine: Engine) -> None:
        engine.upsert([document(body="peace")])
        assert re.fullmatch(r"[A-Za-z]+ \d+(\.\d+)+", engine.status().software)

    # Rebuilding

    def test_the_old_index_serves_until_the_new_one_is_swapped_in(
        self, engine: Engine, other_process: Engine
    ) -> None:
        engine.upsert([document("page:1", body="peace old")])
        with engine.rebuilding() as fresh:
            fresh.add([document("page:2", body="peace new", version=0)])
            assert keys(other_process.search(query("peace"))) == ["page:1"]
            other_process.upsert([document("page:3", body="peace meanwhile")])
            assert other_process.search(query("peace")).total == 2
            with fresh.swapping() as writing:
                writing.apply(upserts=[document("page:3", body="peace meanwhile", version=3)])
                assert other_process.search(query("peace")).total == 2
        assert sorted(keys(other_process.search(query("peace")))) == ["page:2", "page:3"]
        assert engine.rebuild_reason() == ""
        engine.upsert([document("page:4", body="peace after", version=4)])
        assert other_process.search(query("peace")).total == 3

    def test_a_rebuild_that_fails_leaves_the_old_index_as_it_was(self, engine: Engine) -> None:
        engine.upsert([document("page:1", body="peace")])
        with pytest.raises(ZeroDivisionError), engine.rebuilding() as fresh:  # noqa: PT012
            fresh.add([document("page:2", body="peace")])
            raise ZeroDivisionError
        assert keys(engine.search(query("peace"))) == ["page:1"]

    def test_a_swap_that_fails_leaves_the_old_index_as_it_was(self, engine: Engine) -> None:
        engine.upsert([document("page:1", body="peace")])
        with (  # noqa: PT012
            pytest.raises(ZeroDivisionError),
            engine.rebuilding() as fresh,
            fresh.swapping() as writing,
        ):
            writing.apply(upserts=[document("page:2", body="peace")])
            raise ZeroDivisionError
        assert keys(engine.search(query("peace"))) == ["page:1"]

    def test_two_rebuilds_at_once_are_refused(self, engine: Engine, other_process: Engine) -> None:
        with engine.rebuilding(), pytest.raises(EngineBusy), other_process.rebuilding():
            pass

    # Narrowing

    def test_sites_and_kinds_narrow_the_search(self, engine: Engine) -> None:
        engine.upsert(
            [
                document("page:1", site="fra", kind="news", body="peace"),
                document("page:2", site="fra", kind="event", body="peace"),
                document("page:3", site="jpn", kind="news", body="peace"),
            ]
        )
        assert keys(engine.search(query("peace", sites=("jpn",)))) == ["page:3"]
        assert engine.search(query("peace", sites=("fra", "jpn"), kinds=("news",))).total == 2
        assert engine.search(query("peace", sites=("nowhere",))).total == 0

    # What is typed

    def test_half_of_the_words_are_enough_and_all_of_them_come_first(self, engine: Engine) -> None:
        engine.upsert(
            [
                document("page:1", body="disarmament treaty"),
                document("page:2", body="disarmament treaty verification regime and much besides"),
                document("page:3", body="verification"),
            ]
        )
        results = engine.search(query("disarmament treaty verification regime"))
        assert keys(results) == ["page:2", "page:1"]
        assert results.total == 2

    def test_a_quoted_phrase_is_found_only_as_it_stands(self, engine: Engine) -> None:
        engine.upsert(
            [
                document("page:1", body="the Security Council met"),
                document("page:2", body="a council on security"),
                document("page:3", title="Security", body="Council"),
                *translated("page:4", {"en": "security", "fr": "Council", "es": "council"}),
            ]
        )
        for text in ('"security council"', "“Security Council”", "«security council»"):
            results = engine.search(query(text))
            assert keys(results) == ["page:1"]
            assert results.total == 1
        assert engine.search(query("security council")).total == 4

    def test_a_quoted_phrase_in_chinese_is_found_only_as_it_stands(self, engine: Engine) -> None:
        engine.upsert(
            [
                document("page:1", "zh", body="安全理事会"),
                document("page:2", "zh", body="理事会安全"),
            ]
        )
        assert keys(engine.search(query("“安全理事”", "zh"))) == ["page:1"]

    def test_a_symbol_finds_its_document_then_those_that_cite_it(self, engine: Engine) -> None:
        resolution = {code: f"{text} 1325" for code, text in PEACE.items()}
        engine.upsert(
            [
                *translated("doc:1", resolution, symbol="S/RES/1325 (2000)"),
                document("doc:2", body="Recalling resolution S/RES/1325 (2000) on women"),
                document("doc:3", body="1325 members, S and RES", symbol="S/RES/2000 (1325)"),
            ]
        )
        for typed in ("S/RES/1325 (2000)", "s/res/1325", "S∕RES∕1325", "Ｓ／ＲＥＳ／１３２５"):
            results = engine.search(query(typed, "ar"))
            assert keys(results) == ["doc:1", "doc:2"], typed
            assert results.total == 2
            assert results.hits[0].language == "ar"
            assert results.hits[0].symbol == "S/RES/1325 (2000)"

    def test_part_of_a_symbol_finds_the_longer_ones(self, engine: Engine) -> None:
        engine.upsert(
            [
                document("doc:1", symbol="A/C.3/78/L.49/Rev.1"),
                document("doc:2", symbol="A/C.3/78/L.5"),
                document("doc:3", symbol="A/C.2/78/L.49"),
            ]
        )
        assert keys(engine.search(query("A/C.3/78/L.49"))) == ["doc:1"]
        assert sorted(keys(engine.search(query("a/c.3/78")))) == ["doc:1", "doc:2"]

    @pytest.mark.parametrize("text", HOSTILE, ids=ascii)
    def test_hostile_input_is_answered(self, engine: Engine, text: str) -> None:
        engine.upsert([document(body="peace")])
        results = engine.search(query(text))
        assert len(results.hits) == results.total <= 1

    def test_a_hundred_kilobytes_are_answered(self, engine: Engine) -> None:
        engine.upsert([document(body="peace")])
        for text in ("peace " * 17_000, '"' * 100_000, "a/1" * 33_000, "和平" * 50_000):
            assert engine.search(query(text)).total <= 1

    @settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(text=st.text(st.characters(codec=None), max_size=40))
    def test_anything_typed_is_answered_and_found_once_if_at_all(
        self, engine: Engine, text: str
    ) -> None:
        engine.upsert(translated("page:1", {"en": text, "ar": text, "zh": text}))
        results = engine.search(query(text, "ar"))
        assert len(results.hits) == results.total <= 1

    @pytest.mark.parametrize("text", ["", " ", "\u200f", "…", "!?"])
    def test_nothing_to_look_for_finds_nothing(self, engine: Engine, text: str) -> None:
        engine.upsert([document(body="peace")])
        assert engine.search(query(text)).total == 0

    @settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        objects=st.lists(
            st.tuples(
                st.dictionaries(
                    st.sampled_from(list(PEACE)),
                    st.lists(st.sampled_from(VOCABULARY), max_size=4).map(" ".join),
                    min_size=1,
                ),
                st.sampled_from(["public", "portal"]),
            ),
            max_size=6,
        ),
        words=st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=5).map(" ".join),
        reader=st.sampled_from(list(PEACE)),
    )
    def test_what_is_found_is_what_a_slow_look_at_every_text_finds(
        self,
        engine: Engine,
        objects: list[tuple[dict[str, str], str]],
        words: str,
        reader: str,
    ) -> None:
        version = engine.version() + 1
        with engine.writing() as writing:
            writing.apply(
                upserts=[
                    one
                    for number, (bodies, audience) in enumerate(objects)
                    for one in translated(
                        f"page:{number}", bodies, audience=audience, title="", version=version
                    )
                ],
                tombstones=[
                    Tombstone(key=f"page:{number}", version=version)
                    for number in range(len(objects), 6)
                ],
            )
        clauses = interpret(query(words, reader)).clauses
        expected = {
            f"page:{number}"
            for number, (bodies, audience) in enumerate(objects)
            if audience == "public" and any(matches(clause, bodies) for clause in clauses)
        }
        results = engine.search(query(words, reader, spelling=False))
        assert set(keys(results)) == expected
        assert results.total == len(results.hits) == len(expected)

    # Who may read what

    def test_the_public_sees_no_portal_word_in_hits_totals_or_marks(self, engine: Engine) -> None:
        public = {code: f"Zeta {text}" for code, text in PEACE.items()}
        secret = {code: f"Zeta QUETZAL {text}" for code, text in PEACE.items()}
        engine.upsert(translated("page:1", public))
        engine.upsert(translated("page:2", secret, audience="portal", symbol="A/QUETZAL/1"))
        engine.upsert([document("page:3", title="quetzal", audience="FRA-editors")])
        for language in PEACE:
            for text in ("quetzal", '"zeta quetzal"', "A/QUETZAL/1", "qeutzal"):
                results = engine.search(query(text, language))
                assert (results.hits, results.total) == ((), 0)
            both = engine.search(query("zeta quetzal", language))
            assert (keys(both), both.total) == (["page:1"], 1)
            assert "quetzal" not in repr(both).lower()
        member = query("zeta quetzal", "fr", audiences=frozenset({"public", "portal"}))
        assert (keys(engine.search(member)), engine.search(member).total) == (
            ["page:2", "page:1"],
            2,
        )

    def test_a_change_of_audience_is_a_change_of_what_is_found(self, engine: Engine) -> None:
        engine.upsert(translated("page:1", PEACE, version=1))
        assert engine.search(query("peace")).total == 1
        engine.upsert(translated("page:1", PEACE, audience="portal", version=2))
        assert engine.search(query("peace")).total == 0

    def test_a_hit_carries_what_the_document_said(self, engine: Engine) -> None:
        moment = datetime(2024, 2, 29, 12, 30, tzinfo=UTC)
        engine.upsert(
            [
                document(
                    "doc:1", title="Peace <b>", url="//x?a=1&b", date=moment, symbol="A/1", kind="k"
                )
            ]
        )
        hit = engine.search(query("peace")).hits[0]
        assert (hit.key, hit.site, hit.kind, hit.url) == ("doc:1", "fra", "k", "//x?a=1&b")
        assert (hit.date, hit.symbol, hit.languages) == (moment, "A/1", ("en",))
        assert shown(hit.title) == "[Peace] <b>"
        assert hit.passage == ()
