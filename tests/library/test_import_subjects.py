"""A thesaurus loaded: names in six languages, other labels, broader and related subjects."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cms.library.importing.records import ImportRefused
from cms.library.importing.subjects import import_subjects, import_subjects_file
from cms.library.models import HarvestEntry, Subject
from search.models import OutboxEntry

from .factories import DocumentFactory

pytestmark = pytest.mark.django_db

HEADER = (
    "code,name_ar,name_zh,name_en,name_fr,name_ru,name_es,labels_en,labels_ar,broader,related,uri"
)
THESAURUS = Path(__file__).parents[3] / "shared/data/unbis_concepts.csv"


@pytest.fixture
def write(tmp_path):
    def write(*rows, header=HEADER):
        path = tmp_path / "subjects.csv"
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8-sig")
        return path

    return write


@pytest.fixture
def peace(write):
    return write(
        "01,سياسة,政治,Politics,Politique,Политика,Política,,,,,",
        "02,سلام,和平,Peace,Paix,Мир,Paz,Concord|Amity,وئام,01,03,http://x.example/02",
        "03,نزع السلاح,裁军,Disarmament,,Разоружение,,,,01,,",
    )


def test_names_labels_and_links_are_loaded_and_a_second_time_nothing_changes(peace):
    result = import_subjects_file(peace)
    assert (result.created, result.unknown) == (3, 0)
    subject = Subject.objects.get(code="02")
    assert (subject.name_ar, subject.name_zh, subject.uri) == (
        "سلام",
        "和平",
        "http://x.example/02",
    )
    labels = set(subject.labels.values_list("language", "text"))
    assert labels == {("en", "Concord"), ("en", "Amity"), ("ar", "وئام")}
    assert [one.code for one in subject.broader.all()] == ["01"]
    assert [one.code for one in Subject.objects.get(code="03").related.all()] == ["02"]
    assert [one.code for one in Subject.objects.get(code="01").narrower.all()] == ["02", "03"]
    again = import_subjects_file(peace)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 3)


def test_what_a_file_does_not_say_is_left_alone(peace, write):
    import_subjects_file(peace)
    result = import_subjects_file(write("02,Frieden", header="code,name_en"))
    assert result.updated == 1
    subject = Subject.objects.get(code="02")
    assert (subject.name_en, subject.name_fr) == ("Frieden", "Paix")
    assert subject.labels.count() == 3
    assert subject.broader.count() == 1


def test_links_and_labels_that_the_file_dropped_go(peace, write):
    import_subjects_file(peace)
    header = "code,name_en,labels_en,broader,related"
    import_subjects_file(write("02,Peace,Amity,,", "03,Disarmament,,,", header=header))
    subject = Subject.objects.get(code="02")
    assert list(subject.labels.values_list("text", flat=True)) == ["Amity"]
    assert not subject.broader.exists()
    assert not subject.related.exists()


def test_documents_follow_their_subjects(peace, write):
    import_subjects_file(peace)
    document = DocumentFactory(subjects=[Subject.objects.get(code="02")])
    other = DocumentFactory(subjects=[Subject.objects.get(code="03")])
    OutboxEntry.objects.all().delete()
    HarvestEntry.objects.update(stamp="2026-01-01T00:00:00Z")
    import_subjects_file(write("02,Concorde", header="code,name_fr"))
    assert set(OutboxEntry.objects.values_list("key", flat=True)) == {f"document:{document.pk}"}
    fresh = HarvestEntry.objects.exclude(stamp="2026-01-01T00:00:00Z")
    assert [entry.key for entry in fresh] == [document.key]
    assert other.key not in {entry.key for entry in fresh}


def test_the_columns_of_the_un_librarys_thesaurus_are_known(write):
    path = write(
        "010100,microthesaurus,POLITICS,,,,,,,,,http://x.example/1",
        "1000001,concept,PEACE,PAIX,,,,,AMITY,010100,9999999,http://x.example/2",
        header="id,kind,en,fr,es,ru,zh,ar,alt_en,microthesauri,related_or_broader_or_narrower,uri",
    )
    result = import_subjects_file(path)
    assert (result.created, result.unknown) == (2, 1)
    subject = Subject.objects.get(code="1000001")
    assert (subject.name_fr, subject.broader.get().code) == ("PAIX", "010100")


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (["a b,x"], "no code"),
        (["a,"], "no name"),
        (["a,x", "a,y"], "stands in the file already"),
        ([f"a,{'x' * 300}"], "longer than 200"),
        ([], "no subject below"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_loaded(write, rows, reason):
    with pytest.raises(ImportRefused, match=reason):
        import_subjects_file(write(*rows, header="code,name_ru"))
    assert not Subject.objects.exists()


def test_a_file_without_names_is_refused_by_the_command(write, peace, capsys):
    with pytest.raises(CommandError, match="name the columns"):
        call_command("import_subjects", write("x", header="code"))
    assert not Subject.objects.exists()


def test_subjects_of_the_demo_keep_their_form():
    entries = [{"code": "peace", "name": {"ru": "Мир", "ar": "سلام"}, "labels": {"en": ["Amity"]}}]
    assert import_subjects(entries) == 1
    assert import_subjects(entries) == 0


@pytest.mark.skipif(not THESAURUS.exists(), reason="../shared/data/unbis_concepts.csv is not here")
def test_the_whole_thesaurus_loads(django_assert_max_num_queries):
    with django_assert_max_num_queries(700):
        result = import_subjects_file(THESAURUS)
    assert result.created == Subject.objects.count() == 6305
