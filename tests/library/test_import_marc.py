"""MARC 21 and MARCXML as libraries write them, as they break, and as an enemy writes them."""

import pymarc
import pytest

from cms.library.importing.records import BadRecord, ImportRefused
from cms.library.importing.sources import source_of

from .marc_files import field, marc_file, record, xml_file

ARABIC = "الأشخاص المصابون بالمهق"
CHINESE = "白化病患者"
RUSSIAN = "Люди с альбинизмом"


def read(path, **options):
    return list(source_of(path, **options).records())


@pytest.fixture(params=["marc", "marcxml"])
def written(request, tmp_path):
    """Write records in one of the two formats."""

    def write(*records):
        if request.param == "marc":
            return marc_file(tmp_path / "records.mrc", *records)
        return xml_file(tmp_path / "records.xml", *records)

    return write


def test_each_field_says_what_the_libraries_mean_by_it(written):
    subject = field("650", "17", a="HUMAN RIGHTS.", _2="unbist")
    concept = field("650", "17", a="ALBINISM", _1="http://metadata.un.org/thesaurus/1007219")
    agenda = field("991", "  ", a="A/78/251", b="71b", c="Human rights questions.")
    (found,) = read(written(record("A/C.3/78/L.10", subject, concept, agenda)))
    assert found.symbol == "A/C.3/78/L.10"
    assert found.titles == {"en": "Persons with albinism : draft resolution"}
    assert (found.date, found.year) == ("2023-10-09", "2023")
    assert (found.body, found.session) == ("C.3", "78")
    assert (found.document_type, found.distribution) == ("draft", "limited")
    assert found.languages == ("ar", "zh", "en", "fr", "ru", "es")
    assert [one.term for one in found.subjects] == ["HUMAN RIGHTS", "ALBINISM"]
    assert found.subjects[1].code == "1007219"
    assert [(one.body, one.session, one.number) for one in found.agenda] == [("GA", "78", "71b")]
    assert found.agenda[0].title == "Human rights questions"


def test_titles_in_other_languages_are_found_wherever_they_stand(written):
    translated = field("242", "00", a="Personnes atteintes d’albinisme", y="fre")
    linked = field("880", "10", _6="245-01/(3/r", a=ARABIC)
    parallel = field("246", "31", a=CHINESE)
    named = field("246", "31", i="Spanish:", a="Personas con albinismo")
    cyrillic = field("880", "10", _6="245-02/(N", a=RUSSIAN)
    (found,) = read(written(record("A/1", translated, linked, parallel, named, cyrillic)))
    assert set(found.titles) == {"ar", "zh", "en", "fr", "ru", "es"}
    assert (found.titles["ar"], found.titles["zh"]) == (ARABIC, CHINESE)
    assert found.titles["es"] == "Personas con albinismo"


def test_what_a_record_does_not_say_is_left_open(written):
    bare = pymarc.Record(force_utf8=True)
    bare.add_field(field("191", "  ", a="S/2001/1"), field("245", "00", a=RUSSIAN))
    (found,) = read(written(bare))
    assert found.titles == {"ru": RUSSIAN}
    assert found.subjects is found.languages is found.agenda is found.date is found.body is None


@pytest.mark.parametrize(
    ("text", "languages"),
    [("araengfre", ("ar", "en", "fr")), ("eng", ("en",)), ("ger", None)],
)
def test_languages_that_are_run_together_are_taken_apart(written, text, languages):
    bare = pymarc.Record(force_utf8=True)
    bare.add_field(field("041", "0 ", a=text), field("191", "  ", a="S/1"))
    assert read(written(bare))[0].languages == languages


@pytest.mark.parametrize("day", ["20231009", "2023-10", "2023", "[1947?]", "9 October"])
def test_a_date_is_read_as_exactly_as_it_is_known(written, day):
    bare = pymarc.Record(force_utf8=True)
    bare.add_field(field("191", "  ", a="S/1"), field("269", "  ", a=day))
    found = read(written(bare))[0]
    expected = {
        "20231009": ("2023-10-09", "2023"),
        "2023-10": (None, "2023"),
        "2023": (None, "2023"),
    }
    assert (found.date, found.year) == expected.get(day, (day, None))


