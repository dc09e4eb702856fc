"""What every search engine must do with what readers type: exclusions, stars, signs of other search
engines, several scripts at once, and what was never meant to be typed. A part of
`SearchEngineContract`, which inherits it."""

from __future__ import annotations

import json
import time

import pytest

from search.engines.base import Engine
from search.queries import Sort
from tests.contracts.search_finding import SECURITY, counts
from tests.search.factories import document, keys, query, translated

WORD_FOR_SECURITY = {
    "ar": "الأمن", "zh": "安全", "en": "security", "fr": "sécurité",
    "ru": "безопасность", "es": "seguridad",
}  # fmt: skip


class GrammarContract:
    """The grammar of `search.grammar`, as an engine answers it."""

    # What must not be there

    @pytest.mark.parametrize("language", SECURITY)
    def test_what_is_excluded_is_not_found(self, engine: Engine, language: str) -> None:
        word = WORD_FOR_SECURITY[language]
        engine.upsert([document("page:1", language, title="2030", body=SECURITY[language])])
        engine.upsert([document("page:2", language, title="2030", body="unesco")])
        assert engine.search(query("2030", language)).total == 2
        assert keys(engine.search(query(f"2030 -{word}", language))) == ["page:2"]
        assert keys(engine.search(query(f'2030 -"{word}"', language))) == ["page:2"]

    @pytest.mark.parametrize("reader", SECURITY)
    @pytest.mark.parametrize("language", SECURITY)
    def test_what_one_language_excludes_is_left_out_in_all_of_them(
        self, engine: Engine, language: str, reader: str
    ) -> None:
        engine.upsert(translated("page:1", SECURITY, title="2030"))
        engine.upsert(translated("page:2", dict.fromkeys(SECURITY, "unesco"), title="2030"))
        engine.upsert([document("page:3", reader, title="2030")])
        typed = f"2030 -{WORD_FOR_SECURITY[language]}"
        for sort in Sort:
            results = engine.search(query(typed, reader, sort=sort, facets=("language",)))
            assert sorted(keys(results)) == ["page:2", "page:3"]
            assert results.total == 2
            assert counts(results, "language")[reader] == 2

    def test_only_the_languages_that_are_searched_exclude(self, engine: Engine) -> None:
        engine.upsert(translated("page:1", {"en": "Security", "fr": "Sécurité"}, title="2030"))
        assert engine.search(query("2030 -sécurité", languages=("en",))).total == 1
        assert engine.search(query("2030 -sécurité", languages=("en", "fr"))).total == 0

    def test_many_excluded_objects_leave_pages_full_and_the_total_exact(
        self, engine: Engine
    ) -> None:
        for number in range(60):
            other = "sécurité" if number % 3 else "unesco"
            engine.upsert(
                translated(f"page:{number}", {"en": "peace", "fr": other, "es": other}, title="7")
            )
        found = []
        for page in (1, 2, 3, 4):
            results = engine.search(query("peace -sécurité", size=6, page=page))
            assert results.total == 20
            found += keys(results)
        assert sorted(found, key=lambda key: int(key[5:])) == [f"page:{n}" for n in range(0, 60, 3)]

    @pytest.mark.parametrize("language", SECURITY)
    def test_an_exclusion_alone_finds_all_else_that_the_filters_leave(
        self, engine: Engine, language: str
    ) -> None:
        engine.upsert(translated("page:1", SECURITY, kind="news"))
        engine.upsert([document("page:2", language, body="unesco", kind="news")])
        engine.upsert([document("page:3", "fr", body="unesco", kind="event")])
        engine.upsert([document("page:4", language, body="unesco", audience="portal")])
        word = WORD_FOR_SECURITY[language]
        for typed in (f"-{word}", f'-"{SECURITY[language]}"'):
            assert keys(engine.search(query(typed, language, kinds=("news",)))) == ["page:2"]
            everything = engine.search(query(typed, language, facets=("kind",)))
            assert sorted(keys(everything)) == ["page:2", "page:3"]
            assert counts(everything, "kind") == {"news": 1, "event": 1}
            for sort in Sort:
                found = engine.search(query(typed, language, sort=sort))
                assert sorted(keys(found)) == ["page:2", "page:3"]
        assert engine.search(query(f"-{word} -unesco", language)).total == 0

    def test_an_exclusion_and_days_narrow_each_other(self, engine: Engine) -> None:
        engine.upsert(translated("page:1", SECURITY))
        assert engine.search(query("-security 2020..")).total == 0
        assert engine.search(query("-unesco 2020..")).total == 0
        assert engine.search(query("-unesco")).total == 1

    # Beginnings

    @pytest.mark.parametrize(
        ("language", "typed"),
        [("en", "secur*"), ("en", "securit*"), ("fr", "internation*"), ("ru", "безоп*"),
         ("es", "seguri*"), ("ar", "الدو*")],
    )  # fmt: skip
    def test_a_star_finds_what_begins_so(self, engine: Engine, language: str, typed: str) -> None:
        engine.upsert([document("page:1", language, body=SECURITY[language])])
        engine.upsert([document("page:2", language, body="unesco")])
        assert keys(engine.search(query(typed, language))) == ["page:1"]
        assert engine.search(query("zzzz*", language)).total == 0

    # Signs of other search engines

    @pytest.mark.parametrize(
        "typed",
        ['"human rights"~5', '"human rights"~', "«human rights»~2", '"human rights"^4',
         "human~ rights~1", "human^2 rights^0.5", "+human +rights", "human AND rights",
         "(human OR rights)", '"human rights', 'human rights"'],
    )  # fmt: skip
    def test_signs_that_other_search_engines_know_do_not_stand_in_the_way(
        self, engine: Engine, typed: str
    ) -> None:
        engine.upsert([document("page:1", body="Human rights"), document("page:2", body="5 4 2")])
        assert keys(engine.search(query(typed, spelling=False))) == ["page:1"]

    # Several scripts

    @pytest.mark.parametrize("reader", SECURITY)
    def test_words_in_several_scripts_ask_for_a_text_in_any_of_them(
        self, engine: Engine, reader: str
    ) -> None:
        for language, text in SECURITY.items():
            engine.upsert([document(f"page:{language}", language, body=text)])
        results = engine.search(
            query(" ".join(WORD_FOR_SECURITY[c] for c in ("ar", "zh", "ru", "en")), reader)
        )
        assert {"page:ar", "page:zh", "page:ru", "page:en"} <= set(keys(results))

    # What was never meant to be typed

    @pytest.mark.parametrize(
        "sign",
        ["和", "ﷺ", '"', "-", "- ", "-a ", "*", "a* ", "~", "(", "1/", "A/C.3/78/L.", "A/1 ", "a'",
         "\u0301", "\u0640", "..", "2019..", "\ud800", "\x00", "🕊", "\u202e", '"a', "«„“"],
        ids=ascii,
    )  # fmt: skip
    def test_a_hundred_kilobytes_are_looked_at_in_part(self, engine: Engine, sign: str) -> None:
        engine.upsert([document(title="peace")])
        typed = query(sign * (100_000 // len(sign)), facets=("kind",))
        began = time.process_time()
        results = engine.search(typed)
        engine.complete(typed)
        assert time.process_time() - began < 1
        assert len(results.hits) == results.total <= 1
        json.dumps([results.meant, repr(results)], ensure_ascii=False).encode()

    def test_what_was_probably_meant_can_always_be_written_down(self, engine: Engine) -> None:
        engine.upsert([document(body="international security")])
        meant = engine.search(query("secuirty \ud800 \udfff")).meant
        assert meant.encode() == "security \ufffd \ufffd".encode()
