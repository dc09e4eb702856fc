"""XLIFF 2.1 and PO: what is written is read again, whole, in every pair of languages."""

import dataclasses

import polib
import pytest
from hypothesis import given, settings
from lxml import etree

from cms.languages.exchange import formats, po, xliff
from cms.languages.exchange.documents import (
    HTML,
    TEXT,
    Document,
    NothingToExport,
    SegmentState,
    Unit,
    canonical,
    digest,
)
from tests.languages.exchange_samples import PLAIN, RICH, document, problems_of, rich, words

PAIRS = [
    ("en", "ar"),
    ("en", "zh"),
    ("fr", "en"),
    ("ar", "fr"),
    ("zh", "ru"),
    ("ru", "es"),
    ("es", "ar"),
    ("ar", "zh"),
]
NS = {"x": "urn:oasis:names:tc:xliff:document:2.0"}
BOTH = pytest.mark.parametrize("format_", formats.FORMATS.values(), ids=list(formats.FORMATS))


def same(written, read):
    """The read unit says what the written one said."""
    assert (read.key, read.kind) == (written.key, written.kind)
    for name in ("source", "target"):
        there = getattr(read, name)
        assert canonical(there, read.kind) == canonical(getattr(written, name), written.kind)
    assert read.source_digest == digest(written.source, written.kind)
    assert read.target_digest == digest(written.target, written.kind)
    assert read.line > 1


@BOTH
@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_a_page_comes_back_as_it_went(format_, source, target):
    written = document(source, target)
    (read,) = formats.read(format_.write([written]))
    assert (read.original, read.source_language, read.target_language) == (
        "fra/12",
        source,
        target,
    )
    for one, other in zip(written.units, read.units, strict=True):
        same(one, other)


@BOTH
@pytest.mark.parametrize("language", PLAIN)
def test_a_set_of_pages_comes_back_page_by_page(format_, language):
    target = "ru" if language == "en" else "en"
    pages = [
        dataclasses.replace(document(language, target), original=f"fra/{number}", title=str(number))
        for number in range(5)
    ]
    assert [one.original for one in formats.read(format_.write(pages))] == [
        one.original for one in pages
    ]


@BOTH
@settings(max_examples=150)
@given(source=rich, target=rich)
def test_any_markup_comes_back(format_, source, target):
    unit = Unit("body.x", HTML, "x" + source, target, state=SegmentState.FINAL)
    written = Document("fra/1", "en", "ar", (unit,))
    data = format_.write([written])
    same(unit, format_.read(data)[0].units[0])
    if format_.name == "xliff":
        assert problems_of(data) == []


@BOTH
@settings(max_examples=150)
@given(source=words, target=words, note=words)
def test_any_characters_come_back(format_, source, target, note):
    unit = Unit("title", TEXT, "x" + source, target, note=note, state=SegmentState.FINAL)
    written = Document("fra/1", "en", "zh", (unit,), title=note)
    same(unit, format_.read(format_.write([written]))[0].units[0])


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_the_xliff_is_valid_and_names_languages_and_directions(source, target):
    data = xliff.write([document(source, target), document(source, target)])
    assert problems_of(data) == []
    root = etree.fromstring(data)
    assert (root.get("version"), root.get("srcLang"), root.get("trgLang")) == (
        "2.1",
        source,
        target,
    )
    for file in root:
        assert file.get("srcDir") == ("rtl" if source == "ar" else "ltr")
        assert file.get("trgDir") == ("rtl" if target == "ar" else "ltr")
        assert file.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


def test_a_broken_file_fails_the_schema():
    data = xliff.write([document("en", "ar")])
    assert problems_of(data.replace(b'state="initial"', b'state="done"'))
    assert problems_of(data.replace(b'type="source-digest"', b""))


def test_codes_have_the_same_ids_in_source_and_target():
    root = etree.fromstring(xliff.write([document("en", "zh")]))
    segment = root.findall(".//x:segment", NS)[1]
    ids = [
        {(code.get("id"), code.get("dataRefStart") or code.get("dataRef")) for code in part.iter()}
        for part in segment
    ]
    assert ids[0] == ids[1]
    first = segment.find(".//x:target//x:pc[@type='link']", NS)
    assert (first.get("canDelete"), first.get("canCopy")) == ("no", "no")
    bold = segment.find(".//x:source//x:pc[@type='fmt']", NS)
    assert (bold.get("canDelete"), bold.get("canCopy")) == ("yes", "yes")