def test_marc8_and_utf8_and_a_byte_order_mark_are_read(tmp_path):
    utf8 = record("A/2", title="Égalité").as_marc()
    # In MARC-8 an accent stands before its letter.
    marc8 = _rebuilt(record("A/1", title="Xgalit"), "Xgalit", b"\xe2Egalit\xe2e")
    mislabelled = utf8[:9] + b" " + utf8[10:]
    path = marc_file(tmp_path / "a.mrc", b"\xef\xbb\xbf", marc8, b"\r\n", utf8, mislabelled)
    titles = [found.titles["en"].split(" ")[0] for found in read(path)]
    assert titles == ["Égalité"] * 3


def _rebuilt(made, text, data):
    """ISO 2709 of a record with other bytes for one text, marked as MARC-8."""
    fields, directory, offset = b"", b"", 0
    for one in made:
        if one.control_field:
            body = one.data.encode()
        else:
            body = "".join(one.indicators).encode() + b"".join(
                b"\x1f" + part.code.encode() + part.value.encode() for part in one.subfields
            )
        body = body.replace(text.encode(), data) + b"\x1e"
        directory += f"{one.tag}{len(body):04d}{offset:05d}".encode()
        fields, offset = fields + body, offset + len(body)
    base = 24 + len(directory) + 1
    length = base + len(fields) + 1
    leader = f"{length:05d}nam  22{base:05d}7a 4500".encode()
    return leader + directory + b"\x1e" + fields + b"\x1d"


def test_a_broken_record_is_named_with_its_position_and_costs_no_neighbour(tmp_path):
    good = [record(f"A/{number}").as_marc() for number in range(6)]
    broken = [
        b"99999" + good[1][5:],
        b"abcde" + good[2][5:],
        good[3][:60] + b"\x1d",
        good[4][:12] + b"00000" + good[4][17:],
    ]
    path = marc_file(tmp_path / "a.mrc", good[0], *broken, good[5])
    found = read(path)
    assert [one.symbol for one in found if not isinstance(one, BadRecord)] == ["A/0", "A/5"]
    bad = [one for one in found if isinstance(one, BadRecord)]
    assert [one.place.number for one in bad] == [2, 3, 4, 5]
    assert bad[0].place.byte == len(good[0])
    assert str(bad[0]).startswith(f"record 2, byte {len(good[0])}: its leader says 99999 bytes")


def test_a_file_that_is_cut_off_keeps_what_came_before(tmp_path):
    good = record("A/1").as_marc()
    found = read(marc_file(tmp_path / "a.mrc", good, good[:70]))
    assert found[0].symbol == "A/1"
    assert "cut off" in found[1].reason


def test_a_record_without_end_is_not_kept_in_memory(tmp_path):
    good = record("A/1").as_marc()
    found = read(marc_file(tmp_path / "a.mrc", good, b"x" * 1_000_000 + b"\x1d", good))
    assert [isinstance(one, BadRecord) for one in found] == [False, True, False]
    assert "no end mark" in found[1].reason


@pytest.mark.parametrize("content", [b"", b"hello", b"\x00" * 500_000])
@pytest.mark.parametrize("format", ["marc", "marcxml"])
def test_what_is_no_marc_at_all_is_refused(tmp_path, content, format):
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(ImportRefused):
        read(path, format=format)


def test_a_broken_element_costs_no_neighbour(tmp_path):
    def element(text):
        return f"<record><leader>x</leader>{text}</record>".encode()

    symbol = '<datafield tag="191" ind1=" " ind2=" "><subfield code="a">A/1</subfield></datafield>'
    found = read(
        xml_file(
            tmp_path / "a.xml",
            element(symbol),
            element("<datafield>"),
            element('<datafield tag="9"></datafield>'),
            b"<record><leader>never closed",
            element("&undeclared;"),
            b"<record>\xff\xfe" + symbol.encode() + b"</record>",
            element(symbol),
        )
    )
    assert [isinstance(one, BadRecord) for one in found] == [False, *[True] * 5, False]
    assert [one.place.line for one in found] == list(range(3, 10))
    assert "not closed" in found[3].reason
    assert "encoding" in found[5].reason


