"""Documents given out: what goes out can come in again, and nobody gets what they may not read."""

import csv
import io
import json
import re

import pymarc
import pytest
from lxml import etree

from cms.languages import codes
from cms.library.exporting.formats import UnknownFormat, export
from cms.library.exporting.linked_data import as_script, described
from cms.library.exporting.portrait import read_whole
from cms.library.importing.loading import import_documents
from cms.library.models import AgendaItem, Document, DocumentAgendaItem
from cms.library.representation import api_form
from tests.worlds import world

from .factories import DocumentFactory, SubjectFactory

pytestmark = pytest.mark.django_db

SLIM = "{http://www.loc.gov/MARC21/slim}"
ATOM = "{http://www.w3.org/2005/Atom}"
FORMATS = ("ris", "csv", "marcxml", "json")


@world
def document():
    """A document of which everything is known, with what could be taken for a formula or a tag."""
    made = DocumentFactory(
        symbol="A/C.3/60/L.49/Rev.1",
        title_en="=1+1 & <b>“peace”</b>, draft",
        title_ru="Мир;\nпроект",
        body="C.3",
        document_type="draft",
        distribution="limited",
        date="2005-12-08",
        year=2005,
        versions=("ar", "fr"),
        subjects=[SubjectFactory()],
    )
    item = AgendaItem.objects.create(body="GA", session="60", number="71 (b)", title_en="Rights")
    DocumentAgendaItem.objects.create(document=made, item=item)
    return Document.objects.get(pk=made.pk)


def written(format, documents, language="en"):
    return b"".join(export(documents, format, language, root_url="https://un.example"))


def facts(document):
    """Everything of a document that a file can carry."""
    fresh = Document.objects.get(pk=document.pk)
    told = api_form(fresh, "en") | {"agenda": [str(i) for i in fresh.agenda_items.all()]}
    return {name: value for name, value in told.items() if not name.startswith(("url", "files"))}


@pytest.mark.parametrize(("format", "name"), [("csv", "a.csv"), ("marcxml", "a.xml")])
def test_what_goes_out_comes_in_again_the_same(document, tmp_path, format, name):
    before = facts(document)
    path = tmp_path / name
    path.write_bytes(written(format, Document.objects.all()))
    if format == "marcxml":  # a line of a record has no line ends
        Document.objects.update(title_ru="Мир; проект")
        before = facts(document)
    assert import_documents(path).unchanged == 1
    Document.objects.all().delete()
    result = import_documents(path)
    assert (result.created, result.bad, result.left_out) == (1, [], [])
    assert facts(Document.objects.get()) == before


def test_no_cell_is_a_formula(document):
    rows = list(csv.DictReader(io.StringIO(written("csv", [document]).decode("utf-8-sig"))))
    assert rows[0]["title_en"].startswith("'=1+1")


def test_ris_gives_reference_managers_what_they_ask(document):
    text = written("ris", [document], "fr").decode()
    lines = [line for line in text.split("\r\n") if line]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)
    assert lines[0] == "TY  - GOVDOC"
    assert lines[1] == f"TI  - {document.title_fr}"
    assert "TT  - Мир; проект" in lines
    assert "DA  - 2005/12/08/" in lines
    assert "KW  - Désarmement" in lines
    assert "UR  - https://un.example" + document.address in lines
    assert lines[-1] == "ER  - "