def test_no_markup_stands_in_the_text_of_a_segment():
    root = etree.fromstring(xliff.write([document("en", "fr")]))
    for text in root.findall(".//x:segment", NS)[1]:
        assert "<" not in "".join(text.itertext()).replace("1 < 2", "")


@pytest.mark.parametrize("state", SegmentState)
def test_states_travel_in_xliff(state):
    (read,) = xliff.read(xliff.write([document("fr", "ar", state=state)]))
    assert [unit.state for unit in read.units] == [state, state, SegmentState.INITIAL]


def test_in_po_what_waits_for_a_review_is_fuzzy():
    data = po.write([document("fr", "ar", state=SegmentState.TRANSLATED)])
    entries = polib.pofile(data.decode().replace("\u2028", " "))
    assert [entry.fuzzy for entry in entries] == [True, True, False]
    assert [unit.state for unit in po.read(data)[0].units] == [
        SegmentState.TRANSLATED,
        SegmentState.TRANSLATED,
        SegmentState.INITIAL,
    ]
    reviewed = po.write([document("fr", "ar", state=SegmentState.FINAL)])
    assert po.read(reviewed)[0].units[0].state == SegmentState.REVIEWED


def test_po_names_the_page_and_the_piece():
    text = po.write([document("fr", "ar")]).decode()
    assert 'msgctxt "fra/12#body.5d1c-4.text"' in text
    assert "#: https://fra.example.org/en/water/" in text
    assert '"Language: ar\\n"' in text


@BOTH
def test_nothing_to_translate_makes_no_file(format_):
    with pytest.raises(NothingToExport):
        format_.write([Document("fra/1", "en", "fr", ())])


# --- what tools make of a file -------------------------------------------------------------------


def edited(change, language="fr"):
    """The second unit after a tool has changed the file's tree."""
    root = etree.fromstring(xliff.write([document("en", language)]))
    change(root)
    return xliff.read(etree.tostring(root))[0].units[1]


def element(name, text="", **attributes):
    made = etree.Element(f"{{{NS['x']}}}{name}", attributes)
    made.text = text
    return made


def test_a_text_that_a_tool_has_cut_into_segments_is_one_again():
    def cut(root):
        unit = root.findall(".//x:unit", NS)[1]
        unit.remove(unit.find("x:segment", NS))
        for source, target, state in (("One. ", "Un. ", "final"), ("Two.", "Deux.", "translated")):
            segment = element("segment", state=state)
            segment.append(element("source", source))
            segment.append(element("target", target))
            unit.append(segment)

    unit = edited(cut)
    assert (unit.source, unit.target, unit.state) == ("One. Two.", "Un. Deux.", "translated")


def test_a_text_of_which_a_segment_is_missing_is_not_translated():
    def cut(root):
        unit = root.findall(".//x:unit", NS)[1]
        segment = element("segment", state="final")
        segment.append(element("source", "Three."))
        unit.append(segment)

    assert edited(cut).target == ""


def test_a_pair_that_a_tool_has_taken_apart_is_a_pair_again():
    def take_apart(root):
        target = root.findall(".//x:target", NS)[1]
        for child in list(target):
            target.remove(child)
        target.text = "Les "
        start = element("sc", id="2", dataRef="d3")
        start.tail = "humains"
        target.extend([start, element("ec", startRef="2", dataRef="d4")])

    assert edited(take_apart).target == "Les <b>humains</b>"


def test_codes_without_their_data_are_those_of_the_source():
    def forget(root):
        for code in root.findall(".//x:target//*", NS):
            for name in ("dataRef", "dataRefStart", "dataRefEnd"):
                code.attrib.pop(name, None)

    assert edited(forget, "ar").target == canonical(RICH["ar"], HTML)


def test_marks_and_comments_of_a_tool_are_left_out():
    def mark(root):
        target = root.findall(".//x:target", NS)[0]
        target.text = ""
        target.append(etree.Comment("hello"))
        marked = element("mrk", "L’eau", id="m1", type="term")
        marked.tail = " vive"
        target.append(marked)

    root = etree.fromstring(xliff.write([document("en", "fr")]))
    mark(root)
    assert xliff.read(etree.tostring(root))[0].units[0].target.endswith("L’eau vive")


def test_utf_16_is_read_as_well():
    data = xliff.write([document("en", "ar")]).decode()
    again = data.replace("encoding='UTF-8'", "encoding='UTF-16'").encode("utf-16")
    assert formats.read(again) == xliff.read(data.encode())
