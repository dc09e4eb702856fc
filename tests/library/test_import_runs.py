"""Imports in batches: good records in, bad ones named, and on from where one was cut off."""

import contextlib
import csv
import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from cms.library.importing import loading
from cms.library.importing.loading import ImportTaken, import_documents
from cms.library.importing.records import ImportRefused
from cms.library.models import (
    AgendaItem,
    Document,
    DocumentFile,
    HarvestEntry,
    ImportRun,
    ImportStatus,
    LanguageVersion,
    Subject,
    SubjectLabel,
)
from search.models import OutboxEntry

from .factories import DocumentFactory, SubjectFactory
from .marc_files import field, marc_file, record, xml_file

pytestmark = pytest.mark.django_db


def csv_file(path, *rows, header="symbol,title_ar,title_fr"):
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def mixed(tmp_path):
    """A file of which the second record is bad and the third knows a subject that nobody else
    does."""
    return csv_file(
        tmp_path / "documents.csv",
        "A/78/1,عنوان,,disarmament",
        "no symbol,عنوان,,",
        "A/78/3,,Titre,cooking disarmament",
        "A/78/4,,Titre,",
        header="symbol,title_ar,title_fr,subject",
    )


def test_bad_records_are_named_and_the_others_loaded(mixed):
    SubjectFactory()
    result = import_documents(mixed)
    assert (result.created, result.refused, result.total) == (3, 1, 3)
    assert [str(bad) for bad in result.bad][0].startswith("line 3: “no symbol” is not")
    assert [one.place.line for one in result.left_out] == [4]
    assert "cooking" in result.left_out[0].reason
    third = Document.objects.get(key="A/78/3")
    assert [subject.code for subject in third.subjects.all()] == ["disarmament"]
    problems = list(result.run.problems.values_list("place", "is_refused"))
    assert problems == [("line 3", True), ("line 4", False)]


def test_a_second_run_changes_nothing(mixed):
    SubjectFactory()
    import_documents(mixed)
    OutboxEntry.objects.all().delete()
    stamps = list(HarvestEntry.objects.values_list("key", "stamp"))
    result = import_documents(mixed)
    assert (result.created, result.updated, result.unchanged, result.refused) == (0, 0, 3, 1)
    assert not OutboxEntry.objects.exists()
    assert list(HarvestEntry.objects.values_list("key", "stamp")) == stamps


def test_missing_subjects_are_made_only_when_asked(mixed):
    import_documents(mixed)
    assert not Subject.objects.exists()
    result = import_documents(mixed, create_subjects=True)
    assert set(Subject.objects.values_list("code", flat=True)) == {"cooking", "disarmament"}
    assert (result.updated, result.left_out) == (2, [])


@pytest.mark.parametrize("kind", ["marc", "marcxml"])
def test_marc_brings_titles_agenda_and_subjects_by_term_in_any_language(tmp_path, kind):
    SubjectFactory(code="01", name_en="HUMAN RIGHTS", name_fr="DROITS DE L'HOMME")
    concept = SubjectFactory(code="1007219", name_en="Albinism")
    SubjectLabel.objects.create(subject=concept, language="en", text="Persons with albinism")
    more = (
        field("650", "17", a="Droits de l'homme"),
        field("650", "17", a="PERSONS WITH ALBINISM."),
        field("991", "  ", a="A/78/251", b="71b", c="Human rights."),
        field("242", "00", a="Albinisme", y="fre"),
    )
    records = [record("A/C.3/78/L.10", *more), record("nothing"), record("A/C.3/78/L.11")]
    write = marc_file if kind == "marc" else xml_file
    path = write(tmp_path / "records", *records)
    result = import_documents(path, format=kind)
    assert (result.created, result.refused, result.left_out) == (2, 1, [])
    document = Document.objects.get(key="A/C.3/78/L.10")
    assert document.title_fr == "Albinisme"
    assert {subject.code for subject in document.subjects.all()} == {"01", "1007219"}
    assert document.versions.count() == 6
    item = AgendaItem.objects.get()
    assert (item.body, item.session, item.number, item.title_en) == (
        "GA",
        "78",
        "71b",
        "Human rights",
    )
    assert list(document.agenda_items.all()) == [item]
    again = import_documents(path, format=kind)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)


def test_a_language_that_has_files_is_not_lost_to_a_list_of_languages(tmp_path):
    document = DocumentFactory(symbol="A/78/1", versions=("fr", "ru"))
    filed = LanguageVersion.objects.get(document=document, language="fr")
    DocumentFile.objects.create(version=filed, format="pdf", file="library/x.pdf", sha256="0" * 64)
    path = csv_file(
        tmp_path / "a.csv", "A/78/1,عنوان,Titre,ar", header="symbol,title_ar,title_fr,languages"
    )
    assert import_documents(path).updated == 1
    assert {version.language for version in document.versions.all()} == {"ar", "fr"}
    assert import_documents(path).unchanged == 1


def test_two_records_of_one_symbol_never_undo_each_other(tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "BATCH", 1)
    path = csv_file(tmp_path / "a.csv", "A/78/1,,Un", "a/78/1,,Deux")
    result = import_documents(path)
    assert (result.created, result.refused) == (1, 1)
    assert "line 2 already" in result.bad[0].reason
    assert Document.objects.get().title_fr == "Un"