def test_marcxml_keeps_the_rules_of_marc21slim(document):
    """The rules of its schema: leader of 24, tags of three characters, one-character codes."""
    root = etree.fromstring(written("marcxml", [document, DocumentFactory(title_en="")]))
    assert root.tag == f"{SLIM}collection"
    assert [child.tag for child in root] == [f"{SLIM}record"] * 2
    for record in root:
        leader, *fields = record
        assert re.fullmatch(
            r"[\d ]{5}[\dA-Za-z ]{1}[\dA-Za-z]{1}[\dA-Za-z ]{3}(2| )(2| )[\d ]{5}"
            r"[\dA-Za-z ]{3}(4500|    )",
            leader.text,
        )
        tags = [field.get("tag") for field in fields]
        assert tags == sorted(tags)
        for field in fields:
            if field.tag == f"{SLIM}controlfield":
                assert re.fullmatch(r"00[1-9A-Za-z]", field.get("tag"))
                continue
            assert field.tag == f"{SLIM}datafield"
            assert re.fullmatch(
                r"(0([1-9A-Z][0-9A-Z])|0([1-9a-z][0-9a-z]))|(([1-9A-Z]"
                r"[0-9A-Z]{2})|([1-9a-z][0-9a-z]{2}))",
                field.get("tag"),
            )
            assert re.fullmatch(r"[\da-z ]", field.get("ind1"))
            assert re.fullmatch(r"[\da-z ]", field.get("ind2"))
            assert len(field)
            assert all(re.fullmatch(r"[!-~]", part.get("code")) for part in field)
        fixed = next(f for f in fields if f.get("tag") == "008")
        assert len(fixed.text) == 40
    marc = pymarc.parse_xml_to_array(io.BytesIO(written("marcxml", [document])))[0]
    assert marc["191"]["a"] == document.symbol
    assert {(f["y"], f["a"]) for f in marc.get_fields("242")} >= {("fre", document.title_fr)}
    assert pymarc.Record(marc.as_marc())["245"]["a"] == document.title_en


@pytest.mark.parametrize("code", codes.CODES)
def test_json_is_what_the_api_gives_in_the_readers_language(document, code):
    (told,) = json.loads(written("json", [document], code))
    assert told["title"].split() == getattr(document, f"title_{code}").split()
    assert json.loads(written("json", Document.objects.none(), code)) == []


def test_a_format_that_nobody_has_is_refused_by_name(document):
    with pytest.raises(UnknownFormat, match="docx"):
        export([document], "docx", "en")


@pytest.mark.parametrize("format", FORMATS)
def test_the_number_of_queries_does_not_grow_with_the_documents(
    document, format, django_assert_max_num_queries
):
    for number in range(40):
        DocumentFactory(subjects=[SubjectFactory(code=f"s{number}")], versions=("en",))
    with django_assert_max_num_queries(9):
        written(format, Document.objects.all())


@pytest.mark.parametrize("format", FORMATS)
def test_the_address_of_a_document_gives_it_out_in_each_format(get, directory, document, format):
    response = get(f"{document.address}?format={format}&lang=ru")
    assert response["Location"] == f"/ru{document.address}?format={format}"
    response = get(response["Location"])
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    assert document.symbol in response.getvalue().decode()
    page = get(document.address_in("ru")).content.decode()
    assert f'href="?format={format}"' in page


@pytest.mark.parametrize("format", [*FORMATS, "atom"])
def test_a_restricted_document_is_in_no_format_and_a_public_one_is(
    get, directory, document, format
):
    hidden = DocumentFactory(symbol="A/AC.1/60/R.5", restricted=True, title_en="canarysecret")
    listed = get(f"/fr/documents/?format={format}").getvalue().decode()
    assert document.symbol in listed
    assert hidden.symbol not in listed
    assert "canarysecret" not in listed
    made_up = get(f"/fr/documents/A/AC.1/60/R.6/?format={format}")
    assert get(f"{hidden.address_in('fr')}/?format={format}").status_code == 404
    assert made_up.status_code == 404


def test_the_list_goes_out_with_its_filters(get, directory, document):
    other = DocumentFactory(symbol="S/2024/1", body="SC")
    html = get("/es/documents/?body=SC").content.decode()
    assert "?body=SC&amp;format=ris" in html
    text = get("/es/documents/?body=SC&format=csv").getvalue().decode()
    assert other.symbol in text
    assert document.symbol not in text
    assert get("/es/documents/?body=%00&format=csv").status_code == 200


