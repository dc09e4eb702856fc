"""OAI-PMH 2.0: harvested to the end by a public client, and exact in what it refuses."""

from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree
from sickle import Sickle
from sickle.oaiexceptions import BadResumptionToken, IdDoesNotExist, NoRecordsMatch

from cms.languages import codes
from cms.library.harvesting import answers
from cms.library.indexing import documents_changed
from cms.library.models import Document, HarvestEntry
from tests.library.factories import DocumentFactory, SubjectFactory

pytestmark = pytest.mark.django_db
OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def ask(get, directory):
    def ask(**arguments):
        query = "&".join(f"{name.strip('_')}={value}" for name, value in arguments.items())
        response = get(f"/oai?{query}", host="localhost")
        assert response.status_code == 200
        assert response["Content-Type"].startswith("text/xml")
        return etree.fromstring(response.content)

    return ask


def error(root):
    (found,) = root.findall(f"{OAI}error")
    return found.get("code")


def identifiers(root):
    return [one.text.rsplit(":", 1)[1] for one in root.iter(f"{OAI}identifier")]


def _many(count):
    documents = [
        Document(
            symbol=f"A/{78 + number % 2}/{number}",
            title_fr=f"Titre {number}",
            title_zh=f"标题 {number}",
            body="GA" if number % 4 else "SC",
            distribution="restricted" if number % 10 == 9 else "general",
        )
        for number in range(count)
    ]
    for document in documents:
        document.fill_in()
    Document.objects.bulk_create(documents)
    documents_changed([document.pk for document in documents])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for number, entry in enumerate(HarvestEntry.objects.order_by("pk")):
        entry.stamp = start + timedelta(minutes=number // 7)  # many in one second
        entry.save()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_public_client_harvests_everything_in_both_formats_and_by_set_and_date(
    live_server, directory
):
    _many(1000)
    client = Sickle(f"{live_server.url}/oai")
    assert client.Identify().deletedRecord == "persistent"
    assert {one.metadataPrefix for one in client.ListMetadataFormats()} == {"oai_dc", "marc21"}
    assert {one.setSpec for one in client.ListSets()} == {"body:GA", "body:SC"}
    shown = set(Document.objects.exclude(distribution="restricted").values_list("key", flat=True))
    assert len(shown) == 900
    for prefix in ("oai_dc", "marc21"):
        found = [one.header.identifier for one in client.ListRecords(metadataPrefix=prefix)]
        assert len(found) == len(set(found)) == 900
        assert {one.split(":", 2)[2] for one in found} == shown
    some = list(client.ListRecords(metadataPrefix="oai_dc", set="body:SC"))
    assert (
        len(some) == Document.objects.filter(body="SC").exclude(distribution="restricted").count()
    )
    window = {"from": "2026-01-01T01:00:00Z", "until": "2026-01-01T01:09:00Z"}
    listed = list(client.ListIdentifiers(metadataPrefix="oai_dc", **window))
    assert len(listed) == 70
    record = client.GetRecord(identifier=listed[0].identifier, metadataPrefix="oai_dc")
    assert any(title.startswith("Titre") for title in record.metadata["title"])
    with pytest.raises(NoRecordsMatch):
        client.ListRecords(metadataPrefix="oai_dc", **{"from": "2026-02-01", "until": "2026-02-02"})
    with pytest.raises(IdDoesNotExist):
        client.GetRecord(identifier="oai:localhost:A/99/9", metadataPrefix="oai_dc")
    with pytest.raises(BadResumptionToken):
        client.ListRecords(resumptionToken="made-up")


def test_titles_and_subjects_come_in_six_languages(ask):
    document = DocumentFactory(subjects=[SubjectFactory()], versions=("ar", "es"))
    root = ask(
        verb="GetRecord", identifier=f"oai:localhost:{document.key}", metadataPrefix="oai_dc"
    )
    titles = {one.get(LANG): one.text for one in root.iter(f"{DC}title")}
    assert titles == {code: getattr(document, f"title_{code}") for code in codes.CODES}
    assert {one.get(LANG) for one in root.iter(f"{DC}subject")} == set(codes.CODES)
    told = [one.text for one in root.iter(f"{DC}identifier")]
    assert told == [f"http://localhost:8000{document.address}", document.symbol]
    assert [one.text for one in root.iter(f"{DC}language")] == ["ar", "es"]


def test_a_restricted_document_never_was_and_one_that_became_it_is_deleted(ask):
    hidden = DocumentFactory(symbol="A/AC.1/60/R.5", restricted=True, title_en="canarysecret")
    shown = DocumentFactory(symbol="A/60/5")
    withdrawn = DocumentFactory(symbol="A/60/6", title_en="canarywithdrawn")
    gone = DocumentFactory(symbol="A/60/7")
    withdrawn.distribution = "restricted"
    withdrawn.save()
    gone.delete()
    for prefix in ("oai_dc", "marc21"):
        root = ask(verb="ListRecords", metadataPrefix=prefix)
        text = etree.tostring(root, encoding="unicode")
        assert hidden.symbol not in text
        assert "canary" not in text
        status = {
            header.findtext(f"{OAI}identifier"): header.get("status")
            for header in root.iter(f"{OAI}header")
        }
        assert status == {
            f"oai:localhost:{shown.key}": None,
            "oai:localhost:A/60/6": "deleted",
            "oai:localhost:A/60/7": "deleted",
        }
    for key in (hidden.key, "A/AC.1/60/R.6"):
        root = ask(verb="GetRecord", metadataPrefix="marc21", identifier=f"oai:localhost:{key}")
        assert error(root) == "idDoesNotExist"
    HarvestEntry.objects.filter(key="A/60/6").update(is_deleted=False)  # whatever the entry says
    root = ask(verb="GetRecord", metadataPrefix="marc21", identifier="oai:localhost:A/60/6")
    assert root.find(f".//{OAI}header").get("status") == "deleted"


def test_what_changes_during_a_harvest_comes_at_its_end(ask, monkeypatch):
    monkeypatch.setitem(answers.PAGE, "ListIdentifiers", 2)
    documents = [DocumentFactory(symbol=f"A/60/{number}") for number in range(5)]
    HarvestEntry.objects.update(stamp=datetime(2026, 1, 1, tzinfo=UTC))
    root = ask(verb="ListIdentifiers", metadataPrefix="oai_dc")
    seen = identifiers(root)
    documents[0].title_ru = "Исправлено"
    documents[0].save()
    documents[4].delete()
    DocumentFactory(symbol="A/60/9")
    while (token := root.findtext(f".//{OAI}resumptionToken")) is not None and token:
        root = ask(verb="ListIdentifiers", resumptionToken=token)
        seen += identifiers(root)
    assert seen[:2] == ["A/60/0", "A/60/1"]
    assert set(seen[2:]) == {"A/60/2", "A/60/3", "A/60/0", "A/60/4", "A/60/9"}
    assert root.find(f".//{OAI}resumptionToken").text is None


def test_another_symbol_is_another_record(ask):
    document = DocumentFactory(symbol="A/60/1")
    document.symbol = "A/60/2"
    document.save()
    root = ask(verb="ListIdentifiers", metadataPrefix="oai_dc")
    status = {h.findtext(f"{OAI}identifier"): h.get("status") for h in root.iter(f"{OAI}header")}
    assert status == {"oai:localhost:A/60/1": "deleted", "oai:localhost:A/60/2": None}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({}, "badVerb"),
        ({"verb": "Harvest"}, "badVerb"),
        ({"verb": "Identify&verb=Identify"}, "badVerb"),
        ({"verb": "Identify", "set": "body:GA"}, "badArgument"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc&metadataPrefix=oai_dc"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "yesterday"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2026-02-30"}, "badArgument"),
        (
            {
                "verb": "ListRecords",
                "metadataPrefix": "oai_dc",
                "from_": "2026-01-01",
                "until": "2026-01-01T00:00:00Z",
            },
            "badArgument",
        ),
        (
            {
                "verb": "ListRecords",
                "metadataPrefix": "oai_dc",
                "from_": "2026-01-02",
                "until": "2026-01-01",
            },
            "badArgument",
        ),
        ({"verb": "ListRecords", "metadataPrefix": "mods"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "body:ZZ"}, "noRecordsMatch"),
        (
            {"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "1999-01-01"},
            "noRecordsMatch",
        ),
        ({"verb": "ListRecords", "resumptionToken": "x"}, "badResumptionToken"),
        ({"verb": "ListSets", "resumptionToken": "x"}, "badResumptionToken"),
        (
            {"verb": "ListRecords", "resumptionToken": "x", "metadataPrefix": "oai_dc"},
            "badArgument",
        ),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "x"}, "idDoesNotExist"),
        ({"verb": "ListMetadataFormats", "identifier": "oai:localhost:%00"}, "idDoesNotExist"),
        ({"verb": "%00%01"}, "badVerb"),
        ({"verb": "Identify", "%00": "%ED%A0%80"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "%00"}, "cannotDisseminateFormat"),
    ],
)
def test_each_fault_has_its_code(ask, arguments, code):
    DocumentFactory(body="GA")
    assert error(ask(**arguments)) == code


