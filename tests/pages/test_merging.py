"""Two people on one page: what each changed is kept, and what both changed is told."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.languages import states
from cms.languages.codes import CODES
from cms.missions.models import ContactPage, StandardPage
from cms.pages.contents import NoOutline, as_stored, outline_of, read_outline, shape_of
from cms.pages.merging import merge, merged_order

WORDS = {
    "ar": "الماء حق",
    "zh": "水是权利",
    "en": "water",
    "fr": "l’eau",
    "ru": "вода",
    "es": "el agua",
}


def block(key, text, type_="rich_text"):
    return {"id": key, "type": type_, "value": f"<p>{text}</p>"}


def page(**columns):
    """Content of a page: `title_ar="…"`, `body_ar=[(id, text), …]`."""
    content = {"source_language": "fr", "slug": "eau", "show_in_menus": False, "translations": {}}
    for name, value in columns.items():
        is_stream = isinstance(value, list)
        content[name] = json.dumps([block(*one) for one in value]) if is_stream else value
    return content


def blocks(content, column):
    """[(id, text)]; white space is nobody's words."""
    return [
        (one["id"], " ".join(one["value"][3:-4].split())) for one in json.loads(content[column])
    ]


def told(stream):
    return [(key, " ".join(text.split())) for key, text in stream]


def merged(base, theirs, mine, **kwargs):
    return merge(StandardPage, base=base, theirs=theirs, mine=mine, **kwargs)


def same(one, other):
    """Whether two contents say the same; which source a language follows may hang on the order."""
    one, other = (outline_of(StandardPage, side) for side in (one, other))
    return replace(one, record={}) == replace(other, record={})


# --- properties ----------------------------------------------------------------------------------

texts = st.text(alphabet="aб水م ", max_size=6)
streams = st.lists(
    st.tuples(st.sampled_from(list("pqrstu")), texts), max_size=5, unique_by=lambda one: one[0]
)


@st.composite
def edits_of_languages(draw):
    """A page in six languages and, for each language, what its translator makes of it."""
    base = {f"title_{code}": draw(texts) for code in CODES}
    base |= {f"body_{code}": draw(streams) for code in CODES}
    edits = {
        code: {f"title_{code}": draw(texts), f"body_{code}": draw(streams)}
        for code in draw(st.lists(st.sampled_from(CODES), unique=True, min_size=2))
    }
    return page(**base), [page(**{**base, **edit}) for edit in edits.values()], edits


@given(edits_of_languages(), st.randoms())
def test_edits_of_different_languages_give_the_same_page_in_any_order(case, random):
    base, versions, edits = case
    results = []
    for _attempt in range(2):
        random.shuffle(versions)
        saved = base
        for mine in versions:
            result = merged(base, saved, mine)
            assert not result.conflicts
            saved = result.content
        results.append(saved)
    assert same(*results)
    for edit in edits.values():
        for name, value in edit.items():
            if isinstance(value, list):
                assert blocks(results[0], name) == told(value)
            else:
                assert results[0][name].split() == value.split()


@given(texts, texts, texts)
def test_a_conflict_is_told_exactly_where_both_changed_a_field_to_different_words(was, there, here):
    result = merged(page(title_zh=was), page(title_zh=there), page(title_zh=here))
    was, there, here = (text.split() for text in (was, there, here))
    both = there not in (was, here) and here != was
    assert [one.key for one in result.conflicts] == (["title_zh"] if both else [])
    words = result.content["title_zh"].split()
    assert words == (there if both or here == was else here)


@given(streams, streams, streams)
def test_a_conflict_is_told_exactly_where_both_changed_a_block_differently(was, there, here):
    result = merged(page(body_ar=was), page(body_ar=there), page(body_ar=here))
    digests = [
        dict(outline_of(StandardPage, page(body_ar=side)).streams.get("body_ar", ()))
        for side in (was, there, here)
    ]
    before, theirs, mine = digests
    wanted = {
        key
        for key in before | theirs | mine
        if len({before.get(key, ""), theirs.get(key, ""), mine.get(key, "")}) == 3
    }
    assert {one.block for one in result.conflicts} == wanted
    kept = dict(outline_of(StandardPage, result.content).streams.get("body_ar", ()))
    for key in before | theirs | mine:
        # Nothing is lost: what either of them wrote is there, or is told as a conflict.
        if key in mine and mine[key] not in (before.get(key), theirs.get(key)):
            assert key in wanted or kept[key] == mine[key]
        if key in theirs and theirs[key] != before.get(key):
            assert kept[key] == theirs[key]


