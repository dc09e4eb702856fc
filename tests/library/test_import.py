"""Loading documents from CSV: whole or not at all, again and again with the same result."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cms.library.importing.records import ImportRefused
from cms.library.models import Document, LanguageVersion
from cms.library.services import import_documents, import_subjects
from cms.pages.models import SiteProfile
from search.models import OutboxEntry

from .factories import SubjectFactory

pytestmark = pytest.mark.django_db

HEADER = (
    "symbol,body,session,year,date,subject,"
    "title_ar,title_zh,title_en,title_fr,title_ru,title_es,languages"
)
SHIPPED = Path(__file__).parents[2] / "missions_site/demo/data/documents.csv"


@pytest.fixture
def write(tmp_path):
    def write(*lines, encoding="utf-8"):
        path = tmp_path / "documents.csv"
        path.write_bytes("\n".join(lines).encode(encoding))
        return path

    return write


def _row(symbol="A/RES/60/59", **cells):
    values = {"body": "GA", "session": "60", "date": "2005-12-08", "title_ru": "Содействие"}
    values |= {"symbol": symbol} | cells
    return ",".join(values.get(name, "") for name in HEADER.split(","))


def _reasons(path):
    with pytest.raises(ImportRefused) as refused:
        import_documents(path, all_or_nothing=True)
    assert not Document.objects.exists()
    return {bad.place.line: bad.reason for bad in refused.value.bad_records}


def test_a_row_becomes_a_document_with_versions_and_subjects(write):
    SubjectFactory(code="disarmament")
    path = write(
        HEADER,
        _row("A/C.1/60/L.2/Rev.1", title_ar="تعزيز", subject="disarmament", languages="ru ar"),
    )
    assert import_documents(path).created == 1
    document = Document.objects.get()
    assert document.symbol == "A/C.1/60/L.2/Rev.1"
    assert document.languages == ("ar", "ru")
    assert (document.year, document.distribution, document.document_type) == (
        2005,
        "limited",
        "draft",
    )
    assert {version.language for version in document.versions.all()} == {"ar", "ru"}
    assert [subject.code for subject in document.subjects.all()] == ["disarmament"]


def test_every_bad_row_is_named_with_line_and_reason_and_nothing_is_loaded(write):
    reasons = _reasons(
        write(
            HEADER,
            _row("A/RES/60/1"),
            _row("no symbol"),
            _row("A/RES/60/2", title_ru=""),
            _row("A/RES/60/3", date="8 December"),
            _row("a/res/60/1"),
            _row("A/RES/60/4", subject="cooking"),
            _row("A/RES/60/5", languages="ru de"),
            _row("A/RES/60/6", year="2004"),
            _row("A/RES/60/7") + ",one,more",
            _row("A/RES/60/8", title_ru="ж" * 1001),
        )
    )
    assert sorted(reasons) == [3, 4, 5, 6, 7, 8, 9, 10, 11]
    assert "not a document symbol" in reasons[3]
    assert "no title" in reasons[4]
    assert "not a date" in reasons[5]
    assert "line 2 already" in reasons[6]
    assert "cooking" in reasons[7]
    assert "de" in reasons[8]
    assert "disagree" in reasons[9]
    assert "15 cells" in reasons[10]
    assert "longer than 1000" in reasons[11]


def test_two_faults_of_one_row_are_both_named(write):
    with pytest.raises(ImportRefused) as refused:
        import_documents(write(HEADER, _row("nothing", date="tomorrow")), all_or_nothing=True)
    assert [bad.place.line for bad in refused.value.bad_records] == [2, 2]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([""], "empty"),
        (["symbol,colour,title_fr", "A/RES/1/1,red,Titre"], "unknown columns: colour"),
        (["title_fr", "Titre"], "“symbol” is missing"),
        (["symbol,date", "A/RES/1/1,"], "no title in any language"),
        (["symbol,title_fr,symbol"], "named twice"),
        ([HEADER], "no document below"),
        ([HEADER, 'A/RES/60/1,"unclosed'], "not CSV"),
    ],
)
def test_a_broken_file_is_refused_with_the_reason(write, lines, reason):
    assert reason in " ".join(_reasons(write(*lines)).values())


def test_a_file_in_another_encoding_is_refused_by_name(write):
    path = write(HEADER, _row(title_ru="Содействие"), encoding="cp1251")
    assert "UTF-8" in " ".join(_reasons(path).values())


def test_a_second_import_changes_nothing_and_enqueues_nothing(write):
    path = write(HEADER, _row("A/RES/60/1", languages="ru"), _row("A/RES/60/2"))
    import_documents(path)
    OutboxEntry.objects.all().delete()
    result = import_documents(path)
    assert (result.created, result.updated, result.unchanged) == (0, 0, 2)
    assert not OutboxEntry.objects.exists()


def test_a_changed_row_updates_only_what_the_file_says(write):
    import_documents(write(HEADER, _row("A/RES/60/1", languages="ru en"), _row("A/RES/60/2")))
    kept = LanguageVersion.objects.get(language="ru").pk
    Document.objects.filter(key="A/RES/60/1").update(document_type="letter", title_fr="Titre")
    result = import_documents(
        write("symbol,title_ru,languages", "A/RES/60/1,Новое,ru zh", "A/RES/60/2,Содействие,")
    )
    assert (result.updated, result.unchanged) == (1, 1)
    document = Document.objects.get(key="A/RES/60/1")
    assert (document.title_ru, document.title_fr) == ("Новое", "Titre")
    assert (document.document_type, document.session) == ("letter", "60")
    assert {version.language for version in document.versions.all()} == {"ru", "zh"}
    assert document.versions.get(language="ru").pk == kept


def test_changed_documents_are_enqueued_and_rendered_pages_refreshed(write, directory):
    before = SiteProfile.objects.get(code="directory").version
    import_documents(write(HEADER, _row("A/RES/60/1")))
    key = f"document:{Document.objects.get().pk}"
    assert OutboxEntry.objects.filter(key=key).count() == 1
    assert SiteProfile.objects.get(code="directory").version > before


def test_the_shipped_documents_load_within_a_bounded_number_of_queries(
    django_assert_max_num_queries,
):
    import_subjects(json.loads((SHIPPED.parent / "document_subjects.json").read_text("utf-8")))
    with django_assert_max_num_queries(260):
        result = import_documents(SHIPPED)
    assert result.created >= 1000
    assert result.created == Document.objects.count()


def test_the_command_reports_what_it_did_and_refuses_with_the_reasons(write, capsys):
    call_command("import_documents", write(HEADER, _row("A/RES/60/1")))
    assert "1 new" in capsys.readouterr().out
    with pytest.raises(CommandError, match="line 2: “nothing”"):
        call_command("import_documents", write(HEADER, _row("nothing")), all_or_nothing=True)
    with pytest.raises(CommandError, match="can't be read"):
        call_command("import_documents", Path("missing.csv"))