@pytest.mark.parametrize(
    ("sender", "told"),
    [
        ("webmaster@un.example", "webmaster@un.example"),
        ("UN missions <missions@un.example>", "missions@un.example"),
        ("webmaster@localhost", "webmaster@localhost.invalid"),
    ],
)
def test_whom_to_write_to_is_an_address_by_the_protocols_schema(ask, settings, sender, told):
    settings.DEFAULT_FROM_EMAIL = sender
    assert ask(verb="Identify").findtext(f".//{OAI}adminEmail") == told


def test_an_answer_repeats_of_what_was_asked_only_what_its_schema_allows(ask):
    DocumentFactory(body="GA")
    asked = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc", "set": "body:GA"}
    assert dict(ask(**asked).find(f"{OAI}request").attrib) == asked
    without = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"}
    for name, value in (("set", ""), ("set", "body:%20"), ("set", "a::b"), ("metadataPrefix", "")):
        told = dict(ask(**without | {name: value}).find(f"{OAI}request").attrib)
        assert told == {key: given for key, given in without.items() if key != name}


def test_a_token_of_another_verb_or_changed_by_a_letter_is_refused(ask, monkeypatch):
    monkeypatch.setitem(answers.PAGE, "ListIdentifiers", 1)
    DocumentFactory.create_batch(2)
    root = ask(verb="ListIdentifiers", metadataPrefix="oai_dc")
    token = root.findtext(f".//{OAI}resumptionToken")
    assert error(ask(verb="ListRecords", resumptionToken=token)) == "badResumptionToken"
    changed = token[:-1] + ("A" if token[-1] != "A" else "B")
    assert error(ask(verb="ListIdentifiers", resumptionToken=changed)) == "badResumptionToken"
    assert identifiers(ask(verb="ListIdentifiers", resumptionToken=token))


def test_it_answers_the_same_by_post_and_on_every_host(client, mission, get):
    document = DocumentFactory()
    asked = {"verb": "GetRecord", "metadataPrefix": "oai_dc"}
    asked["identifier"] = f"oai:localhost:{document.key}"
    response = client.post("/oai", asked, headers={"host": "fra.localhost"})
    root = etree.fromstring(response.content)
    assert root.findtext(f".//{OAI}identifier") == asked["identifier"]
    assert root.findtext(f"{OAI}request") == "http://fra.localhost:8000/oai"
    assert "Set-Cookie" not in response


def test_the_number_of_queries_does_not_grow(get, directory, django_assert_max_num_queries):
    for number in range(60):
        DocumentFactory(subjects=[SubjectFactory(code=f"s{number}")], versions=("ar",))
    with django_assert_max_num_queries(10):
        get("/oai?verb=ListRecords&metadataPrefix=marc21", host="localhost")