def test_prefixes_and_utf16_are_read(tmp_path):
    prefixed = (
        '<?xml version="1.0" encoding="utf-16"?><m:collection xmlns:m="http://www.loc.gov/MARC21/'
        'slim"><m:record><m:datafield tag="191" ind1=" " ind2=" "><m:subfield code="a">A/1'
        '</m:subfield></m:datafield><m:datafield tag="245" ind1=" " ind2=" "><m:subfield code="a">'
        f"{CHINESE}</m:subfield></m:datafield></m:record></m:collection>"
    )
    path = tmp_path / "a.xml"
    path.write_bytes(prefixed.encode("utf-16"))
    (found,) = read(path)
    assert (found.symbol, found.titles) == ("A/1", {"zh": CHINESE})


@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE c [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>',
        b'<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        b'<!doctype c SYSTEM "http://127.0.0.1:9/evil.dtd">',
    ],
)
def test_entities_are_never_read(tmp_path, declared):
    element = (
        b'<record><datafield tag="245"><subfield code="a">&c;&x;</subfield></datafield></record>'
    )
    with pytest.raises(ImportRefused, match="DOCTYPE"):
        read(xml_file(tmp_path / "a.xml", element, head=declared))
    inside = read(xml_file(tmp_path / "b.xml", b"<record>" + declared + b"</record>", element))
    assert all(isinstance(one, BadRecord) for one in inside)


def test_huge_text_and_deep_nesting_are_refused_within_their_record(tmp_path):
    good = record("A/1")
    huge = b"<record><leader>" + b"x" * 3_000_000 + b"</leader></record>"
    deep = b"<record>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</record>"
    found = read(xml_file(tmp_path / "a.xml", good, huge, deep, good))
    assert [isinstance(one, BadRecord) for one in found] == [False, True, True, False]


@pytest.mark.parametrize(
    ("declared", "written"),
    [("utf-16", "utf-8"), ("ISO-8859-1", "latin-1"), ("windows-1256", "cp1256")],
)
def test_a_declared_encoding_is_read_and_one_that_can_not_be_true_is_passed_over(
    tmp_path, declared, written
):
    title = "قرار" if written == "cp1256" else "Été"
    path = xml_file(tmp_path / "a.xml", record("A/1", title=title))
    text = path.read_text().replace('encoding="utf-8"', f'encoding="{declared}"')
    path.write_bytes(text.encode(written))
    (found,) = read(path)
    assert list(found.titles.values()) == [f"{title} draft resolution"]


@pytest.mark.parametrize("encoding", ["nonsense", "rot13", "zlib", "base64", "undefined", "idna"])
def test_what_is_no_encoding_of_texts_is_refused(tmp_path, encoding):
    path = tmp_path / "a.xml"
    path.write_bytes(f'<?xml version="1.0" encoding="{encoding}"?><record></record>'.encode())
    with pytest.raises(ImportRefused, match="encoding"):
        read(path)


def test_of_a_prefix_that_is_declared_twice_the_inner_one_counts(tmp_path):
    path = xml_file(tmp_path / "a.xml", record("A/1"), head=b'<answer xmlns="http://example.org">')
    path.write_bytes(path.read_bytes() + b"</answer>")
    (found,) = read(path)
    assert found.symbol == "A/1"


def test_each_of_many_records_that_are_never_closed_is_looked_at_once(tmp_path):
    found = read(xml_file(tmp_path / "a.xml", b"<record>" * 50_000))
    assert len(found) == 50_000
    assert all(isinstance(one, BadRecord) for one in found)