@given(streams, streams)
def test_the_same_edit_twice_is_no_conflict(was, now):
    result = merged(page(body_ru=was), page(body_ru=now), page(body_ru=now))
    assert not result.conflicts
    assert blocks(result.content, "body_ru") == told(now)


@given(streams, streams)
def test_whoever_changed_nothing_takes_the_page_as_it_is(was, now):
    for mine_or_theirs in ((now, was), (was, now)):
        theirs, mine = mine_or_theirs
        result = merged(page(body_es=was), page(body_es=theirs), page(body_es=mine))
        assert not result.conflicts
        assert blocks(result.content, "body_es") == told(now)


@given(*[st.lists(st.sampled_from(range(8)), unique=True)] * 3)
def test_an_order_names_every_key_once(base, theirs, mine):
    order = merged_order(base, theirs, mine)
    assert sorted(order) == sorted({*theirs, *mine})


# --- blocks --------------------------------------------------------------------------------------


def test_a_block_that_one_moves_and_another_rewrites_is_moved_and_rewritten():
    base = page(body_ar=[("a", "واحد"), ("b", "اثنان"), ("c", "ثلاثة")])
    moved = page(body_ar=[("c", "ثلاثة"), ("a", "واحد"), ("b", "اثنان")])
    written = page(body_ar=[("a", "واحد"), ("b", "اثنان"), ("c", "ثلاثة جديدة")])
    wanted = [("c", "ثلاثة جديدة"), ("a", "واحد"), ("b", "اثنان")]
    for theirs, mine in ((moved, written), (written, moved)):
        result = merged(base, theirs, mine)
        assert not result.conflicts
        assert blocks(result.content, "body_ar") == wanted


def test_blocks_that_both_add_stand_where_they_were_put():
    base = page(body_zh=[("a", "一"), ("b", "二")])
    theirs = page(body_zh=[("a", "一"), ("x", "他"), ("b", "二")])
    mine = page(body_zh=[("a", "一"), ("b", "二"), ("y", "我")])
    result = merged(base, theirs, mine)
    assert [key for key, _text in blocks(result.content, "body_zh")] == ["a", "x", "b", "y"]


def test_a_block_that_one_deletes_and_another_rewrites_is_shown_and_kept():
    base = page(body_en=[("a", "one"), ("b", "two")])
    deleted, written = page(body_en=[("a", "one")]), page(body_en=[("a", "one"), ("b", "TWO")])
    result = merged(base, written, deleted)
    (conflict,) = result.conflicts
    assert (conflict.language, conflict.block, conflict.mine) == ("en", "b", None)
    assert blocks(result.content, "body_en") == [("a", "one"), ("b", "TWO")]
    gone = merged(base, written, deleted, chosen={conflict.key: conflict.keep_mine})
    assert not gone.conflicts
    assert blocks(gone.content, "body_en") == [("a", "one")]


def test_a_choice_counts_for_the_words_that_were_shown_and_no_others():
    base, theirs, mine = (page(title_ar=text) for text in ("أ", "ب", "ج"))
    (conflict,) = merged(base, theirs, mine).conflicts
    for choice, words in ((conflict.keep_mine, "ج"), (conflict.take_theirs, "ب")):
        settled = merged(base, theirs, mine, chosen={"title_ar": choice})
        assert not settled.conflicts
        assert settled.content["title_ar"] == words
    later = merged(base, page(title_ar="د"), mine, chosen={"title_ar": conflict.keep_mine})
    assert later.conflicts
    retyped = merged(base, theirs, page(title_ar="ه"), chosen={"title_ar": conflict.take_theirs})
    assert retyped.conflicts


def test_what_all_languages_share_is_merged_alike():
    base = page(show_in_menus=False, slug="eau")
    result = merged(base, page(show_in_menus=True, slug="eau"), page(slug="water"))
    assert not result.conflicts
    assert result.content["slug"] == "water"
    clash = merged(base, page(slug="eau-1"), page(slug="eau-2"))
    assert [(one.key, one.language) for one in clash.conflicts] == [("slug", "")]