@pytest.mark.parametrize("query", ["format=", "format=exe", "format=%00", "format=" + "x" * 9999])
def test_an_unknown_format_is_not_found(get, directory, document, query):
    assert get(f"/en/documents/?{query}").status_code == 404
    assert get(f"{document.address_in('en')}?{query}").status_code == 404


def test_linked_data_names_a_document_in_its_languages(get, directory, document):
    html = get(document.address_in("ar"), host="fra.localhost").content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    told = json.loads(found.group(1))
    assert told["@id"] == "http://localhost:8000" + document.address
    assert (told["identifier"], told["datePublished"]) == (document.symbol, "2005-12-08")
    assert {name["@language"] for name in told["name"]} == set(codes.CODES)
    assert told["inLanguage"] == ["ar", "fr"]
    assert told["about"][0]["termCode"] == "disarmament"


def test_nothing_in_linked_data_ends_its_script():
    attack = DocumentFactory(title_en="</script><script>alert(1)</script><!--", title_fr="\u2028")
    whole = next(read_whole([attack]))
    script = as_script(described(whole, root_url="https://un.example"))
    assert not set("<>&\u2028") & set(script)
    names = {name["@language"]: name["@value"] for name in json.loads(script)["name"]}
    assert names["en"] == attack.title_en


def test_the_feed_of_the_list_speaks_the_readers_language(get, directory, document):
    SubjectFactory()
    root = etree.fromstring(get("/zh/documents/?format=atom&subject=disarmament").content)
    (entry,) = root.findall(f"{ATOM}entry")
    assert document.title_zh in entry.findtext(f"{ATOM}title")
    assert entry.find(f"{ATOM}link").get("href").endswith(document.address_in("zh"))
    assert entry.find(f"{ATOM}category").get("term") == "裁军"
    assert root.find(f"{ATOM}link[@rel='self']").get("href").endswith("subject=disarmament")


def test_what_xml_can_not_hold_breaks_neither_the_feed_nor_the_records(get, directory):
    subject = SubjectFactory(name_en="Peace\x0b")
    made = DocumentFactory(title_en="Title\x0b of\x1f ]]>\ufffe", subjects=[subject])
    response = get("/en/documents/?format=atom", host="localhost")
    feed = etree.fromstring(response.content)
    (title,) = feed.findall(f"{ATOM}entry/{ATOM}title")
    assert title.text == f"{made.symbol} · Title of ]]>"
    assert "Title of ]]>" in etree.fromstring(written("marcxml", [made])).xpath("string()")


def test_the_map_of_the_directory_leads_to_each_language_of_each_public_document(
    get, directory, document, django_assert_max_num_queries
):
    hidden = DocumentFactory(symbol="A/AC.1/60/R.5", restricted=True)
    half = DocumentFactory(symbol="S/2024/1", title_ar="", title_en="", title_zh="")
    index = get("/sitemap.xml", host="localhost").content.decode()
    assert "/sitemap-documents.xml</loc>" in index
    text = get("/sitemap-documents.xml", host="localhost").content.decode()
    assert text.count(document.address) == 6 + 36
    assert text.count(half.address) == 3 + 9
    assert hidden.address not in text
    assert '<xhtml:link rel="alternate" hreflang="ar"' in text
    DocumentFactory.create_batch(20)
    with django_assert_max_num_queries(8):
        get("/sitemap-documents.xml", host="localhost")


def test_the_map_of_a_mission_holds_its_pages_alone(get, directory, document):
    text = get("/sitemap.xml", host="fra.localhost").content.decode()
    assert "<urlset" in text
    assert document.address not in text
    assert get("/sitemap-documents.xml", host="fra.localhost").status_code == 404
    assert get("/sitemap-nothing.xml", host="localhost").status_code == 404
    assert get("/sitemap-pages.xml", host="localhost").status_code == 200
