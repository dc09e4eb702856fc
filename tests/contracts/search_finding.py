"""What every search engine must do for finding: filters, facets, order, cursors, completing,
spelling, symbols in part. The second half of `SearchEngineContract`, which inherits it."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from search.documents import Document
from search.engines.base import Engine
from search.queries import InvalidCursor, Sort
from search.results import Results
from tests.search.factories import document, keys, marks, query, translated

SECURITY = {
    "ar": "الأمن الدولي", "zh": "国际安全", "en": "International security",
    "fr": "Sécurité internationale", "ru": "Международная безопасность",
    "es": "Seguridad internacional",
}  # fmt: skip
MISTYPED = {
    "ar": ("الأمن الدوولي", "الدولي"), "en": ("international secuirty", "security"),
    "fr": ("securité internationnale", "internationale"),
    "ru": ("междунородная", "международная"), "es": ("seguirdad", "seguridad"),
}  # fmt: skip
BEGUN = {
    "ar": "الأمن الدو", "zh": "国际安", "en": "international secu", "fr": "securite intern",
    "ru": "международная безоп", "es": "Seguridad inter",
}  # fmt: skip


def counts(results: Results, name: str) -> dict[str, int]:
    return {one.value: one.count for one in results.facets[name]}


def dated(number: int, day: str = "", **fields: object) -> list[Document]:
    moment = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    return translated(
        f"page:{number}", {"en": "alike", "fr": "pareil"}, title="2030", date=moment, **fields
    )


def every_page(engine: Engine, text: str = "2030", **asked: object) -> list[str]:
    """The keys of the whole list, page by page by cursor."""
    found: list[str] = []
    after = ""
    for _ in range(50):
        results = engine.search(query(text, after=after, size=3, **asked))
        found += keys(results)
        after = results.next
        if not after:
            return found
    raise AssertionError(f"the list has no end: {found}")


class FindingContract:
    """Filters, facets, order, cursors, completing, spelling, symbols in part."""

    # Facets

    @pytest.fixture
    def filed(self, engine: Engine) -> Engine:
        """Six objects in two bodies and with three subjects; one of them is not for the public."""
        for number in range(6):
            engine.upsert(
                dated(
                    number,
                    f"{2020 + number % 3}-05-01",
                    site="fra" if number % 2 else "egy",
                    kind="news" if number < 4 else "document",
                    audience="portal" if number == 5 else "public",
                    facets={
                        "body": ("GA",) if number < 2 else ("SC",),
                        "subject": ("peace", "children") if number % 2 else ("peace",),
                    },
                )
            )
        return engine

    def test_facets_count_each_object_once_whatever_its_languages(self, filed: Engine) -> None:
        results = filed.search(
            query("2030", facets=("body", "subject", "site", "kind", "language", "year"))
        )
        assert results.total == 5
        assert counts(results, "body") == {"SC": 3, "GA": 2}
        assert counts(results, "subject") == {"peace": 5, "children": 2}
        assert counts(results, "site") == {"egy": 3, "fra": 2}
        assert counts(results, "kind") == {"news": 4, "document": 1}
        assert counts(results, "language") == {"en": 5, "fr": 5}
        assert counts(results, "year") == {"2020": 2, "2021": 2, "2022": 1}

    def test_facets_count_only_what_the_reader_may_see(self, filed: Engine) -> None:
        public = filed.search(query("2030", facets=("year",)))
        inside = filed.search(
            query("2030", facets=("year",), audiences=frozenset({"public", "portal"}))
        )
        assert counts(public, "year")["2022"] == 1
        assert counts(inside, "year")["2022"] == 2

    def test_values_of_one_facet_widen_and_those_of_two_narrow(self, filed: Engine) -> None:
        both = filed.search(query("2030", filters={"body": ("GA", "SC")}))
        assert both.total == 5
        one = filed.search(query("2030", filters={"body": ("GA", "SC"), "subject": ("children",)}))
        assert sorted(keys(one)) == ["page:1", "page:3"]
        assert filed.search(query("2030", filters={"body": ("TC",)})).total == 0

    def test_a_chosen_facet_still_counts_what_else_could_be_chosen(self, filed: Engine) -> None:
        results = filed.search(query("2030", filters={"body": ("GA",)}, facets=("body", "subject")))
        assert results.total == 2
        assert counts(results, "body") == {"SC": 3, "GA": 2}
        assert counts(results, "subject") == {"peace": 2, "children": 1}

    def test_a_facet_lists_all_its_values_the_most_frequent_first(self, engine: Engine) -> None:
        engine.upsert(
            document(f"page:{number}", body="2030", facets={"subject": (f"s{number}", "all")})
            for number in range(150)
        )
        values = engine.search(query("2030", facets=("subject",))).facets["subject"]
        assert (values[0].value, values[0].count) == ("all", 150)
        assert len(values) == 151

    def test_values_are_taken_as_they_stand(self, engine: Engine) -> None:
        odd = ["a=b", "a.*", "нет", "不", "a b", '"', "body=GA"]
        engine.upsert([document(body="2030", facets={"subject": tuple(odd), "sub": ("x",)})])
        results = engine.search(query("2030", facets=("subject",)))
        assert sorted(counts(results, "subject")) == sorted(odd)
        for value in odd:
            assert engine.search(query("2030", filters={"subject": (value,)})).total == 1
        assert engine.search(query("2030", filters={"subject": ("a.+",)})).total == 0

    def test_without_text_the_filters_alone_find(self, filed: Engine) -> None:
        assert filed.search(query("", filters={"body": ("GA",)})).total == 2
        assert filed.search(query("", sort=Sort.NEWEST)).total == 5
        assert filed.search(query("")).total == 0

    # Days

    def test_days_leave_out_what_is_earlier_later_or_undated(self, engine: Engine) -> None:
        for number, day in enumerate(["1945-10-24", "2020-01-01", "2020-12-31", "2021-01-01", ""]):
            engine.upsert(dated(number, day))
        year = engine.search(query("2030", since=date(2020, 1, 1), until=date(2020, 12, 31)))
        assert sorted(keys(year)) == ["page:1", "page:2"]
        assert sorted(keys(engine.search(query("2030 2020..2020")))) == ["page:1", "page:2"]
        assert sorted(keys(engine.search(query("2030 ..1999-12")))) == ["page:0"]
        assert engine.search(query("2030 2021-06..")).total == 0
        assert engine.search(query("2020..")).total == 3
        assert (
            engine.search(query("2030", since=date(2021, 1, 1), until=date(2020, 1, 1))).total == 0
        )

    # Order and cursors

    def test_lists_are_sorted_by_day_and_what_has_none_comes_last(self, engine: Engine) -> None:
        for number, day in enumerate(["2001-01-01", "", "2020-12-31", "1945-10-24"]):
            engine.upsert(dated(number, day))
        newest = engine.search(query("2030", sort=Sort.NEWEST))
        oldest = engine.search(query("2030", sort=Sort.OLDEST))
        assert keys(newest) == ["page:2", "page:0", "page:3", "page:1"]
        assert keys(oldest) == ["page:3", "page:0", "page:2", "page:1"]

    def test_lists_are_sorted_by_symbol_as_people_count(self, engine: Engine) -> None:
        for number, symbol in enumerate(["A/RES/79/10", "A/RES/79/2", "", "A/RES/9/1"]):
            order = symbol.replace("/10", "/0010").replace("/2", "/0002").replace("/9/", "/09/")
            engine.upsert(dated(number, symbol=symbol, order=order))
        found = engine.search(query("2030", sort=Sort.SYMBOL))
        assert keys(found) == ["page:3", "page:1", "page:0", "page:2"]

    @pytest.mark.parametrize("sort", list(Sort))
    def test_cursors_lead_through_the_whole_list_once(self, engine: Engine, sort: Sort) -> None:
        for number in range(17):
            engine.upsert(
                dated(
                    number,
                    "" if number % 5 == 0 else f"20{10 + number % 4}-01-01",
                    symbol=f"S/2020/{number:02}" if number % 3 else "",
                    order=f"S/{'0' * 40}/{number:02}" if number % 3 else "",
                )
            )
        found = every_page(engine, sort=sort)
        assert len(found) == len(set(found)) == 17
        assert found == keys(engine.search(query("2030", sort=sort, size=20)))

    @pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST, Sort.SYMBOL])
    def test_what_comes_or_goes_meanwhile_moves_no_hit_out_of_a_list(
        self, engine: Engine, sort: Sort
    ) -> None:
        for number in range(9):
            engine.upsert(dated(number, f"2010-01-0{number + 1}", symbol=f"S/{number}"))
        whole = keys(engine.search(query("2030", sort=sort)))
        first = engine.search(query("2030", sort=sort, size=4))
        engine.delete([whole[0], whole[2]], version=9)
        engine.upsert(dated(99, "2010-01-01", symbol="S/0"))
        rest = engine.search(query("2030", sort=sort, size=10, after=first.next))
        assert [key for key in keys(rest) if key != "page:99"] == whole[4:]

    @pytest.mark.parametrize(
        "after", ["x", "é", "W10", "bnVsbA", "e30", "a" * 5_000, "WyIiLDAsIiJd", "\x00"]
    )
    def test_a_made_up_cursor_is_refused(self, engine: Engine, after: str) -> None:
        engine.upsert(dated(1))
        for sort in Sort:
            with pytest.raises(InvalidCursor):
                engine.search(query("2030", sort=sort, after=after))

    def test_a_cursor_of_another_search_is_refused(self, engine: Engine) -> None:
        for number in range(4):
            engine.upsert(dated(number, "2010-01-01"))
        after = engine.search(query("2030", sort=Sort.NEWEST, size=2)).next
        assert engine.search(query("2030", sort=Sort.NEWEST, size=2, after=after)).hits
        for other in (query("alike", sort=Sort.NEWEST, after=after), query("2030", after=after)):
            with pytest.raises(InvalidCursor):
                engine.search(other)

    # Keys

    def test_objects_may_be_left_out_by_key(self, engine: Engine) -> None:
        for number in range(3):
            engine.upsert(dated(number))
        results = engine.search(query("2030", without=("page:1", "page:7")))
        assert sorted(keys(results)) == ["page:0", "page:2"]
        assert results.total == 2

    @pytest.mark.parametrize("sort", list(Sort))
    @pytest.mark.parametrize(
        ("offset", "place"),
        [(5, ""), (0, "\ud800"), (True, ""), (-1, ""), (10**9, ""), (0, "-1"), (0, "9" * 30),
         (0, None), (None, ""), ("1", "1"), (0, "5")],
    )  # fmt: skip
    def test_a_cursor_that_was_changed_by_hand_is_refused_or_leads_on(
        self, engine: Engine, sort: Sort, offset: object, place: object
    ) -> None:
        for number in range(3):
            engine.upsert(dated(number, "2010-01-01", symbol=f"S/{number}"))
        first = engine.search(query("2030", sort=sort, size=1))
        mark, *_ = json.loads(urlsafe_b64decode(first.next + "=="))
        forged = json.dumps([mark, offset, place]).encode()
        after = urlsafe_b64encode(forged).decode().rstrip("=")
        try:
            rest = engine.search(query("2030", sort=sort, size=1, after=after))
        except InvalidCursor:
            return
        assert rest.total == 3

    # Keywords

    def test_keywords_in_any_language_find_what_exists_in_another(self, engine: Engine) -> None:
        labels = tuple(SECURITY.items())
        engine.upsert([document("page:1", "en", body="Vessels", keywords=labels)])
        engine.upsert([document("page:2", "en", body="Vessels")])
        for language, label in SECURITY.items():
            for asked in ((), (language,)):
                results = engine.search(query(label, language, languages=asked))
                assert (keys(results), results.total) == (["page:1"], 1)
                assert results.hits[0].language == "en"
                assert marks(results.hits[0].title) == []

    # Spelling

    @pytest.mark.parametrize("language", MISTYPED)
    def test_a_mistyped_word_is_found_and_said(self, engine: Engine, language: str) -> None:
        engine.upsert([document("page:1", language, body=SECURITY[language])])
        engine.upsert([document("page:2", language, body="unesco")])
        typed, meant = MISTYPED[language]
        results = engine.search(query(typed, language))
        assert keys(results) == ["page:1"]
        assert meant in results.meant
        assert engine.search(query(SECURITY[language], language)).meant == ""

    def test_nothing_is_meant_that_the_reader_may_not_see(self, engine: Engine) -> None:
        engine.upsert([document("page:1", body="quetzalcoatl", audience="portal")])
        assert engine.search(query("quetzalcoatI")).meant == ""
        inside = query("quetzalcoatI", audiences=frozenset({"portal"}))
        assert engine.search(inside).meant == "quetzalcoatl"

    def test_a_rare_word_that_exists_is_not_corrected(self, engine: Engine) -> None:
        engine.upsert([document(f"page:{n}", body="security") for n in range(20)])
        engine.upsert([document("page:99", body="securite")])
        results = engine.search(query("securite"))
        assert (keys(results)[0], results.meant) == ("page:99", "")

    # Completing

    @pytest.mark.parametrize("language", BEGUN)
    def test_titles_are_completed_as_they_are_typed(self, engine: Engine, language: str) -> None:
        for code, title in SECURITY.items():
            engine.upsert([document(f"page:{code}", code, title=title)])
        found = engine.complete(query(BEGUN[language], language))
        assert (found[0].key, found[0].title) == (f"page:{language}", SECURITY[language])
        assert engine.complete(query("zq", language)) == ()
        assert engine.complete(query("", language)) == ()

    def test_an_object_is_suggested_once_in_the_readers_language(self, engine: Engine) -> None:
        titles = {"en": "UNESCO reports", "fr": "Rapports de l'UNESCO", "es": "Informes UNESCO"}
        engine.upsert([document("page:1", code, title=title) for code, title in titles.items()])
        for code, title in titles.items():
            assert [one.title for one in engine.complete(query("unes", code))] == [title]

    def test_suggestions_are_only_of_what_the_reader_may_see(self, engine: Engine) -> None:
        engine.upsert([document("page:1", title="Quetzal", audience="portal", symbol="A/QZ/1")])
        for text in ("quet", "A/Q", "aqz1"):
            assert engine.complete(query(text)) == ()
            assert len(engine.complete(query(text, audiences=frozenset({"portal"})))) == 1

    @pytest.mark.parametrize(
        "typed",
        ["A/C.3/7", "ac37", "a c3 78 l", "A-C.3-78-L.49", "C.3/7", "78/L.4", "78 l4", "l.49"],
    )
    def test_symbols_are_completed_as_they_are_typed(self, engine: Engine, typed: str) -> None:
        engine.upsert([document("page:1", title="Draft", symbol="A/C.3/78/L.49")])
        engine.upsert([document("page:2", title="Other", symbol="S/2005/2")])
        assert [one.symbol for one in engine.complete(query(typed))] == ["A/C.3/78/L.49"]

    # Symbols

    @pytest.mark.parametrize("language", SECURITY)
    @pytest.mark.parametrize(
        "typed",
        ["A/C.3/78/L.49", "a/c.3/78/l.49", "a c3 78 l49", "A-C.3-78-L.49", "C.3/78/L.49",
         "A∕C.3∕78∕L.49", "Ａ／Ｃ．３／７８／Ｌ．４９", "\u200fA/C.3/78/L.49\u200e", "78/L.49"],
    )  # fmt: skip
    def test_a_symbol_comes_first_however_it_is_typed(
        self, engine: Engine, typed: str, language: str
    ) -> None:
        for number, symbol in enumerate(
            ["A/C.3/78/L.49/Rev.1", "A/C.3/78/L.49", "A/C.3/78/L.4", "A/C.3/77/L.49", "S/2049/78"]
        ):
            engine.upsert([document(f"page:{number}", "en", title="Draft", symbol=symbol)])
        engine.upsert([document("page:9", language, body="C 3 78 L 49 A " * 30)])
        found = engine.search(query(typed, language))
        assert keys(found)[:2] == ["page:1", "page:0"]

    def test_relevance_falls_from_hit_to_hit(self, engine: Engine) -> None:
        for number in range(1, 9):
            engine.upsert([document(f"page:{number}", body="peace " * number + "filler " * 40)])
        ranks = [int(key[5:]) for key in keys(engine.search(query("peace")))]
        assert all(first > second for first, second in pairwise(ranks))