# --- children ------------------------------------------------------------------------------------


def offices(*rows):
    return {
        "source_language": "fr",
        "offices": [
            {"pk": pk, "sort_order": place, "page": 7, **columns}
            for place, (pk, columns) in enumerate(rows)
        ],
    }


def test_offices_are_merged_row_by_row_and_language_by_language():
    base = offices((1, {"name_ar": "مكتب", "name_zh": ""}), (2, {"name_ar": "ب"}))
    theirs = offices((1, {"name_ar": "مكتب", "name_zh": "办公室"}), (2, {"name_ar": "ب"}))
    mine = offices((1, {"name_ar": "المكتب", "name_zh": ""}), (2, {"name_ar": "ب"}), (None, {}))
    result = merge(ContactPage, base=base, theirs=theirs, mine=mine)
    assert not result.conflicts
    first, second, new = result.content["offices"]
    assert (first["name_ar"], first["name_zh"]) == ("المكتب", "办公室")
    assert (second["pk"], new["pk"]) == (2, None)
    both = offices((1, {"name_ar": "دار", "name_zh": ""}), (2, {"name_ar": "ب"}))
    (conflict,) = merge(ContactPage, base=base, theirs=both, mine=mine).conflicts
    assert (conflict.key, conflict.language) == ("offices#1.name_ar", "ar")


def test_an_office_that_one_takes_out_and_another_rewrites_is_told():
    base, gone = offices((1, {"name_ru": "Бюро"})), offices()
    written = offices((1, {"name_ru": "Отдел"}))
    assert merge(ContactPage, base=base, theirs=base, mine=gone).content["offices"] == []
    (conflict,) = merge(ContactPage, base=base, theirs=written, mine=gone).conflicts
    assert conflict.key == "offices#1"


# --- outlines ------------------------------------------------------------------------------------


def test_an_outline_comes_back_from_a_form_as_it_went():
    content = page(title_ar="أ", body_zh=[("a", "一")]) | {"translations": {"ar": {"text": "x"}}}
    outline = outline_of(StandardPage, as_stored(content))
    assert read_outline(outline.dumps()) == outline
    assert "一" not in outline.dumps()


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "[1,2,3,4]", "null", '[{},{"body_ar":[1]},{},{}]']
)
def test_a_text_that_is_no_outline_is_refused(text):
    with pytest.raises(NoOutline):
        read_outline(text)


def test_what_belongs_to_the_page_as_a_whole_is_never_merged():
    shape = shape_of(StandardPage)
    assert not {"live", "path", "owner", "title", "latest_revision"} & {*shape.plain}
    assert {"slug", "source_language", "show_in_menus", "go_live_at", "title_ar"} <= {*shape.plain}
    assert shape.streams["body_ar"] == ("body", "ar")


def test_what_a_translator_has_said_of_a_language_is_kept_beside_anothers_words():
    def said(**statuses):
        return {code: {"text": "x", "source": "x", "status": s} for code, s in statuses.items()}

    base = page() | {"translations": said(ar="in_progress", zh="in_progress")}
    theirs = page() | {"translations": said(ar="needs_review", zh="in_progress")}
    mine = page() | {"translations": said(ar="in_progress", zh="needs_review")}
    record = merged(base, theirs, mine).content["translations"]
    assert {code: entry["status"] for code, entry in record.items()} == {
        "ar": "needs_review",
        "zh": "needs_review",
    }


# --- the source moves on while somebody translates -----------------------------------------------


@pytest.mark.django_db
def test_a_translation_follows_the_source_that_its_translator_saw():
    base = page(title_fr="L’eau", title_ar="")
    theirs = page(title_fr="L’eau et le climat", title_ar="")
    mine = page(title_fr="L’eau", title_ar="الماء")
    content = merged(base, theirs, mine).content
    instance = StandardPage(
        title_fr=content["title_fr"], title_ar=content["title_ar"], source_language="fr"
    )
    record = states.refreshed_record(content["translations"], instance, "fr")
    assert states.states(record, "fr")["ar"] is states.State.OUTDATED
    # Had nobody touched the source meanwhile, it would be up to date.
    content = merged(base, base, mine).content
    instance.title_fr = content["title_fr"]
    record = states.refreshed_record(content["translations"], instance, "fr")
    assert states.states(record, "fr")["ar"] is states.State.CURRENT
