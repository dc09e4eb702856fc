"""A text in pieces: every block, six languages, there and back."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.languages import codes
from cms.languages.alignment import Part, align
from cms.languages.fields import column, values_in
from cms.languages.fingerprints import fingerprint
from cms.languages.segments import (
    SameLanguage,
    UnknownPiece,
    copy_structure,
    fill,
    pairs,
    words,
)
from cms.missions.models import ContactPage, NewsPage
from tests.blocks.factories import FAMILIES, raw_block
from tests.blocks.texts import ARTICLE_1, DECLARATION, WORDS

#: What a translator is given of each family (see tests/blocks/factories.py).
PIECES = {
    "rich_text": {""},
    "heading": {"text"},
    "quote": {"text", "attribution", "role"},
    "accordion": {"items.title", "items.text"},
    "image": {"alt_text", "caption", "credit"},
    "embed": {"title", "caption", "transcript"},
    "table": {"caption", "columns.heading", "rows", "source"},
    "timeline": {"items.date_text", "items.title", "items.text"},
    "statistics": {"items.figure", "items.label", "items.note"},
    "documents": {"items.title"},
    "people": {"items.name", "items.title", "items.text"},
    "contact_card": {"name", "role", "address", "hours"},
    "call_to_action": {"title", "text", "button"},
}
OTHERS = [("fr", "ar"), ("ar", "zh"), ("zh", "en"), ("en", "ru"), ("ru", "es"), ("es", "fr")]


def page_with(**streams):
    """A page that is nowhere stored; `body_fr=[blocks]`."""
    page = NewsPage(source_language="fr", content_type_id=1)  # no database
    for name, stream in streams.items():
        setattr(page, name, copy.deepcopy(stream))
    return page


def stored(page, name):
    return copy.deepcopy(getattr(page, name).get_prep_value())


def without_texts(value, texts):
    """The stored value with every text of a set made the same."""
    if isinstance(value, dict):
        return {key: without_texts(part, texts) for key, part in value.items()}
    if isinstance(value, list):
        return [without_texts(part, texts) for part in value]
    return "…" if value in texts else value


def test_every_family_has_its_expectation():
    assert set(PIECES) == set(FAMILIES)


@pytest.mark.parametrize(("source", "target"), OTHERS)
@pytest.mark.parametrize("family", FAMILIES)
def test_every_text_of_a_block_is_a_piece_and_nothing_else_is(family, source, target):
    block = raw_block(family, source)
    page = page_with(**{f"body_{source}": [block]})
    found = pairs(page, source, target)

    prefix = f"body.{block['id']}"
    assert all(pair.key.startswith(prefix) for pair in found)
    names = {pair.key.removeprefix(prefix).lstrip(".") for pair in found}
    named = {".".join(part for part in name.split(".") if "-" not in part) for name in names}
    assert {
        "columns.heading"
        if n.startswith("table.columns")
        else n.removeprefix("table.").split(".")[0]
        if n.startswith("table.")
        else n
        for n in named
    } == PIECES[family]
    assert {pair.block for pair in found} == {block["id"]}
    assert all(pair.target == "" and pair.label for pair in found)


@pytest.mark.parametrize(("source", "target"), OTHERS)
def test_filled_pieces_come_back_and_bring_along_what_is_no_text(source, target):
    stream = [raw_block(family, source) for family in FAMILIES]
    page = page_with(**{f"body_{source}": stream, f"title_{source}": DECLARATION[source]})
    before = {code: fingerprint(values_in(page, code)) for code in codes.CODES}
    texts = {
        pair.key: f"<p>{pair.key}</p>" if pair.kind == "html" else f"§{pair.key}"
        for pair in pairs(page, source, target)
    }
    fill(page, source, target, texts)

    assert {pair.key: pair.target for pair in pairs(page, source, target)} == texts
    assert {code: fingerprint(values_in(page, code)) for code in codes.CODES if code != target} == {
        code: value for code, value in before.items() if code != target
    }
    ours = {pair.source for pair in pairs(page, source, target)} | set(texts.values())
    # The list items have ids of the source too: only the words differ.
    assert without_texts(stored(page, f"body_{target}"), ours) == without_texts(
        stored(page, f"body_{source}"), ours
    )
    # And it is what a page can hold: the blocks' own code reads it.
    assert [child.block_type for child in getattr(page, f"body_{target}")] == list(FAMILIES)
    assert list(getattr(page, f"body_{target}"))[6].value["table"].caption


def test_rich_text_keeps_wagtails_own_form():
    linked = (
        '<p>Voir <a linktype="page" id="3">ici</a> <embed embedtype="image" id="2" alt=""/></p>'
    )
    page = page_with(body_fr=[{"type": "rich_text", "value": linked, "id": "one"}])
    (pair,) = pairs(page, "fr", "ar")
    assert (pair.kind, pair.source, pair.key) == ("html", linked, "body.one")
    fill(page, "fr", "ar", {"body.one": '<p><a linktype="page" id="3">هنا</a></p>'})
    assert stored(page, "body_ar") == [
        {"type": "rich_text", "value": '<p><a linktype="page" id="3">هنا</a></p>', "id": "one"}
    ]


def test_plain_and_rich_fields_are_pieces_by_their_name():
    page = ContactPage(
        content_type_id=1, title_es="Contacto", intro_es="<p>Escríbanos</p>", title_ru="Контакты"
    )
    found = {pair.key: pair for pair in pairs(page, "es", "ru")}
    assert found["title"].target == "Контакты"
    assert (found["intro"].kind, found["intro"].field, found["intro"].block) == (
        "html",
        "intro",
        "",
    )
    assert "link" in found["intro"].features
    fill(page, "es", "ru", {"intro": "<p>Пишите нам</p>"})
    assert page.intro_ru == "<p>Пишите нам</p>"
    assert page.title_ru == "Контакты"


def test_an_unknown_key_is_refused_before_anything_is_written():
    page = page_with(body_en=[raw_block("heading", "en")], title_en="Title")
    with pytest.raises(UnknownPiece, match="removed since"):
        fill(page, "en", "zh", {"title": "标题", "body.gone.text": "?"})
    assert not page.title_zh


def test_a_language_is_not_translated_into_itself():
    with pytest.raises(SameLanguage):
        pairs(page_with(), "fr", "fr")


def test_a_translation_made_before_there_were_shared_ids_stands_beside_its_source():
    kinds = ("heading", "rich_text", "quote", "rich_text")
    page = page_with(
        body_fr=[raw_block(kind, "fr") for kind in kinds],
        body_ar=[raw_block(kind, "ar") for kind in kinds if kind != "quote"],
    )
    found = pairs(page, "fr", "ar")
    assert [bool(pair.target) for pair in found] == [True, True, False, False, False, True]
    quote = next(pair for pair in found if pair.key.endswith(".attribution"))
    fill(page, "fr", "ar", {quote.key: "الجمعية العامة"})
    assert [child.block_type for child in page.body_ar] == list(kinds)
    assert page.body_ar[2].value["attribution"] == "الجمعية العامة"


def test_a_new_first_paragraph_is_not_taken_for_what_the_translation_adds_at_its_end():
    shared = raw_block("quote", "fr")
    own = raw_block("rich_text", "ar")
    page = page_with(
        body_fr=[raw_block("rich_text", "fr"), shared],
        body_ar=[{**shared, "value": raw_block("quote", "ar")["value"]}, own],
    )
    found = pairs(page, "fr", "ar")
    assert (found[0].source != "", found[0].target) == (True, "")
    assert (found[-1].source, found[-1].block) == ("", "")
    assert found[-1].key == f"body.+{own['id']}"


def test_a_block_of_the_translation_alone_can_be_written_too():
    own = raw_block("accordion", "zh")
    page = page_with(body_zh=[own])
    title = next(pair for pair in pairs(page, "en", "zh") if pair.key.endswith("title"))
    fill(page, "en", "zh", {title.key: "新问题"})
    assert page.body_zh[0].value["items"][0]["title"] == "新问题"
    assert (
        page.body_zh[0].value["items"][0]["text"].source
        == own["value"]["items"][0]["value"]["text"]
    )


def test_items_that_the_source_adds_are_added_where_they_stand():
    block = raw_block("statistics", "en")
    first = block["value"]["items"][0]
    second = {
        "type": "item",
        "id": "s2",
        "value": {"figure": "6", "label": "languages", "note": ""},
    }
    source = {**block, "value": {"items": [second, first]}}
    page = page_with(body_en=[source], body_ru=[{**block, "value": {"items": [first]}}])
    fill(page, "en", "ru", {f"body.{block['id']}.items.s2.label": "языков"})
    labels = [item["label"] for item in page.body_ru[0].value["items"]]
    assert labels == ["языков", first["value"]["label"]]
    assert (
        page.body_ru[0].value["items"][0]["figure"] == ""
    )  # words of another language are no value


def test_a_column_that_the_source_adds_is_added_with_its_numbers():
    source, target = raw_block("table", "fr"), raw_block("table", "es")
    del target["value"]["table"]["columns"][1]
    for row in target["value"]["table"]["rows"]:
        del row["values"][1]
    target["id"] = source["id"]
    page = page_with(body_fr=[source], body_es=[target])
    fill(page, "fr", "es", {f"body.{source['id']}.table.columns.1.heading": "Año"})
    table = stored(page, "body_es")[0]["value"]["table"]
    assert [column["heading"] for column in table["columns"]] == [
        WORDS["es"]["language"],
        "Año",
        WORDS["es"]["united_nations"],
    ]
    assert [row["values"][1] for row in table["rows"]] == ["1973", "1946"]


def test_structure_is_copied_without_words_in_the_order_of_the_source():
    stream = [raw_block(family, "ru") for family in FAMILIES]
    heading = {**stream[1], "value": {"text": "标题", "level": "3", "anchor": ""}}
    own = raw_block("quote", "zh")
    page = page_with(body_ru=stream, body_zh=[heading, own])
    copy_structure(page, "ru", "zh")
    assert [child.block_type for child in page.body_zh] == list(FAMILIES)
    assert page.body_zh[2].id == own["id"]  # it stood there: by type and order, it is the quote's
    found = {pair.key: pair.target for pair in pairs(page, "ru", "zh") if pair.target}
    assert found[f"body.{heading['id']}.text"] == "标题"
    assert all(text in str(own) or text == "标题" for text in found.values())
    assert stored(page, "body_zh")[1]["value"]["level"] == "3"  # its own, since it was there


def test_one_block_is_copied_with_its_words_and_its_values():
    first, second = raw_block("heading", "en"), raw_block("contact_card", "en")
    page = page_with(
        body_en=[first, second],
        body_fr=[{**first, "value": {"text": "Titre", "level": "4", "anchor": "section-titre"}}],
    )
    copy_structure(page, "en", "fr", blocks=[second["id"]], with_text=True)
    assert stored(page, "body_fr")[1] == second
    copy_structure(page, "en", "fr", blocks=[first["id"]], with_text=True)
    assert stored(page, "body_fr")[0]["value"] == {"text": "Titre", "level": "2", "anchor": ""}


def test_a_picture_without_words_comes_along_with_the_first_words_and_not_again():
    image = raw_block("image", "fr")
    image["value"] = {"image": 7, "decorative": True, "alt_text": "", "caption": "", "credit": ""}
    heading = raw_block("heading", "fr")
    page = page_with(body_fr=[image, heading])
    fill(page, "fr", "ru", {f"body.{heading['id']}.text": "Вода"})
    assert stored(page, "body_ru")[0] == image
    page.body_ru = stored(page, "body_ru")[1:]  # the translator has taken it out
    fill(page, "fr", "ru", {f"body.{heading['id']}.text": "Вода для всех"})
    assert [child.block_type for child in page.body_ru] == ["heading"]


def test_a_block_of_a_type_that_is_gone_is_nobodys_piece_and_is_kept_by_others():
    page = page_with(body_fr=[{"type": "gone", "value": "?", "id": "g"}, raw_block("quote", "fr")])
    assert {pair.key.rsplit(".", 1)[-1] for pair in pairs(page, "fr", "en")} == PIECES["quote"]


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("All human beings are born free.", "en", 6),
        ("<p>Tous les êtres <b>humains</b> naissent</p><p>libres</p>", "fr", 6),
        ("人人生而自由", "zh", 6),
        ("联合国 A/RES/79/1 决议", "zh", 6),
        ("لِكُلِّ فَرْدٍ الحق", "ar", 3),
        ("государства-члены (193)", "ru", 2),
        ("&nbsp;", "es", 0),
        ("", "es", 0),
    ],
)
def test_words_are_counted_as_each_language_counts_them(text, language, count):
    assert words(text, language) == count


# --- properties ------------------------------------------------------------------------------

TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1).map(lambda t: f"x{t}")
LANGUAGES = st.permutations(codes.CODES).map(lambda order: order[:3])


@st.composite
def pages(draw):
    """A page with blocks in two languages, some shared by id, and words in a third."""
    source, target, other = draw(LANGUAGES)
    ours = [
        raw_block(draw(st.sampled_from(FAMILIES)), source) for _ in range(draw(st.integers(0, 5)))
    ]
    theirs = []
    for block in draw(st.permutations(ours)):
        match draw(st.sampled_from(("shared", "same type", "absent", "own"))):
            case "shared":
                theirs.append({**raw_block(block["type"], target), "id": block["id"]})
            case "same type":
                theirs.append(raw_block(block["type"], target))
            case "own":
                theirs.append(raw_block(draw(st.sampled_from(FAMILIES)), target))
    page = page_with(
        **{
            f"body_{source}": ours,
            f"body_{target}": theirs,
            f"body_{other}": [raw_block("quote", other)],
            f"title_{source}": DECLARATION[source],
            f"summary_{other}": ARTICLE_1[other],
        }
    )
    return page, source, target


@given(pages(), st.data())
def test_whatever_is_filled_comes_back_and_no_other_language_is_touched(made, data):
    page, source, target = made
    others = {code: values_in(page, code) for code in codes.CODES if code != target}
    before = {code: fingerprint(values) for code, values in others.items()}
    found = pairs(page, source, target)
    chosen = (
        data.draw(st.lists(st.sampled_from(found), unique_by=lambda pair: pair.key))
        if found
        else []
    )
    texts = {pair.key: data.draw(TEXT) for pair in chosen}
    fill(page, source, target, texts)

    by_key = {pair.key: pair.target for pair in pairs(page, source, target)}
    assert {key: by_key[key] for key in texts} == texts
    unchanged = {pair.key: pair.target for pair in found if pair.key not in texts}
    assert {key: by_key[key] for key in unchanged} == unchanged
    assert {code: fingerprint(values_in(page, code)) for code in before} == before


@given(pages())
def test_filling_in_what_is_there_changes_nothing_at_all(made):
    page, source, target = made
    name = column("body", target)
    before = json.dumps(stored(page, name))
    fill(page, source, target, {p.key: p.target for p in pairs(page, source, target)})
    assert json.dumps(stored(page, name)) == before


@given(pages(), st.booleans())
def test_copying_the_structure_loses_no_text_and_can_be_repeated(made, with_text):
    page, source, target = made
    before = {pair.key: pair.target for pair in pairs(page, source, target) if pair.target}
    copy_structure(page, source, target, with_text=with_text)
    after = {pair.key: pair for pair in pairs(page, source, target)}
    assert {key: after[key].target for key in before} == before
    assert all(pair.target or not with_text for pair in after.values())
    once = stored(page, column("body", target))
    copy_structure(page, source, target, with_text=with_text)
    assert stored(page, column("body", target)) == once


PARTS = st.lists(
    st.builds(Part, id=st.sampled_from(("", "a", "b", "c")), kind=st.sampled_from("xy"))
)


@given(PARTS, PARTS)
def test_every_part_is_aligned_once_with_its_own_kind(ours, theirs):
    couples = align(ours, theirs)
    assert [left for left, _ in couples if left is not None] == list(range(len(ours)))
    assert sorted(right for _, right in couples if right is not None) == list(range(len(theirs)))
    assert all(
        ours[left].kind == theirs[right].kind
        for left, right in couples
        if left is not None and right is not None
    )