def test_an_import_that_broke_off_goes_on_behind_the_last_batch(tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "BATCH", 10)
    path = csv_file(tmp_path / "a.csv", *(f"A/78/{n},,Titre {n}" for n in range(1, 41)), "bad,,x")
    batches = []

    def fail_at_third(rows):
        batches.append([row.key for row in rows])
        if len(batches) == 3:
            raise RuntimeError("the machine burns")
        return write(rows)

    write = loading.write_batch
    monkeypatch.setattr(loading, "write_batch", fail_at_third)
    with pytest.raises(RuntimeError):
        import_documents(path)
    assert Document.objects.count() == 20
    run = ImportRun.objects.get()
    assert (run.status, run.position) == (ImportStatus.FAILED, 20)
    result = import_documents(path)
    assert batches[3][0] == "A/78/21"
    assert (result.resumed_at, result.created, result.refused) == (20, 40, 1)
    assert Document.objects.count() == 40
    assert ImportRun.objects.get().status == ImportStatus.DONE


def test_two_processes_never_load_one_file_at_once(tmp_path, monkeypatch):
    path = csv_file(tmp_path / "a.csv", *(f"A/78/{n},,Titre" for n in range(30)))
    monkeypatch.setattr(loading, "BATCH", 10)

    def other_was_quicker(rows):
        written = write(rows)
        return written

    write = loading.write_batch
    monkeypatch.setattr(loading, "write_batch", other_was_quicker)

    def report(step, done, total):
        ImportRun.objects.update(position=29)

    with pytest.raises(ImportTaken, match="another process"):
        import_documents(path, report=report)
    assert Document.objects.count() == 10


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"symbol,colour\n", "colour"),
        (b"symbol,title_fr\n", "no document below"),
        (b"symbol,titl\xff_fr\n", "UTF-8"),
    ],
)
def test_a_file_without_anything_to_load_is_refused(tmp_path, content, reason):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(ImportRefused, match=reason):
        import_documents(path)
    assert not Document.objects.exists()


def test_a_line_that_is_not_utf8_costs_no_neighbour(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("symbol,title_ru\nA/1/1,Мир\n".encode() + b"A/1/2,\xcc\xe8\xf0\nA/1/3,Mir\n")
    result = import_documents(path)
    assert (result.created, result.refused) == (2, 1)
    assert "UTF-8" in result.bad[0].reason


def test_null_and_control_characters_are_refused_and_can_be_told(tmp_path):
    path = csv_file(tmp_path / "a.csv", "A/78/\x001,,Titre", "A/78/2,,Ti\x07tre", "A/78/3,,Titre")
    result = import_documents(path)
    assert (result.created, result.refused) == (1, 2)
    assert all(problem.reason.isprintable() for problem in result.run.problems.all())


def test_the_command_lists_what_is_wrong_in_a_file_too(mixed, capsys, tmp_path):
    SubjectFactory()
    call_command("import_documents", mixed)
    out, err = capsys.readouterr()
    assert "3 new" in out
    assert "line 3: “no symbol”" in err
    with open(f"{mixed}.problems.csv", encoding="utf-8-sig", newline="") as file:
        told = list(csv.reader(file))
    assert [row[0] for row in told] == ["Place", "line 3", "line 4"]
    with pytest.raises(CommandError, match="can't be read"):
        call_command("import_documents", tmp_path / "missing.csv")


ROWS = 4000


@pytest.mark.skipif(
    connection.vendor != "sqlite",
    reason="the killed process needs a database of its own, which is a file",
)
def test_a_killed_import_loses_nothing_and_repeats_nothing(tmp_path):
    """kill −9 in the middle, twice; then the same command goes on to the end."""
    database = tmp_path / "missions.sqlite3"
    database.write_bytes(connection.connection.serialize())  # this test's own, just migrated
    rows = [f"A/78/{n},عنوان {n},Titre {n}" if n % 100 else "bad,,x" for n in range(1, ROWS + 1)]
    path = csv_file(tmp_path / "a.csv", *rows)
    for _kill in range(2):
        before = _position(database)
        process = _start(tmp_path, path)
        with _opened(database) as watched:
            while _position_in(watched) <= before and process.poll() is None:
                time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    at = _position(database)
    assert at % loading.BATCH == 0
    if at < ROWS:
        assert _count(database, "library_document") == at - at // 100
    finished = _start(tmp_path, path)
    output = finished.communicate(timeout=300)[0].decode()
    assert finished.returncode == 0, output
    assert _count(database, "library_document") == ROWS - ROWS // 100
    assert _count(database, "library_importproblem") == ROWS // 100
    assert _count(database, "library_harvestentry") == ROWS - ROWS // 100
    assert _count(database, "library_importrun") == 1 or at == ROWS


def _start(place, path):
    environment = os.environ | {
        "DATA_DIR": str(place),
        "DATABASE_URL": f"sqlite:///{place / 'missions.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "missions_site.settings.test",
    }
    # The checks of the settings come before the first record, and have tests of their own.
    command = [sys.executable, "manage.py", "import_documents", "--skip-checks", str(path)]
    return subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def _opened(database):
    return contextlib.closing(sqlite3.connect(database, timeout=30))


def _position(database):
    with _opened(database) as opened:
        return _position_in(opened)


def _position_in(opened):
    return opened.execute("SELECT MAX(position) FROM library_importrun").fetchone()[0] or 0


def _count(database, table):
    with _opened(database) as opened:
        return opened.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
